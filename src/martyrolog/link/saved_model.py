"""The estimated model as a table, and back: so that a link can be explained after its run.

Always holds: a model that was read from its table is equal to the one written, to the last bit.
"""

from dataclasses import fields
from typing import Any

import numpy as np
import pyarrow as pa

from martyrolog.levels import FIELDS, MISSING
from martyrolog.link.model import Model

_OF_NO_FIELD = ""


def model_table(model: Model) -> pa.Table:
    """Every number of a model: ``part``, ``field``, ``level``, ``value``.

    Args:
        model: An estimated model.
    """
    rows: list[tuple[str, str, int, float]] = []
    for part in fields(model):
        value = getattr(model, part.name)
        if isinstance(value, (int, float)):
            rows.append((part.name, _OF_NO_FIELD, MISSING, float(value)))
            continue
        for name, shares in zip(FIELDS, value, strict=True):
            rows += [(part.name, name, level, float(share)) for level, share in enumerate(shares)]
    types = {"part": pa.string(), "field": pa.string(), "level": pa.int8(), "value": pa.float64()}
    columns = zip(*rows, strict=True)
    return pa.table({name: pa.array(column, types[name])
                     for name, column in zip(types, columns, strict=True)})  # fmt: skip


def model_of_table(table: pa.Table) -> Model:
    """The model that :func:`model_table` wrote.

    Args:
        table: ``part``, ``field``, ``level``, ``value``, in any order of rows.
    """
    parts: dict[str, dict[str, dict[int, float]]] = {}
    for row in table.to_pylist():
        field = parts.setdefault(row["part"], {}).setdefault(row["field"], {})
        field[row["level"]] = row["value"]
    made: dict[str, Any] = {}
    for part in fields(Model):
        numbers = parts[part.name]
        if part.type in (int, float):
            made[part.name] = part.type(numbers[_OF_NO_FIELD][MISSING])
        else:
            made[part.name] = tuple(
                np.array([share for _, share in sorted(numbers.get(name, {}).items())], np.float64)
                for name in FIELDS
            )
    return Model(**made)
