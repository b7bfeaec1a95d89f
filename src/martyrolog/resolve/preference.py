"""Which of several statements is shown first, and by which rule.

The rules are tried in order; the first that tells the two best statements apart is named beside the
preferred one (a message key), so that a reader can see why. They decide what is shown first, never
what is shown: every statement stays.

0. ``prefer_corrected``: what a person decided that a record reads, over what a list says.
1. ``prefer_cyrillic`` (names): Cyrillic before other scripts, as in the documents themselves.
2. ``prefer_verified``: confirmed in at least one record.
3. ``prefer_full_name`` (names): a name written out before an initial.
4. ``prefer_most_lists``: more lists. A date is also supported by the lists that give a less precise
   date containing it; beside such a date the rule is named ``prefer_precise``.
5. ``prefer_precise`` (dates): fewer days between first and last; a date open at an end is the least
   precise but for one without days.
6. ``prefer_most_records``: more records.
7. ``prefer_list_order``: the list that stands first in archive.toml.
8. ``prefer_first_written``: ascending order of the values, so that there always is an answer.
"""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from martyrolog.names import is_initial
from martyrolog.resolve.evidence import Bools, Evidence, Ints, numbers
from martyrolog.resolve.rules import rules
from martyrolog.resolve.statements import Statements, date_bounds

Objects = np.typing.NDArray[np.object_]

_OPEN = 10_000_000
_NO_DAY = 100_000_000
"""Days of precision of a date open at an end, and of one without days: worse than any interval."""

CYRILLIC = r"\p{Cyrillic}"


@dataclass(frozen=True)
class Preference:
    """Of the statements on one field: which are preferred, and by which rule.

    Attributes:
        preferred: One true for each person.
        rule: Message key beside the preferred one; null where nothing had to be preferred, and for
            fields of which several values are true at once.
        order: Positions of the statements, person by person, the preferred one first.
    """

    preferred: Bools
    rule: pa.Array
    order: Ints


def prefer(evidence: Evidence, statements: Statements) -> Preference:
    """Order the statements of each person on one field by the rules above."""
    criteria = _criteria(evidence, statements)
    size = len(statements.person)
    keys = [column for _, column in criteria]
    order = np.lexsort((*keys[::-1], statements.person))
    person = statements.person[order]
    first = np.ones(size, dtype=bool)
    first[1:] = person[1:] != person[:-1]
    preferred = np.zeros(size, dtype=bool)
    preferred[order[first]] = True
    best = np.flatnonzero(first[:-1] & ~first[1:]) if size else np.empty(0, dtype=np.int64)
    rule = np.full(size, None, dtype=object)
    winner, second = order[best], order[best + 1]
    undecided = np.ones(len(best), dtype=bool)
    for name, column in criteria:
        told = undecided & (column[winner] != column[second])
        rule[winner[told]] = f"resolve.{name}"
        undecided &= ~told
    if statements.field in rules().several:
        rule[:] = None
    _name_precision(evidence, statements, winner, second, rule)
    return Preference(preferred, pa.array(rule, pa.string()), order)


def _name_precision(
    evidence: Evidence, statements: Statements, winner: Ints, second: Ints, rule: Objects
) -> None:
    """Say «more precise» of a date within its rival, whose lists were counted for both."""
    if statements.kind != "date":
        return
    days = _bounds_in_days(evidence, statements)
    for one, other in zip(winner.tolist(), second.tolist(), strict=True):
        if rule[one] == "resolve.prefer_most_lists" and contains(days[other], days[one]):
            rule[one] = "resolve.prefer_precise"


