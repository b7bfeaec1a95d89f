"""Words made of the row of a query: the evidence of a claim, the line of a list, in each language.

A template names columns in braces: ``{year}: {number} death sentences``. Each language of an
article writes its own over the same query, so that no query holds words of one language.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from martyrolog.dates import format_date

_COLUMN = re.compile(r"\{([a-z][a-z0-9_]*)\}")

Label = Callable[[str, str, str], str]
"""What a text of a column is called in a language: column, text, language; the text itself where it
has no other name."""


def columns_of(template: str) -> set[str]:
    """The columns that a template names.

    >>> sorted(columns_of("{year}: {number} of {number}"))
    ['number', 'year']
    """
    return set(_COLUMN.findall(template))


def in_words(template: str, row: Mapping[str, Any], language: str, label: Label) -> str:
    """A template with the values of a row put in.

    Args:
        template: Names of columns in braces; each must be in the row.
        row: The values.
        language: ``en`` or ``ru``.
        label: Names of texts, such as the classes of fates.

    >>> in_words("{year}: {number}", {"year": "1937", "number": 353074}, "en", lambda *it: it[1])
    '1937: 353,074'
    """
    return _COLUMN.sub(lambda found: _word(found[1], row[found[1]], language, label), template)


def _word(column: str, value: Any, language: str, label: Label) -> str:
    if isinstance(value, list):
        return ", ".join(_word(column, one, language, label) for one in value)
    if isinstance(value, bool):
        return label(column, str(value).lower(), language)
    if not isinstance(value, str):
        return shown(value, language)
    if column.endswith("_date"):
        try:
            return format_date(value, language)
        except ValueError:  # the list's own words for a date
            return value
    return label(column, value, language)


def shown(value: Any, language: str) -> str:
    """One value as a reader expects it in a language: numbers grouped, dates in words.

    >>> shown(681692, "en"), shown(0.705, "en"), shown(date(1938, 4, 8), "en")
    ('681,692', '0.705', '8 April 1938')
    """
    if value is None:
        return "—"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, Decimal):
        value = int(value) if value == int(value) else float(value)
    if isinstance(value, int):
        grouped = f"{value:,}"
        return grouped if language == "en" else grouped.replace(",", "\N{NO-BREAK SPACE}")
    if isinstance(value, float):
        plain = f"{value:.4g}"
        return plain if language == "en" else plain.replace(".", ",")
    if isinstance(value, date):
        return format_date(value.isoformat(), language)
    return str(value)
