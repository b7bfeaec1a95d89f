"""The command ``evaluate`` as calls: files in, an answer or a sample to judge out."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from martyrolog.errors import LinkError
from martyrolog.link.evaluate import Evaluation, evaluate_pairs, evaluate_persons
from martyrolog.link.expected import Expected, expected_agreement
from martyrolog.link.linked import Linked, read_linked
from martyrolog.link.sample_file import is_sample, read_sample, strata_file, write_sample
from martyrolog.link.sampling import (
    SampleEstimate,
    draw_sample,
    estimate_from_sample,
    make_population,
)
from martyrolog.link.truth import JudgedPairs, TruePersons, read_truth

SEED = 1937
"""Draws samples and intervals, unless another is asked for: the same answer in every run."""


@dataclass(frozen=True)
class FromSample:
    """The answer of a judged sample.

    Attributes:
        estimate: Precision, recall and F1 with their intervals.
        other_clusters: Whether the links have changed since the sample was drawn.
    """

    estimate: SampleEstimate
    other_clusters: bool


@dataclass(frozen=True)
class SampleWritten:
    """A sample that was written.

    Attributes:
        path: The file to judge.
        strata: The file of its strata.
        pairs: Pairs to judge.
        left_out: Pairs of very large clusters that are not in it.
    """

    path: str
    strata: str
    pairs: int
    left_out: int


def evaluate(
    folder: Path,
    *,
    truth: Path | None = None,
    by: str = "",
    record: pa.Table | None = None,
    seed: int = SEED,
) -> Evaluation | FromSample | Expected:
    """How good the links of a folder are.

    Args:
        folder: ``build/`` of an archive, or what ``link RECORDS --out`` wrote.
        truth: Persons, judged pairs or a judged sample; None for what the match probabilities
            expect.
        by: Column of strata, in the truth or else in the records; empty for none.
        record: The records, for their columns.
        seed: For the intervals.

    Raises:
        LinkError: no links, no truth, or no such column.
    """
    linked = read_linked(folder)
    if truth is None:
        return expected_agreement(linked)
    rng = np.random.default_rng(seed)
    known = read_truth(truth)
    if isinstance(known, TruePersons):
        strata = _strata_of_records(known, by, record) if by else None
        found = evaluate_persons(linked, known, rng, by=by, strata=strata)
        if found.not_linked == len(known.ids):
            raise LinkError("evaluate.no_records_in_common", path=str(truth))
        return found
    if is_sample(known):
        if by:
            raise LinkError("evaluate.sample_undivided", path=str(truth))
        if not (known.same >= 0).any():
            raise LinkError("evaluate.nothing_judged", path=str(truth))
        judged, strata_, stratum, version = read_sample(truth, known)
        estimate = estimate_from_sample(strata_, stratum, judged.same, rng)
        return FromSample(estimate, version != linked.version)
    return _on_judged_pairs(linked, known, truth, by, rng)


def _on_judged_pairs(
    linked: Linked, known: JudgedPairs, path: Path, by: str, rng: np.random.Generator
) -> Evaluation:
    if by and by not in known.table.column_names:
        raise _no_column(by, known.table, None)
    found = evaluate_pairs(linked, known, rng, by=by)
    if found.not_linked == len(known.same):
        raise LinkError("evaluate.no_records_in_common", path=str(path))
    return found


def _strata_of_records(truth: TruePersons, by: str, record: pa.Table | None) -> pa.ChunkedArray:
    """The stratum of each row of the truth."""
    if by in truth.table.column_names:
        return truth.table[by]
    if record is None or by not in record.column_names:
        raise _no_column(by, truth.table, record)
    row = pc.index_in(truth.ids, value_set=record["record_id"].cast(pa.string()))
    return record[by].take(row)


def _no_column(by: str, truth: pa.Table, record: pa.Table | None) -> LinkError:
    columns = [*truth.column_names, *(record.column_names if record is not None else ())]
    found = ", ".join(dict.fromkeys(columns))
    return LinkError("evaluate.no_column", column=by, found=found)


def sample_pairs_to_judge(
    folder: Path, size: int, out: Path, *, record: pa.Table | None = None, seed: int = SEED
) -> SampleWritten:
    """Write a sample of pairs to judge.

    Args:
        folder: ``build/`` of an archive, or what ``link RECORDS --out`` wrote.
        size: How many pairs.
        out: CSV file to write.
        record: What the records say; None where only their ids are known.
        seed: Draws the sample.

    Raises:
        LinkError: no links.
        StorageError: the file cannot be written.
    """
    linked = read_linked(folder)
    population = make_population(linked)
    sample = draw_sample(population, size, np.random.default_rng(seed))
    write_sample(out, linked, sample, record)
    return SampleWritten(str(out), str(strata_file(out)), len(sample.left), population.left_out)
