"""The estimated model as a table, and back: so that a link can be explained after its run.

Always holds: a model that was read from its table is equal to the one written, to the last bit.
"""

from dataclasses import fields
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from martyrolog.errors import LinkError
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


def read_model(path: Path) -> Model:
    """A fixed model from a file, for ``link --model``.

    Args:
        path: A table ``link_model``: from ``build/`` of an archive, from the folder that ``link
            RECORDS --out`` wrote, or from ``model import``.

    Raises:
        LinkError: there is no such file, or it holds no whole model for these levels.
    """
    if not path.is_file():
        raise LinkError("link.no_file", path=str(path))
    if path.read_bytes()[:1] == b"{":
        raise LinkError("link.model_of_splink", path=str(path))
    try:
        model = model_of_table(pq.read_table(path))
    except (pa.ArrowException, OSError, KeyError, TypeError, ValueError) as problem:
        raise LinkError("link.no_model", path=str(path)) from problem
    if not _whole(model):
        raise LinkError("link.no_model", path=str(path))
    return model


def _whole(model: Model) -> bool:
    """Whether every level of every field has its shares, all between 0 and 1."""
    shares = [share for part in (model.m, model.kin, model.u) for share in part]
    levels = [len(field.levels) for field in FIELDS.values()] * 3
    kinds = np.array([model.matches, model.relatives])
    of_all = np.concatenate([*shares, kinds])
    return (
        [len(share) for share in shares] == levels
        and bool(((of_all > 0) & (of_all <= 1)).all())
        and kinds.sum() < 1
        and model.records > 0
    )
