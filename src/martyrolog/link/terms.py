"""Term frequencies: a rare value in common says more than a common one.

:func:`make_terms` counts values once, :func:`term_weights` gives the bits to add to a pair. u is
an average over all values of a field; where two records agree on a value v, the chance that two
persons do is the share of v itself. So log2(average / share of v) is added (Winkler 2000; Splink's
term-frequency adjustment). In a small archive the shares lean on the declared u.

Given name and patronymic come together («Ян Янович» is no chance among Latvians), so where both
agree, the share of the two together counts, if it is larger than the product of their shares.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from martyrolog.levels import FIELDS
from martyrolog.link.columns import NO_VALUE, Codes, Records
from martyrolog.link.comparison import Levels
from martyrolog.link.distinct import sorted_distinct
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


@dataclass(frozen=True)
class Terms:
    """The terms of one linkage.

    Attributes:
        fields: Terms by field.
        together: Given name and patronymic as one term; its bits are 0 or less, and are added to
            those of both.
    """

    fields: Mapping[str, Term]
    together: Term


def make_terms(records: Records, keys: Keys) -> Terms:
    """The terms of every field that has levels with terms."""
    terms = {}
    for name, field in FIELDS.items():
        if any(level.terms for level in field.levels):
            component = _COMPONENT.get(name)
            raw = keys.components[component].first() if component else records.texts[name].codes
            terms[name] = _term(raw, field.levels[-1].u)
    return Terms(terms, _together(terms["surname"], terms["given_name"], terms["patronymic"]))


def _together(surname: Term, given: Term, patronymic: Term) -> Term:
    """Given name and patronymic as one term, counted over distinct full names.

    A person with five records is one full name: many records of a rare name do not make it common.
    """
    width = int(patronymic.codes.max(initial=0)) + 1
    lacking = np.minimum(np.minimum(given.codes, patronymic.codes), surname.codes) == NO_VALUE
    known = np.flatnonzero(~lacking)
    packed = given.codes[known].astype(np.int64) * width + patronymic.codes[known]
    coded = pa.array(packed).dictionary_encode()
    distinct, of_record = coded.dictionary.to_numpy(), coded.indices.to_numpy()
    pairs = np.stack(np.divmod(distinct, width), axis=1)
    codes = np.full(len(given.codes), NO_VALUE, dtype=np.int32)
    codes[known] = of_record
    surnames = int(surname.codes.max(initial=0)) + 1
    full = sorted_distinct(of_record.astype(np.int64) * surnames + surname.codes[known])
    bearers = np.bincount(full // surnames, minlength=len(pairs))
    first, second = (np.bincount(pairs[:, at], weights=bearers) for at in (0, 1))
    apart = first[pairs[:, 0]] * second[pairs[:, 1]] / max(len(full), 1)
    bits = np.log2(apart) - np.log2(np.maximum(apart, bearers - 1.0))
    return Term(codes, bits.astype(np.float64))


def _term(raw: Codes, declared: float) -> Term:
    present = raw != NO_VALUE
    times = np.bincount(raw[present])
    counts = times[times > 0]
    numbers = np.append(np.cumsum(times > 0) - 1, NO_VALUE).astype(np.int32)
    codes = numbers[np.where(present, raw, len(times))]
    total = float(counts.sum())
    share = (counts + PRIOR_RECORDS * declared) / (total + PRIOR_RECORDS)
    average = float((counts * share).sum()) / max(total, 1.0) or 1.0
    bits: NDArray[np.float64] = np.log2(average) - np.log2(share)
    return Term(codes, bits)


def term_weights(
    terms: Terms, levels: Levels, left: Codes, right: Codes
) -> dict[int, NDArray[np.float64]]:
    """Bits to add to each field of each pair, by the position of the field in ``FIELDS``.

    Args:
        terms: Term frequencies.
        levels: Comparison levels of the pairs.
        left: Numbers of records.
        right: Numbers of records, as many.

    Returns:
        0 where the level has no terms. Of two spellings of one value the commoner counts.
    """
    bits = {}
    agreed = {}
    for at, (name, field) in enumerate(FIELDS.items()):
        if name in terms.fields:
            with_terms = np.array([level.terms for level in field.levels] + [False])
            agreed[name] = with_terms[levels[:, at]]
            bits[at] = _bits(terms.fields[name], left, right, agreed[name])
    both = agreed["given_name"] & agreed["patronymic"]
    bits[list(FIELDS).index("patronymic")] += _bits(terms.together, left, right, both)
    return bits


def _bits(term: Term, left: Codes, right: Codes, where: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Bits of the commoner of the two terms; 0 elsewhere, and where a record has no term."""
    bits = np.zeros(len(left), dtype=np.float64)
    apply = np.flatnonzero(where)
    one, other = term.codes[left[apply]], term.codes[right[apply]]
    known = (one != NO_VALUE) & (other != NO_VALUE)
    bits[apply[known]] = np.minimum(term.bits[one[known]], term.bits[other[known]])
    return bits
