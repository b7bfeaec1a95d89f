"""How good the links are: against true persons or judged pairs, by stratum, with intervals.

:func:`evaluate_persons` compares clusters with the person of each record, :func:`evaluate_pairs`
with pairs that people judged. Only records and pairs of the truth count; what the truth leaves out
is told by number. Without a truth see ``expected.py`` and ``sampling.py``.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from martyrolog.link.calibration import Calibration, calibrate
from martyrolog.link.linked import Linked
from martyrolog.link.metrics import (
    LEVEL,
    REPLICATES,
    Agreement,
    agreement_of,
    bootstrap_intervals,
    record_parts,
)
from martyrolog.link.truth import JudgedPairs, TruePersons

Intervals = Mapping[str, tuple[float, float]]


@dataclass(frozen=True)
class OnPersons:
    """Agreement with true persons, of all records or of one stratum.

    Attributes:
        stratum: Value of the column asked for; empty for all records.
        agreement: The measures.
        intervals: 95 % interval of each measure, from resampling the persons.
    """

    stratum: str
    agreement: Agreement
    intervals: Intervals


@dataclass(frozen=True)
class OnPairs:
    """Agreement with judged pairs, of all pairs or of one stratum.

    Attributes:
        stratum: Value of the column asked for; empty for all pairs.
        judged: Pairs judged same or different.
        right: Judged same and in one cluster.
        wrong: Judged different and in one cluster.
        missed: Judged same and in two clusters.
        precision: ``right / (right + wrong)``.
        recall: ``right / (right + missed)``.
        f1: Harmonic mean of the two.
        intervals: 95 % interval of each.
    """

    stratum: str
    judged: int
    right: int
    wrong: int
    missed: int
    precision: float
    recall: float
    f1: float
    intervals: Intervals


@dataclass(frozen=True)
class Evaluation:
    """The answer to how good the links are.

    Attributes:
        kind: persons or pairs, as the truth is.
        by: Column of the strata; empty where none was asked for.
        results: All first, then the strata by name.
        without_truth: Linked records of which the truth says nothing (0 for pairs).
        not_linked: Rows of the truth about records that were not linked.
        undecided: Pairs not judged, or judged unsure.
        calibration: How right the match probabilities are; None for judged pairs.
    """

    kind: str
    by: str
    results: tuple[OnPersons | OnPairs, ...]
    without_truth: int
    not_linked: int
    undecided: int
    calibration: Calibration | None = None


def evaluate_persons(
    linked: Linked, truth: TruePersons, rng: np.random.Generator, *, by: str = "",
    strata: pa.ChunkedArray | None = None,
) -> Evaluation:  # fmt: skip
    """Clusters against the person of each record.

    Args:
        linked: Clusters.
        truth: Person of each record.
        rng: For the intervals.
        by: Name of the column of strata.
        strata: Stratum of each record of ``truth``; None for no strata.
    """
    place = pc.index_in(truth.ids, value_set=linked.ids)
    there = pc.is_valid(place).to_numpy()
    rows = place.drop_null().to_numpy().astype(np.int64)
    parts = record_parts(linked.cluster[rows], truth.person.filter(pa.array(there)))
    results = []
    for stratum, chosen in _strata(strata, there):
        of_stratum = parts.where(chosen)
        intervals = bootstrap_intervals(of_stratum, rng)
        results.append(OnPersons(stratum, agreement_of(of_stratum), intervals))
    return Evaluation("persons", by, tuple(results), len(linked.ids) - len(rows),
                      int((~there).sum()), 0, _calibration(linked, truth))  # fmt: skip


def _calibration(linked: Linked, truth: TruePersons) -> Calibration:
    """Of the compared pairs whose records are both in the truth."""
    person = truth.person.combine_chunks().dictionary_encode().indices
    of_record = person.take(pc.index_in(linked.ids, value_set=truth.ids))
    code = pc.fill_null(of_record, -1).to_numpy()
    one, other = code[linked.left], code[linked.right]
    known = (one >= 0) & (other >= 0)
    return calibrate(linked.probability[known], one[known] == other[known])


def evaluate_pairs(
    linked: Linked, truth: JudgedPairs, rng: np.random.Generator, *, by: str = ""
) -> Evaluation:
    """Clusters against pairs that people judged, each counting the same.

    Args:
        linked: Clusters.
        truth: Judged pairs.
        rng: For the intervals.
        by: Column of ``truth.table`` that names the strata; empty for none.
    """
    together, there = in_one_cluster(linked, truth)
    decided = there & (truth.same >= 0)
    strata = truth.table[by] if by else None
    results = [
        _on_pairs(stratum, truth.same[decided][chosen], together[decided][chosen], rng)
        for stratum, chosen in _strata(strata, decided)
    ]
    return Evaluation("pairs", by, tuple(results), 0, int((~there).sum()),
                      int((there & ~decided).sum()))  # fmt: skip


def in_one_cluster(
    linked: Linked, truth: JudgedPairs
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Which judged pairs stand in one cluster, and of which both records were linked."""
    ends = [pc.index_in(side, value_set=linked.ids) for side in (truth.left, truth.right)]
    there = np.logical_and(*(pc.is_valid(end).to_numpy() for end in ends))
    one, other = (pc.fill_null(end, 0).to_numpy().astype(np.int64) for end in ends)
    if not len(linked.ids):
        return np.zeros(len(there), bool), there
    return there & (linked.cluster[one] == linked.cluster[other]), there


