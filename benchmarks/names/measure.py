"""Measures of a key and of a similarity on true and false pairs."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from benchmarks.names.pairs import Pair, PairSet, data_folder

Float64Array = npt.NDArray[np.float64]

PRECISION = 0.95
"""The precision at which recall of the graded similarity is reported, on the pairs as they are."""


@dataclass(frozen=True)
class Agreement:
    """How often keys intersect."""

    true: int
    false: int
    recall: float
    false_positive_rate: float


def key_agreement(pairs: PairSet, keys: dict[str, tuple[str, ...]]) -> Agreement:
    """The share of true and of false pairs whose keys intersect."""
    return Agreement(
        true=len(pairs.true),
        false=len(pairs.false),
        recall=_share(pairs.true, keys),
        false_positive_rate=_share(pairs.false, keys),
    )


def _share(pairs: list[Pair], keys: dict[str, tuple[str, ...]]) -> float:
    return sum(not set(keys[a]).isdisjoint(keys[b]) for a, b in pairs) / len(pairs)


def area_under_curve(true: Float64Array, false: Float64Array) -> float:
    """The probability that a true pair is more similar than a false one; ties count half."""
    order = np.sort(false)
    below = np.searchsorted(order, true, side="left")
    equal = np.searchsorted(order, true, side="right") - below
    return float((below + equal / 2).mean() / len(false))


def recall_at_precision(true: Float64Array, false: Float64Array) -> float:
    """The highest recall of any cut-off whose precision is at least PRECISION."""
    best = 0.0
    for cut_off in np.unique(true):
        found, wrong = (true >= cut_off).sum(), (false >= cut_off).sum()
        if found / (found + wrong) >= PRECISION:
            best = max(best, float(found / len(true)))
    return best


def cross_script(pairs: PairSet) -> PairSet:
    """Only the true pairs of a Cyrillic and a Latin spelling."""
    return PairSet([pair for pair in pairs.true if _cyrillic(pair[0])], pairs.false)


def _cyrillic(name: str) -> bool:
    return any("\u0400" <= letter <= "\u04ff" for letter in name)


def region_pairs(pairs: PairSet) -> PairSet:
    """The true pairs that were read and found to be of the region, false pairs of their names."""
    listed = (Path(__file__).parent / "region_pairs.txt").read_text(encoding="utf-8").split("\n")
    labels = {line for line in listed if line and not line.startswith("#")}
    true = [pair for pair in cross_script(pairs).true if _label(pair) in labels]
    names = {cyrillic for cyrillic, _ in true}
    return PairSet(true, [pair for pair in pairs.false if pair[0] in names])


def _label(pair: Pair) -> str:
    return hashlib.sha256("|".join(pair).encode()).hexdigest()[:12]


def famous_names() -> PairSet:
    """The second frozen test: spelling clusters of known names, and near misses."""
    true = []
    for line in _lines("spelling-clusters.txt"):
        russian, _, spellings = line.partition("|")
        true += [(russian, spelling) for spelling in spellings.split()]
    false = [
        tuple(line.split()) for line in _lines("near-misses.txt") + _lines("near-misses-latin.txt")
    ]
    return PairSet(true, [(pair[0], pair[1]) for pair in false if len(pair) == 2])


def _lines(name: str) -> list[str]:
    text = (data_folder() / name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line.strip() and not line.startswith("#")]


def wilson_interval(share: float, count: int) -> tuple[float, float]:
    """The 95 % interval of a share of so many (Wilson 1927), as if each were independent."""
    z = 1.959964
    middle = (share + z * z / (2 * count)) / (1 + z * z / count)
    half = z * np.sqrt(share * (1 - share) / count + (z / (2 * count)) ** 2) / (1 + z * z / count)
    return float(middle - half), float(middle + half)
