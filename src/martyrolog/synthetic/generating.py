"""Blocks to files: records, truth, persons and the recipe, streamed in row groups.

The unit is the block of households, whose randomness depends on the seed and its number alone: the
same seed gives the same bytes whatever is made at once, and a longer run begins with the rows of a
shorter one. Memory is bounded by one block.
"""

import json
import platform
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from martyrolog.synthetic.drawing import Flags, Ints, Texts
from martyrolog.synthetic.fates import NO_DAY, captured, make_fates, region_effects
from martyrolog.synthetic.listing import COLUMNS, Block, Told, make_list
from martyrolog.synthetic.name_pools import NamePools, names_folder, read_name_pools
from martyrolog.synthetic.persons import (
    KINDS,
    TOWN,
    given_names_of,
    make_persons,
    patronymics_of,
    surnames_of,
    village_names,
)
from martyrolog.synthetic.recipe import Recipe


@dataclass(frozen=True)
class Summary:
    """What a run made."""

    records: int
    persons: int
    captured_persons: int
    seconds: float


def generate(
    recipe: Recipe, *, records: int, seed: int, out: Path, names: Path | None = None
) -> Summary:
    """Write synthetic lists into a folder.

    Args:
        recipe: See ``recipe.read_recipe``.
        records: How many records at most; up to eleven fewer, since no person is cut in two.
        seed: Fixes everything.
        out: Folder for ``records.parquet``, ``truth.parquet``, ``persons.parquet``, ``run.json``.
        names: Folder of the name frequencies; None for the package ``russiannames``.

    Raises:
        FileNotFoundError: the name frequencies are not there.
        ValueError: ``records`` is below 1.
    """
    if records < 1:
        raise ValueError(f"{records} records: expected 1 or more")
    began = time.perf_counter()
    pools = read_name_pools(recipe.nations, names or names_folder())
    out.mkdir(parents=True, exist_ok=True)
    made = dict.fromkeys(("records", "persons", "captured_persons"), 0)
    with ExitStack() as stack:
        writers: dict[str, pq.ParquetWriter] = {}
        for tables in _blocks(recipe, pools, records=records, seed=seed):
            for name, table in tables.items():
                if name not in writers:
                    writers[name] = stack.enter_context(_writer(out / f"{name}.parquet", table))
                writers[name].write_table(table)
            made["records"] += tables["records"].num_rows
            made["persons"] += tables["persons"].num_rows
            made["captured_persons"] += int(np.count_nonzero(tables["persons"]["records"]))
    summary = Summary(**made, seconds=time.perf_counter() - began)
    _write_run(out / "run.json", recipe, seed=seed, asked=records, summary=summary)
    return summary


def _writer(path: Path, table: pa.Table) -> pq.ParquetWriter:
    return pq.ParquetWriter(path, table.schema, compression="zstd")


def _blocks(
    recipe: Recipe, pools: NamePools, *, records: int, seed: int
) -> Iterator[Mapping[str, pa.Table]]:
    """The tables of each block, until there are enough records."""
    effects = region_effects(recipe, seed=seed)
    villages = village_names(recipe)
    written = persons_before = number = 0
    while True:
        households, persons = make_persons(recipe, pools, seed=seed, block=number)
        fates = make_fates(recipe, persons, seed=seed, block=number)
        block = Block(recipe, pools, villages, households, persons, fates, seed, number)
        found = captured(recipe, households, persons, fates, effects, seed=seed, block=number)
        told: dict[str, Told] = {}
        written_as: dict[str, Mapping[str, Texts]] = {}
        for source in recipe.lists:
            rows, columns = make_list(block, source, found[source.list_id], told)
            told[source.list_id], written_as[source.list_id] = rows, columns
        counts = np.bincount(np.concatenate([rows.person for rows in told.values()]),
                             minlength=persons.count)  # fmt: skip
        kept = int(np.searchsorted(np.cumsum(counts), records - written, side="right"))
        last = kept < persons.count
        first_row = number << 32
        yield {
            **_record_tables(seed, first_row, persons_before, kept, told, written_as),
            "persons": _person_table(block, found, counts, persons_before, kept),
        }
        if last:
            return
        written, persons_before = written + int(counts.sum()), persons_before + kept
        number += 1


