"""Folded names kept: the keys of a value that is asked for again and again.

When to use: inside comparisons, which see a value in many pairs. What always holds: the same keys
as `fold`. `warm` folds many values as one batch, which is far faster than one by one.
"""

from __future__ import annotations

from collections.abc import Iterable

from martyrolog.names.fold import Keys, NameKind, fold_many

_LIMIT = 1_000_000
_plainly: dict[str, Keys] = {}
_known: dict[NameKind, dict[str, Keys]] = {
    "any": _plainly, "patronymic": _plainly, "surname": {}, "given_name": {},
}  # fmt: skip


def warm(names: Iterable[str], kind: NameKind = "any") -> dict[str, Keys]:
    """Fold the values that are not known yet as one batch, and return the table of the known."""
    table = _known[kind]
    distinct = dict.fromkeys(names)
    fresh = [name for name in distinct if name not in table]
    if len(table) + len(fresh) > _LIMIT:
        table.clear()
        fresh = list(distinct)
    table.update(zip(fresh, fold_many(fresh, kind=kind), strict=True))
    return table


def folded(name: str, kind: NameKind = "any") -> Keys:
    """The keys of one value, from the table if they are known."""
    keys = _known[kind].get(name)
    return warm([name], kind)[name] if keys is None else keys
