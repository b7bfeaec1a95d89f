"""One comparison for the parts of a name that have fathers, forms and initials.

When to use: by `given` and `patronymics`, which say what of a value is compared (`Traits`) and what
each outcome is called (`Outcomes`). What always holds: a batch gives what single pairs give; what
is omitted is neutral, an initial agrees or contradicts but never equals.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from enum import IntEnum

import numpy as np

from martyrolog.names.distance import key_similarities, key_similarity, key_texts
from martyrolog.names.fold import Keys
from martyrolog.names.pairs import CompareCodes, Int8Array
from martyrolog.names.small_sets import Codes, SmallSets, any_wide, small_sets


@dataclass(frozen=True)
class Traits:
    """What of one value is compared.

    Attributes:
        keys: Folded keys; none for a value that is omitted.
        equal: Sets of which one in common makes two values equal.
        forms: Sets of which one in common makes them forms of one name.
        near: Keys whose similarity makes them misspellings of each other.
        heads: What an initial of it may begin with.
        initial: Whether it is an initial.
        common: Whether it is too common to be a misspelling of another common one.
    """

    keys: Keys
    equal: tuple[Collection[str], ...]
    forms: tuple[Collection[str], ...]
    near: Keys
    heads: Collection[str]
    initial: bool
    common: bool


@dataclass(frozen=True)
class Outcomes:
    """What the outcomes are called, and from which similarity on keys are misspellings."""

    equal: int
    forms: int
    near: int
    initial: int
    omitted: int
    contradicted: int
    cut_off: float

    @classmethod
    def of(cls, agreement: type[IntEnum], *, forms: int, near: int, cut_off: float) -> Outcomes:
        """Those of an enumeration that calls the others by their names here."""
        others = ("equal", "initial", "omitted", "contradicted")
        named = {name: int(agreement[name.upper()]) for name in others}
        return cls(**named, forms=forms, near=near, cut_off=cut_off)


def compare(left: Traits, right: Traits, outcomes: Outcomes) -> int:
    """The outcome of one pair: the first that holds of omitted, initial, equal, forms, near."""
    if not left.keys or not right.keys:
        return outcomes.omitted
    if left.initial or right.initial:
        return outcomes.initial if set(left.heads) & set(right.heads) else outcomes.contradicted
    if _meet(left.equal, right.equal):
        return outcomes.equal
    if _meet(left.forms, right.forms):
        return outcomes.forms
    both_common = left.common and right.common
    if not both_common and key_similarity(left.near, right.near) >= outcomes.cut_off:
        return outcomes.near
    return outcomes.contradicted


def _meet(left: Sequence[Collection[str]], right: Sequence[Collection[str]]) -> bool:
    return any(set(one) & set(other) for one, other in zip(left, right, strict=True))


def comparer(
    values: Sequence[str], traits_of: Callable[[str], Traits], outcomes: Outcomes
) -> CompareCodes:
    """`compare` of pairs of numbers of values, prepared once for all values.

    Args:
        values: Distinct values, best with their keys known (`memo.warm`).
        traits_of: What of a value is compared.
        outcomes: What the outcomes are called.
    """
    traits = [traits_of(value) for value in values]
    equal = _columns([found.equal for found in traits])
    forms = _columns([found.forms for found in traits])
    near = small_sets([found.near for found in traits])
    heads = small_sets([found.heads for found in traits])
    texts = key_texts(near)
    omitted = np.array([not found.keys for found in traits], dtype=bool)
    initial = np.array([found.initial for found in traits], dtype=bool)
    common = np.array([found.common for found in traits], dtype=bool)
    wide = any_wide(near, heads, *equal, *forms)

    def compare_codes(left: Codes, right: Codes) -> Int8Array:
        found = np.full(len(left), outcomes.contradicted, dtype=np.int8)
        rare = np.flatnonzero(~(common[left] & common[right]))
        alike = key_similarities(
            near, left[rare], right[rare], at_least=outcomes.cut_off, texts=texts
        )
        found[rare[alike >= outcomes.cut_off]] = outcomes.near
        for sets, outcome in ((forms, outcomes.forms), (equal, outcomes.equal)):
            for one in sets:
                found[one.meet(left, right)] = outcome
        short, fits = initial[left] | initial[right], heads.meet(left, right)
        found[short & fits] = outcomes.initial
        found[short & ~fits] = outcomes.contradicted
        found[omitted[left] | omitted[right]] = outcomes.omitted
        for at in np.flatnonzero(wide[left] | wide[right]).tolist():
            found[at] = compare(traits[left[at]], traits[right[at]], outcomes)
        return found

    return compare_codes


def _columns(sets: Sequence[Sequence[Collection[str]]]) -> list[SmallSets]:
    """The first sets of all values, the second sets of all values, and so on."""
    return [small_sets(column) for column in zip(*sets, strict=True)]
