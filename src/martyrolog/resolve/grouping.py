"""Which contributions of one person can be one event."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from martyrolog.resolve.contributions import Contributions
from martyrolog.resolve.evidence import Ints
from martyrolog.resolve.rules import rules


def group_contributions(kind: Contributions, rows: Ints, person: Ints) -> list[list[int]]:
    """Records of each event, the one with the preferred date first."""
    facts = _facts(kind, rows)
    ranks = kind.ranks["date"][rows].tolist()
    bounds = np.flatnonzero(np.diff(person[rows], prepend=-1, append=-1)).tolist()
    groups: list[list[int]] = []
    for low, high in pairwise(bounds):
        ranked = sorted(range(low, high), key=lambda at: (facts[at].text is None, ranks[at], at))
        found = together([facts[at] for at in ranked])
        groups += [[int(rows[ranked[one]]) for one in group] for group in found]
    return groups


@dataclass(frozen=True, slots=True)
class Fact:
    """Day, as text and as first and last day since 1970, and what keeps events apart."""

    text: str | None
    first: int | None
    last: int | None
    place: str | None
    trial: str | None

    def fits(self, other: "Fact") -> bool:
        """Whether both can be one event on one day: equal as written, or one contains the other."""
        if not (_agree(self.place, other.place) and _agree(self.trial, other.trial)):
            return False
        if self.text is None or self.text == other.text:
            return True
        return self.within(other) or other.within(self)

    def within(self, other: "Fact") -> bool:
        """Whether all days of this date are days of the other; false where one is open."""
        if self.first is None or self.last is None or other.first is None or other.last is None:
            return False
        return other.first <= self.first and self.last <= other.last

    def narrowed(self, other: "Fact") -> "Fact":
        """What is known once another fact is taken for the same event."""
        day = other if self.text is None or other.within(self) else self
        place, trial = self.place or other.place, self.trial or other.trial
        return Fact(day.text, day.first, day.last, place, trial)


def _agree(left: str | None, right: str | None) -> bool:
    return left is None or right is None or left == right


def _facts(kind: Contributions, rows: Ints) -> list[Fact]:
    at = pa.array(rows, pa.int64())
    columns = kind.columns
    days = [columns[f"date_{end}"].cast(pa.int32()).take(at).to_pylist()
            for end in ("earliest", "latest")]  # fmt: skip
    text = pc.coalesce(columns["date"], columns["date_verbatim"]).take(at).to_pylist()
    placed = "date" not in rules().events.get(kind.kind, ("date",))
    place = columns["place"].take(at).to_pylist() if placed else [None] * len(rows)
    trial = columns["trial_id"].take(at).to_pylist()
    return [Fact(*fact) for fact in zip(text, *days, place, trial, strict=True)]


def together(facts: Sequence[Fact]) -> list[list[int]]:
    """Positions of what can be one event, each put with the first event that it fits."""
    groups: list[list[int]] = []
    narrowest: list[Fact] = []
    for position, fact in enumerate(facts):
        for number, known in enumerate(narrowest):
            if fact.fits(known):
                groups[number].append(position)
                narrowest[number] = known.narrowed(fact)
                break
        else:
            groups.append([position])
            narrowest.append(fact)
    return groups
