"""Rates: the victims of a group beside how many people of that group a census counted.

A base population is a published figure of the measure ``population`` whose scope is
``FIELD: WORDS``, such as ``nationality: Poles``; its words are coded as those of the victims are.
A figure that no text read by the editors confirms is no base. Lists leave victims out and censuses
people, so a rate says no more than both do: whoever adds a base must know that it is of the same
country and time as the lists.
"""

from collections.abc import Mapping
from typing import Any

import pyarrow as pa

from martyrolog.history.composition import DIMENSIONS, FIELDS
from martyrolog.history.groups import group_of
from martyrolog.tables import make_table

MEASURE = "population"
PER = 100_000
"""People of the base population for whom a rate is given."""


def make_group_rate(composition: pa.Table, published_figure: pa.Table) -> pa.Table:
    """Table ``group_rate``: each group of which a base population is known.

    Args:
        composition: Table ``composition``.
        published_figure: Table ``published_figure``; of several bases of a group that of the last
            period counts.

    Returns:
        Victims for 100,000 of the base, with the exact Poisson interval (Garwood 1936, 95 %): how
        far the count could differ by chance, not how many victims no list names.
    """
    bases = _bases(published_figure)
    rows = []
    for row in composition.to_pylist():
        base = bases.get((row["field"], row["value"]))
        if base is not None:
            people = int(base["value"])
            low, high = poisson_interval(row["persons"])
            rows.append({
                **{name: row[name] for name in ("field", "value", "label_en", "label_ru",
                                                "persons")},
                "population": people, "rate": PER * row["persons"] / people,
                "rate_low": PER * low / people, "rate_high": PER * high / people,
                "figure_id": base["figure_id"],
            })  # fmt: skip
    return make_table("group_rate", rows)


def _bases(published_figure: pa.Table) -> dict[tuple[str, str], Mapping[str, Any]]:
    found: dict[tuple[str, str], Mapping[str, Any]] = {}
    rows = published_figure.to_pylist()
    for row in sorted(rows, key=lambda row: (row["period"] or "", row["figure_id"])):
        field, colon, words = (row["scope"] or "").partition(":")
        value = row["value"] or ""
        known = value.isascii() and value.isdecimal() and int(value) > 0
        if (row["measure"] == MEASURE and colon and field in FIELDS and known
                and "value" not in row["unverified"]):  # fmt: skip
            group = group_of(DIMENSIONS.get(field, field), words.strip())
            found[field, group.value] = row
    return found


def poisson_interval(count: int) -> tuple[float, float]:
    """The exact 95 % interval of the mean of a Poisson count (Garwood 1936).

    >>> tuple(round(bound, 2) for bound in poisson_interval(10))
    (4.8, 18.39)
    """
    from scipy.stats import chi2  # here: it takes half a second

    low = float(chi2.ppf(0.025, 2 * count)) / 2 if count else 0.0
    return low, float(chi2.ppf(0.975, 2 * count + 2)) / 2
