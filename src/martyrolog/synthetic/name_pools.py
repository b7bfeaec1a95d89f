"""The names and their frequencies, from the Parquet files of the package ``russiannames``.

Given names of men are drawn from the *fathers* in the patronymics: they are a generation older than
the given names, and close to the persons of 1937, and every father then has a patronymic.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from numpy.typing import NDArray

from martyrolog.synthetic.drawing import Ints, Texts, draw, texts

_NAME = re.compile("[А-ЯЁ][а-яё]{2,}")
_UNPLACED = 0.02  # share of persons whose given name the package gives to no nation
_MINIMAL_COUNT = 3  # rarer given names are mostly misspellings in the package's sources


@dataclass(frozen=True)
class Pool:
    """Names with frequencies, and which of them each nationality draws from.

    Attributes:
        male: The name of a man.
        female: The same name of a woman; for given names, women's own names.
        counts: Frequency.
        members: For each nationality, positions in the pool and their frequencies.
    """

    male: Texts
    female: Texts
    counts: NDArray[Any]
    members: Sequence[tuple[Ints, NDArray[Any]]]

    def draw(self, rng: np.random.Generator, nation: Ints) -> Ints:
        """A position in the pool for each person of a nationality."""
        drawn = np.zeros(len(nation), np.int64)
        for number, (positions, weights) in enumerate(self.members):
            asked = nation == number
            drawn[asked] = positions[draw(rng, weights, int(asked.sum()))]
        return drawn


@dataclass(frozen=True)
class NamePools:
    """Surnames, given names of men with their patronymics, given names of women."""

    surnames: Pool
    men: Pool
    patronymics: Pool
    women: Pool


def names_folder() -> Path:
    """Where the package ``russiannames`` keeps its Parquet files.

    Raises:
        FileNotFoundError: the package is not installed.
    """
    found = find_spec("russiannames")
    if found is None or found.origin is None:
        raise FileNotFoundError("name frequencies: pip install 'martyrolog[synthetic]'")
    return Path(found.origin).parent / "data"


def read_name_pools(nations: Sequence[Mapping[str, Any]], folder: Path) -> NamePools:
    """The pools of names.

    Args:
        nations: Nationalities, as in ``data/nations.yaml``.
        folder: Holds ``surnames.parquet``, ``names.parquet`` and ``midnames.parquet``.
    """
    given = [row for row in _rows(folder / "names.parquet") if row["count"] >= _MINIMAL_COUNT]
    tags = {row["text"]: row["ethnic"] or [] for row in given}
    fathers = _fathers(folder / "midnames.parquet")
    women = [(row["text"], row["text"], row["count"]) for row in given if row["gender"] == "f"]
    men = [(name, name, count) for name, (_, _, count) in fathers.items()]
    return NamePools(
        surnames=_surname_pool(folder / "surnames.parquet", nations),
        men=_given_pool(men, tags, nations),
        patronymics=_given_pool(list(fathers.values()), {}, []),
        women=_given_pool(women, tags, nations),
    )


def _rows(path: Path) -> list[dict[str, Any]]:
    rows = pq.read_table(path).to_pylist()
    return [row for row in rows if _NAME.fullmatch(row["text"] or "")]


def _fathers(path: Path) -> Mapping[str, tuple[str, str, int]]:
    """Father's name to the commonest patronymic of a son, of a daughter, and their count."""
    best: dict[tuple[str, str], tuple[int, str]] = {}
    totals: dict[str, int] = {}
    for row in _rows(path):
        father, sex = row["fname"], row["gender"]
        if father and sex in ("m", "f") and _NAME.fullmatch(father):
            totals[father] = totals.get(father, 0) + row["count"]
            best[father, sex] = max(best.get((father, sex), (0, "")), (row["count"], row["text"]))
    return {father: (best[father, "m"][1], best[father, "f"][1], total)
            for father, total in sorted(totals.items())
            if total >= _MINIMAL_COUNT
            and (father, "m") in best and (father, "f") in best}  # fmt: skip


def _given_pool(
    names: Sequence[tuple[str, str, int]], tags: Mapping[str, Sequence[str]],
    nations: Sequence[Mapping[str, Any]],
) -> Pool:  # fmt: skip
    counts = np.array([count for _, _, count in names], float)
    tagged = [set(tags.get(name, ())) for name, _, _ in names]
    common = np.array(["slav" in found for found in tagged])
    unplaced = _shares(counts * np.array([not found for found in tagged]))
    members = []
    for nation in nations:
        own = np.array([bool(found & set(nation["given"])) for found in tagged])
        share = nation["own_given"] if own.any() else 0.0
        weights = share * _shares(counts * own) + (1 - share) * _shares(counts * common)
        members.append(_positive((1 - _UNPLACED) * weights + _UNPLACED * unplaced))
    return Pool(texts([name for name, _, _ in names]), texts([name for _, name, _ in names]),
                counts, members)  # fmt: skip


def _surname_pool(path: Path, nations: Sequence[Mapping[str, Any]]) -> Pool:
    table = pq.read_table(path, columns=["text", "count", "gender", "ethnic", "f_form"])
    named = pc.match_substring_regex(table["text"], f"^{_NAME.pattern}$")
    table = table.filter(pc.and_(named, pc.not_equal(pc.fill_null(table["gender"], ""), "f")))
    table = table.sort_by("text").combine_chunks()
    counts = table["count"].to_numpy().astype(float)
    tagged = _tagged_rows(table["ethnic"])
    members = []
    for nation in nations:
        own = pc.match_substring_regex(table["text"], f"(?:{'|'.join(nation['endings'])})$")
        chosen = own.to_numpy().copy()
        for tag in nation["tags"]:
            chosen[tagged.get(tag, [])] = True
        members.append(_positive(counts * chosen))
    names = table["text"].to_pylist()
    women = [form or feminine(name)
             for form, name in zip(table["f_form"].to_pylist(), names, strict=True)]  # fmt: skip
    return Pool(texts(names), texts(women), counts, members)


def _tagged_rows(column: pa.ChunkedArray) -> Mapping[str, list[int]]:
    """The rows of each tag."""
    tagged: dict[str, list[int]] = {}
    for row in np.flatnonzero(pc.is_valid(column).to_numpy()).tolist():
        for tag in column[row].as_py():
            tagged.setdefault(tag, []).append(row)
    return tagged


def feminine(surname: str) -> str:
    """The surname of a wife or daughter, by its ending.

    >>> feminine("Тухачевский"), feminine("Шевченко")
    ('Тухачевская', 'Шевченко')
    """
    if surname.endswith(("ов", "ев", "ёв", "ин", "ын")):
        return surname + "а"
    if surname.endswith(("ский", "цкий", "ый", "ой")):
        return surname[:-2] + "ая"
    return surname


def _shares(weights: NDArray[Any]) -> NDArray[Any]:
    total = weights.sum()
    return weights / total if total else weights


def _positive(weights: NDArray[Any]) -> tuple[Ints, NDArray[Any]]:
    # where a folder of names has none of a nation, it draws from all
    positions = np.flatnonzero(weights > 0) if weights.any() else np.arange(len(weights))
    weights = weights if weights.any() else np.ones(len(weights))
    return positions, weights[positions]
