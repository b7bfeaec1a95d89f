"""Term frequencies: a rare value in common says more than a common one.

:func:`make_terms` counts values once, :func:`term_weights` gives the bits to add to a pair. u is
an average over all values of a field; where two records agree on a value v, the chance that two
persons do is the share of v itself. So log2(average / share of v) is added (Winkler 2000; Splink's
term-frequency adjustment). In a small archive the shares lean on the declared u.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from martyrolog.levels import FIELDS
from martyrolog.link.columns import NO_VALUE, Codes, Records
from martyrolog.link.comparison import Levels
from martyrolog.link.keys import Keys

PRIOR_RECORDS = 200.0
"""Records that the declared u counts for in the share of a value."""

_COMPONENT = {
    "surname": "surname", "given_name": "given_name", "patronymic": "patronymic",
    "birth_date": "birth_day", "death_date": "death_day", "arrest_date": "arrest_day",
}  # fmt: skip


@dataclass(frozen=True)
class Term:
    """The values of one field as terms.

    Attributes:
        codes: Term of each record, ``NO_VALUE`` where it has none. Spellings of a name are one.
        bits: For each term, log2(average share / its share).
    """

    codes: Codes
    bits: NDArray[np.float64]


def make_terms(records: Records, keys: Keys) -> Mapping[str, Term]:
    """The terms of every field that has levels with terms."""
    terms = {}
    for name, field in FIELDS.items():
        if any(level.terms for level in field.levels):
            component = _COMPONENT.get(name)
            raw = keys.components[component][:, 0] if component else records.texts[name].codes
            terms[name] = _term(raw, field.levels[-1].u)
    return terms


def _term(raw: Codes, declared: float) -> Term:
    present = raw != NO_VALUE
    _, inverse, counts = np.unique(raw[present], return_inverse=True, return_counts=True)
    codes = np.full(len(raw), NO_VALUE, dtype=np.int32)
    codes[present] = inverse
    total = float(counts.sum())
    share = (counts + PRIOR_RECORDS * declared) / (total + PRIOR_RECORDS)
    average = float((counts * share).sum()) / max(total, 1.0) or 1.0
    bits: NDArray[np.float64] = np.log2(average) - np.log2(share)
    return Term(codes, bits)


def term_weights(
    terms: Mapping[str, Term], levels: Levels, left: Codes, right: Codes
) -> NDArray[np.float64]:
    """Bits to add to each field of each pair: pairs x fields.

    Args:
        terms: Terms by field.
        levels: Comparison levels of the pairs.
        left: Numbers of records.
        right: Numbers of records, as many.

    Returns:
        0 where the level has no terms. Of two spellings of one value the commoner counts.
    """
    bits = np.zeros(levels.shape, dtype=np.float64)
    for at, (name, field) in enumerate(FIELDS.items()):
        if name not in terms:
            continue
        term = terms[name]
        with_terms = np.array([level.terms for level in field.levels] + [False])
        codes = term.codes[left], term.codes[right]
        apply = with_terms[levels[:, at]] & (codes[0] != NO_VALUE) & (codes[1] != NO_VALUE)
        bits[apply, at] = np.minimum(term.bits[codes[0][apply]], term.bits[codes[1][apply]])
    return bits
