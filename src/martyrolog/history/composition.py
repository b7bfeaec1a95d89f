"""Composition: how many victims of each nationality, party, occupation and other group.

Shares are of those of whom something is stated; who has nothing stated stands in a row of its own
without a share. The interval (Wilson 1927, 95 %) tells how far a share is from settled by so many
persons, were they a random sample; lists are none, so it is a lower bound of the uncertainty. Rates
against a population stand in ``rates``.
"""

from typing import Any

import numpy as np
import pyarrow as pa

from martyrolog.history.groups import UNSTATED, group_values, stated
from martyrolog.tables import make_table

FIELDS = ("sex", "nationality", "party", "occupation", "charge", "sentencing_body", "sentence",
          "fate", "burial_place")  # fmt: skip
DIMENSIONS = {"sentencing_body": "body"}
"""Fields that are grouped under another name."""


def make_composition(person: pa.Table, statement: pa.Table) -> pa.Table:
    """Table ``composition``: the victims by group of each field of which anything is stated.

    Args:
        person: Table ``person``.
        statement: Table ``statement``.
    """
    victims = person.filter(person["victim"])["person_id"]
    rows: list[dict[str, Any]] = []
    for field in FIELDS:
        values = stated(statement, field, victims)
        if values.null_count < len(values):
            rows += _rows(field, values)
    return make_table("composition", rows)


def _rows(field: str, values: pa.Array) -> list[dict[str, Any]]:
    from scipy.stats import binomtest  # here: it takes half a second

    made = group_values(DIMENSIONS.get(field, field), values)
    persons = np.bincount(made.group, minlength=len(made.groups)).tolist()
    told = sum(count for one, count in zip(made.groups, persons, strict=True)
               if one.value != UNSTATED)  # fmt: skip
    rows = []
    for one, count in zip(made.groups, persons, strict=True):
        row = {"field": field, "value": one.value, "label_en": one.label_en,
               "label_ru": one.label_ru, "persons": count}  # fmt: skip
        if one.value != UNSTATED:
            interval = binomtest(count, told).proportion_ci(method="wilson")
            row |= {"share": count / told, "share_low": float(interval.low),
                    "share_high": float(interval.high)}  # fmt: skip
        rows.append(row)
    return rows