def _record_tables(
    seed: int, first_row: int, persons_before: int, kept: int, told: Mapping[str, Told],
    written_as: Mapping[str, Mapping[str, Texts]],
) -> Mapping[str, pa.Table]:  # fmt: skip
    """Records and truth of the first ``kept`` persons, by ``record_id``, which tells nothing."""
    person = np.concatenate([rows.person for rows in told.values()])
    ids = record_ids(seed, first_row + np.arange(len(person)))
    lists = np.repeat(np.array(list(told)), [len(rows.person) for rows in told.values()])
    order = np.argsort(ids, kind="stable")
    order = order[person[order] < kept]
    columns: dict[str, Any] = {"record_id": [f"{identifier:016x}" for identifier in ids[order]],
                               "list_id": lists[order].astype(object)}  # fmt: skip
    for name in COLUMNS:
        columns[name] = np.concatenate([columns_[name] for columns_ in written_as.values()])[order]
    records = pa.table({name: pa.array(column, pa.string()) for name, column in columns.items()})
    truth = {"record_id": records["record_id"],
             "true_person_id": pa.array(persons_before + person[order], pa.int64())}  # fmt: skip
    return {"records": records, "truth": pa.table(truth)}


def record_ids(seed: int, number: Ints) -> NDArray[np.uint64]:
    """Identifiers of records: distinct, and telling nothing of their order.

    The finaliser of SplitMix64 (Steele, Lea, Flood 2014), which is a bijection of 64 bits.
    """
    start = np.uint64(0x9E3779B97F4A7C15 * (seed + 1) % 2**64)
    mixed = number.astype(np.uint64) + start
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return mixed ^ (mixed >> np.uint64(31))


def _person_table(
    block: Block, found: Mapping[str, Flags], counts: Ints, persons_before: int, kept: int
) -> pa.Table:
    """What is true of the first ``kept`` persons, with the strata and the lists that have them."""
    persons, households, fates = block.persons, block.households, block.fates
    recipe, household = block.recipe, block.persons.household
    columns: dict[str, Any] = {
        "true_person_id": persons_before + np.arange(persons.count),
        "household_id": block.number * recipe.block_households + household,
        "family_kind": np.array(KINDS, object)[households.kind[household]],
        "surname": surnames_of(block.pools, households, persons),
        "given_name": given_names_of(block.pools, persons),
        "patronymic": patronymics_of(block.pools, persons),
        "sex": np.where(persons.female, "f", "m").astype(object),
        "nationality": np.array([entry["name"] for entry in recipe.nations], object)[
            households.nation[household]
        ],
        "region": np.array([place["oblast"] for place in recipe.regions], object)[persons.region],
        "rural": households.village[household] != TOWN,
        "fate": fates.fate.astype(object),
        "visibility": fates.visibility,
    }
    days = {"birth": persons.birth_day, "arrest": fates.arrest_day,
            "sentence": fates.sentence_day, "death": fates.death_day}  # fmt: skip
    table = {name: pa.array(column[:kept]) for name, column in columns.items()}
    for name, column in days.items():
        known = pa.array(column[:kept].astype(np.int32), mask=column[:kept] == NO_DAY)
        table[f"{name}_date"] = known.cast(pa.date32())
    for list_id, flags in found.items():
        table[f"in_{list_id}"] = pa.array(flags[:kept])
    return pa.table({**table, "records": pa.array(counts[:kept])})


def _write_run(path: Path, recipe: Recipe, *, seed: int, asked: int, summary: Summary) -> None:
    run = {
        "asked": {"records": asked, "seed": seed, "noise": recipe.noise,
                  "lists": [source.list_id for source in recipe.lists]},
        "made": {"records": summary.records, "persons": summary.persons,
                 "captured_persons": summary.captured_persons,
                 "seconds": round(summary.seconds, 2)},
        "versions": {"python": platform.python_version(), "numpy": np.__version__,
                     "pyarrow": pa.__version__, "russiannames": _names_version()},
        "recipe": recipe.verbatim,
    }  # fmt: skip
    text = json.dumps(run, ensure_ascii=False, indent=2, default=str)
    path.write_text(text + "\n", encoding="utf-8")


def _names_version() -> str | None:
    try:
        return version("russiannames")
    except PackageNotFoundError:
        return None
