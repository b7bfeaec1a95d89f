"""Given name and patronymic in their own columns, where a row has exchanged them.

:func:`with_names_in_order` turns «Яковлевич | Анатолий» round before anything is encoded, so that
such a row is blocked and compared as any other. Always holds: only a row whose given name ends like
a patronymic, and whose patronymic is there and does not, is changed; surnames are not looked at
(those that changed places with a given name are a comparison level of their own).
"""

import pyarrow as pa
import pyarrow.compute as pc

from martyrolog.link.coded import coded
from martyrolog.names.memo import warm
from martyrolog.names.patronymics import ends_like_patronymic

_GIVEN, _PATRONYMIC = "given_name", "patronymic"


def with_names_in_order(table: pa.Table) -> pa.Table:
    """Records with their given names and patronymics exchanged where a list exchanged them.

    Args:
        table: Records; returned as it is where it lacks either column.
    """
    if not {_GIVEN, _PATRONYMIC} <= set(table.column_names):
        return table
    given, patronymic = table.column(_GIVEN), table.column(_PATRONYMIC)
    as_father, as_child = _end_like_patronymics(given), _end_like_patronymics(patronymic)
    turned = pc.and_(pc.fill_null(as_father, False), pc.invert(pc.fill_null(as_child, True)))
    if not pc.any(turned).as_py():
        return table
    columns = {_GIVEN: pc.if_else(turned, patronymic, given),
               _PATRONYMIC: pc.if_else(turned, given, patronymic)}  # fmt: skip
    for name, column in columns.items():
        table = table.set_column(table.column_names.index(name), name, column)
    return table


def _end_like_patronymics(column: pa.ChunkedArray) -> pa.Array:
    """Whether each value ends like a patronymic; null where there is none."""
    dictionary = coded(column)
    values = dictionary.dictionary.to_pylist()
    warm(values)
    found = [ends_like_patronymic(value) if value.strip() else None for value in values]
    return pa.array(found, pa.bool_()).take(dictionary.indices)