def _on_pairs(
    stratum: str, same: NDArray[np.int8], together: NDArray[np.bool_], rng: np.random.Generator
) -> OnPairs:
    right = int((together & (same == 1)).sum())
    wrong = int((together & (same == 0)).sum())
    missed = int((~together & (same == 1)).sum())
    values = _pair_rates(np.array([[right, wrong, missed]], float))
    # Jeffreys' prior on the three shares: intervals that stay open where nothing wrong was seen
    drawn = rng.dirichlet(np.array([right, wrong, missed]) + 0.5, size=10 * REPLICATES)
    tails = [(1 - LEVEL) / 2, (1 + LEVEL) / 2]
    rates = {name: float(value[0]) for name, value in values.items()}
    # the limits of a share of none or of all are 0 and 1 (Brown, Cai and DasGupta 2001, 4.1)
    intervals = {name: (min(float(low), rates[name]), max(float(high), rates[name]))
                 for name, shares in _pair_rates(drawn).items()
                 for low, high in [np.quantile(shares, tails)]}  # fmt: skip
    return OnPairs(stratum, len(same), right, wrong, missed, **rates, intervals=intervals)


def _pair_rates(counts: NDArray[np.float64]) -> dict[str, NDArray[np.float64]]:
    right, wrong, missed = counts.T
    return {
        name: np.where(whole > 0, part / np.where(whole > 0, whole, 1.0), 1.0)
        for name, part, whole in (("precision", right, right + wrong),
                                  ("recall", right, right + missed),
                                  ("f1", 2 * right, 2 * right + wrong + missed))
    }  # fmt: skip


def _strata(
    strata: pa.ChunkedArray | None, rows: NDArray[np.bool_]
) -> Iterator[tuple[str, NDArray[np.bool_]]]:
    """All of the rows first, then each stratum among them; a row without one is in "-"."""
    yield "", np.ones(int(rows.sum()), bool)
    if strata is None:
        return
    named: Any = pc.fill_null(strata.cast(pa.string()), "-").filter(pa.array(rows))
    coded = named.combine_chunks().dictionary_encode()
    codes = coded.indices.to_numpy()
    names = coded.dictionary.to_pylist()
    for code in sorted(range(len(names)), key=names.__getitem__):
        yield str(names[code]) or "-", codes == code
