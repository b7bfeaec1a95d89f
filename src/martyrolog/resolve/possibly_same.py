"""The table ``possibly_same``: links between two persons too weak or too contested to merge on.

Listed is, for each pair of persons, their strongest compared pair of records, where its match
probability reaches ``link.possibly_same`` and nobody judged the two persons different. The reason
is the first of these that holds:

1. ``judgements_contradict``: judged same, but a newer judgement keeps them apart;
2. ``judged_unsure``: somebody looked and could not tell;
3. ``death_dates_differ``: the preferred days of death cannot be one day;
4. ``duplicate_free_list``: a list that names nobody twice names both;
5. ``too_weak``: the match probability is below ``link.threshold``;
6. ``constraint``: strong enough, but joining the two clusters would have broken a constraint
   elsewhere in them.
"""

from collections.abc import Callable, Iterable, Mapping

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from martyrolog.archive import LinkSettings
from martyrolog.resolve.evidence import Ints
from martyrolog.resolve.judgements import Judgement, Verdict
from martyrolog.resolve.pairs import PersonPairs
from martyrolog.resolve.stated import Stated, taken
from martyrolog.tables import TABLES

Verdicts = Mapping[tuple[int, int], set[Verdict]]
_UNDECIDED = ("resolve.too_weak", "resolve.judged_unsure", "resolve.judgements_contradict")


def possibly_same_table(
    stated: Stated, pairs: PersonPairs, judgements: Iterable[Judgement],
    duplicate_free: frozenset[str], settings: LinkSettings,
) -> pa.Table:  # fmt: skip
    """Table ``possibly_same``, by pair of persons.

    Args:
        stated: The statements.
        pairs: The strongest compared pair of each pair of persons.
        judgements: The present judgements.
        duplicate_free: Lists known to name nobody twice.
        settings: Cut-offs, as match probabilities.
    """
    evidence = stated.evidence
    verdicts = _person_verdicts(stated, judgements)
    likely = np.flatnonzero(pairs.probability >= settings.possibly_same)
    persons = list(zip(pairs.left[likely].tolist(), pairs.right[likely].tolist(), strict=True))
    why = _reason(stated, verdicts, duplicate_free)
    weak = (pairs.probability[likely] < settings.threshold).tolist()
    reasons = [why(*pair, too_weak) for pair, too_weak in zip(persons, weak, strict=True)]
    listed = np.array([reason is not None for reason in reasons], dtype=bool)
    chosen = likely[listed]
    table = pa.table({
        "person_id_left": evidence.person_ids.take(pa.array(pairs.left[chosen])),
        "person_id_right": evidence.person_ids.take(pa.array(pairs.right[chosen])),
        "record_id_left": evidence.record_ids.take(pa.array(pairs.record_left[chosen])),
        "record_id_right": evidence.record_ids.take(pa.array(pairs.record_right[chosen])),
        "match_weight": pa.array(pairs.weight[chosen], pa.float64()),
        "match_probability": pa.array(pairs.probability[chosen], pa.float64()),
        "reason": pa.array([reason for reason in reasons if reason], pa.string()),
    })  # fmt: skip
    return table.select(TABLES["possibly_same"].names)


def undecided_pairs(possibly_same: pa.Table) -> frozenset[tuple[str, str]]:
    """Pairs of person_id for which the reason leaves open whether they are one person."""
    reason = possibly_same["reason"]
    kept = possibly_same.filter(pc.is_in(reason, pa.array(_UNDECIDED, pa.string())))
    ends = (kept[f"person_id_{side}"].to_pylist() for side in ("left", "right"))
    return frozenset(zip(*ends, strict=True))


def _person_verdicts(stated: Stated, judgements: Iterable[Judgement]) -> Verdicts:
    """Pair of persons -> what was judged on any of their records."""
    given = list(judgements)
    ends = [pa.array([getattr(one, side) for one in given], pa.string())
            for side in ("left", "right")]  # fmt: skip
    rows = [pc.index_in(end, stated.evidence.record_ids).to_pylist() for end in ends]
    verdicts: dict[tuple[int, int], set[Verdict]] = {}
    for judgement, left, right in zip(given, *rows, strict=True):
        pair = sorted((int(stated.evidence.person[left]), int(stated.evidence.person[right])))
        verdicts.setdefault((pair[0], pair[1]), set()).add(judgement.verdict)
    return verdicts


def _reason(
    stated: Stated, verdicts: Verdicts, duplicate_free: frozenset[str]
) -> Callable[[int, int, bool], str | None]:
    """A function that names the reason for a pair of persons; None where they are not listed."""
    first, last = _death_days(stated)
    named_in = _named_in(stated, duplicate_free)

    def reason(left: int, right: int, weak: bool) -> str | None:
        judged = verdicts.get((left, right), set())
        if "same" in judged:
            return "resolve.judgements_contradict"
        if "different" in judged:
            return None
        if "unsure" in judged:
            return "resolve.judged_unsure"
        if first[left] > last[right] or first[right] > last[left]:
            return "resolve.death_dates_differ"
        if named_in.get(left, frozenset()) & named_in.get(right, frozenset()):
            return "resolve.duplicate_free_list"
        return "resolve.too_weak" if weak else "resolve.constraint"

    return reason


def _death_days(stated: Stated) -> tuple[Ints, Ints]:
    """Of each person, first and last possible day of death, days since 1970; open where unknown."""
    chosen = stated.chosen("death_date")
    rows = np.append(stated.statements["death_date"].first_row, -1)[chosen]
    rows = np.where(chosen < 0, -1, rows)
    days = []
    for end, unknown in (("earliest", -(10**7)), ("latest", 10**7)):
        column = stated.evidence.records[f"death_date_{end}"].combine_chunks().cast(pa.int32())
        day = pc.fill_null(taken(column, rows), unknown)
        days.append(day.to_numpy(zero_copy_only=False).astype(np.int64))
    return days[0], days[1]


def _named_in(stated: Stated, duplicate_free: frozenset[str]) -> dict[int, frozenset[str]]:
    """Of each person that one names: the lists that name nobody twice."""
    evidence = stated.evidence
    found: dict[int, set[str]] = {}
    for rank, list_id in enumerate(evidence.lists):
        if list_id in duplicate_free:
            for person in evidence.person[evidence.list_rank == rank].tolist():
                found.setdefault(person, set()).add(list_id)
    return {person: frozenset(lists) for person, lists in found.items()}