def _criteria(evidence: Evidence, statements: Statements) -> list[tuple[str, Ints]]:
    """Rules with a number for each statement, the smaller the better."""
    lists = np.diff(statements.list_starts)
    order = np.minimum.reduceat(evidence.list_rank[statements.rows], statements.starts[:-1]) if len(
        statements.person) else statements.person  # fmt: skip
    verified = (~statements.verified).astype(np.int64)
    by_hand = [("prefer_corrected", (statements.corrector == None).astype(np.int64))]  # noqa: E711
    common = [("prefer_most_records", -statements.records), ("prefer_list_order", order),
              ("prefer_first_written", statements.rank)]  # fmt: skip
    if statements.kind == "name":
        return [*by_hand, ("prefer_cyrillic", _other_script(statements.value)),
                ("prefer_verified", verified),
                ("prefer_full_name", _initials(statements.value)),
                ("prefer_most_lists", -lists), *common]  # fmt: skip
    if statements.kind == "date":
        days = _bounds_in_days(evidence, statements)
        return [*by_hand, ("prefer_verified", verified),
                ("prefer_most_lists", -_list_support(statements, days)),
                ("prefer_precise", _precision(days)), *common]  # fmt: skip
    return [*by_hand, ("prefer_verified", verified), ("prefer_most_lists", -lists), *common]


def _other_script(values: pa.Array) -> Ints:
    """0 for Cyrillic, 1 for any other script."""
    return 1 - numbers(pc.match_substring_regex(values, CYRILLIC).cast(pa.int64()))


def _initials(values: pa.Array) -> Ints:
    """0 for a name written out, 1 for an initial."""
    encoded = values.dictionary_encode()
    found = np.array([is_initial(name) for name in encoded.dictionary.to_pylist()], dtype=np.int64)
    return found[numbers(encoded.indices)] if len(found) else numbers(encoded.indices)


def _bounds_in_days(evidence: Evidence, statements: Statements) -> Ints:
    """First and last day of each statement, two columns; ``±_OPEN`` where a side is open."""
    columns = []
    for bound, missing in zip(date_bounds(evidence, statements), (-_OPEN, _OPEN), strict=True):
        columns.append(numbers(pc.fill_null(bound.cast(pa.int32()), missing)))
    return np.column_stack(columns)


def _precision(days: Ints) -> Ints:
    width = days[:, 1] - days[:, 0]
    days_wide: Ints = np.where(width >= 2 * _OPEN, _NO_DAY, np.minimum(width, _OPEN))
    return days_wide


def _list_support(statements: Statements, days: Ints) -> Ints:
    """Lists whose statement is this date or contains it."""
    starts, lists = statements.list_starts, statements.lists
    supported = np.diff(starts)
    several = statements.person[1:] == statements.person[:-1]
    for person in np.unique(statements.person[1:][several]):
        low, high = np.searchsorted(statements.person, [person, person + 1])
        for one in range(low, high):
            behind: set[int] = set()
            for other in range(low, high):
                if one == other or contains(days[other], days[one]):
                    behind.update(lists[starts[other] : starts[other + 1]].tolist())
            supported[one] = len(behind)
    return supported


def contains(outer: Ints, inner: Ints) -> bool:
    """Whether a date's days hold all those of another; a date without days holds nothing.

    Args:
        outer: First and last day, ``±_OPEN`` where open.
        inner: The same.
    """
    if outer[1] - outer[0] >= 2 * _OPEN or inner[1] - inner[0] >= 2 * _OPEN:
        return False
    return bool(outer[0] <= inner[0] and inner[1] <= outer[1])


def preferred_values(evidence: Evidence, statements: Statements, preference: Preference) -> Ints:
    """Of each person, the position of the preferred statement; -1 where there is none."""
    position = np.full(len(evidence.persons), -1, dtype=np.int64)
    chosen = np.flatnonzero(preference.preferred)
    position[statements.person[chosen]] = chosen
    return position


def row_ranks(statements: Statements, preference: Preference, records: int) -> Ints:
    """Of each record, the place of its statement in the order of preference.

    Within one person the smallest is that of the preferred statement; a record that states nothing
    has the largest integer there is.
    """
    place = np.empty(len(preference.order), dtype=np.int64)
    place[preference.order] = np.arange(len(preference.order))
    ranks = np.full(records, np.iinfo(np.int64).max, dtype=np.int64)
    ranks[statements.rows] = place[statements.of_row]
    return ranks
