"""Dates in words, for readers: EDTF to English and Russian.

Phrases, cases and month names stand in ``wording.yaml`` (Babel has no instrumental month names,
which «между августом и октябрём» needs). What the two ends of a range share is said once.
"""

from __future__ import annotations

from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from martyrolog.dates.edtf import Element, Expression, parse_edtf
from martyrolog.yaml_text import parse_yaml

LANGUAGES = ("en", "ru")


@cache
def _wording(lang: str) -> dict[str, Any]:
    if lang not in LANGUAGES:
        raise ValueError(f"dates are worded in {', '.join(LANGUAGES)}, not in {lang!r}")
    text = files(__package__).joinpath("wording.yaml").read_text(encoding="utf-8")
    wording: dict[str, Any] = parse_yaml(text)[lang]
    return wording


@lru_cache(maxsize=65_536)
def format_date(edtf: str | None, lang: str) -> str:
    """Write a date in words.

    Args:
        edtf: An expression; ``None`` or '' is an unknown date.
        lang: ``en`` or ``ru``.

    Returns:
        The date in words, '' for an unknown one.

    Raises:
        ValueError: No EDTF expression, or no wording in this language.

    Example:
        >>> format_date("1938-03-02/1938-03-09", "en"), format_date("1893~", "ru")
        ('between 2 and 9 March 1938', 'около 1893')
    """
    words = _wording(lang)
    if not edtf:
        return ""
    expression = parse_edtf(edtf)
    if expression.kind == "date":
        assert expression.elements[0] is not None
        return _qualified(expression.elements[0], words)
    if expression.kind == "interval":
        return _interval(expression, words)
    return _set(expression, words)


@lru_cache(maxsize=65_536)
def format_short(edtf: str | None, lang: str) -> str:
    """Write a date shortly, for tables: ``12 Nov 1899``, ``12.11.1899``, ``c. 1893``.

    Arguments, result for an unknown date and ``Raises`` as of ``format_date``.
    """
    words = _wording(lang)
    if not edtf:
        return ""
    expression = parse_edtf(edtf)
    shorts = ["" if e is None else _short(e, words) for e in expression.elements]
    if expression.kind == "date":
        return shorts[0]
    if expression.kind == "interval":
        return "–".join(shorts) if all(shorts) else "".join((shorts[0], "–", shorts[1]))
    return "/".join(short for short in shorts if short) if all(shorts) else "–".join(shorts)


def _qualified(element: Element, words: dict[str, Any]) -> str:
    if element.approximate:
        phrase = "perhaps_about" if element.uncertain else "about"
        return str(words[phrase]).format(a=_plain(element, words, "genitive"))
    plain = _plain(element, words, "alone")
    return str(words["perhaps"]).format(a=plain) if element.uncertain else plain


def _interval(expression: Expression, words: dict[str, Any]) -> str:
    left, right = expression.elements
    if left is None or right is None:
        known = left or right
        assert known is not None
        phrase = words["before" if left is None else "after"]
        return str(phrase).format(a=_plain(known, words, "genitive"))
    shared = _shared(left, right)
    return str(words["between"]).format(
        a=_plain(left, words, "instrumental", leave_out=shared),
        b=_plain(right, words, "instrumental"),
    )


def _set(expression: Expression, words: dict[str, Any]) -> str:
    elements = expression.elements
    known = [element for element in elements if element is not None]
    if elements[0] is None:
        return str(words["not_after"]).format(a=_plain(known[-1], words, "genitive"))
    if elements[-1] is None:
        return str(words["not_before"]).format(a=_plain(known[0], words, "genitive"))
    joint = str(words["or" if expression.kind == "one_of" else "and"])
    shared = min(_shared(element, known[-1]) for element in known[:-1]) if known[1:] else ""
    texts = [_plain(element, words, "alone", leave_out=shared) for element in known[:-1]]
    last = _plain(known[-1], words, "alone")
    return joint.format(a=", ".join(texts), b=last) if texts else last


def _shared(left: Element, right: Element) -> str:
    """What need be said only once: ``month`` (and year), ``year``, or nothing."""
    if left.year != right.year or not left.month or not right.month:
        return ""
    same_month = left.month == right.month and bool(left.day) and bool(right.day)
    return "month" if same_month else "year"


def _plain(element: Element, words: dict[str, Any], case: str, leave_out: str = "") -> str:
    year, month, day = element.year.lstrip("0") or "0", element.month, element.day
    if "X" in year:
        return _unspecified(element, words, case)
    if not month or "X" in month:
        return year
    if element.is_season:
        seasons = words["seasons"]
        season = seasons.get(case, seasons["alone"])[(int(month) - 21) % 4]
        return str(words["season"]).format(season=season, year=year)
    if day and "X" not in day:
        if leave_out == "month":
            return str(int(day))
        text = str(words["day"]).format(
            day=int(day), month=_month(month, words, "genitive"), year=year
        )
    else:
        text = str(words["month"]).format(month=_month(month, words, case), year=year)
    return text.removesuffix(f" {year}") if leave_out == "year" else text


def _month(month: str, words: dict[str, Any], case: str) -> str:
    months = words["months"]
    return str(months.get(case, months["alone"])[int(month) - 1])


def _unspecified(element: Element, words: dict[str, Any], case: str) -> str:
    digits = element.year
    if digits == "XXXX" and element.month.isdigit():
        phrase = "yearless" if element.day.isdigit() else "yearless_month"
        month = _month(element.month, words, "genitive" if element.day else case)
        return str(words[phrase]).format(day=element.day.lstrip("0"), month=month)
    if digits.endswith("XX") and digits[:2].isdigit():
        return str(words["century"]).format(number=int(digits[:2]) + 1)
    if digits.endswith("X") and digits[:3].isdigit():
        return str(words["decade"]).format(year=digits[:3] + "0")
    return ""


def _short(element: Element, words: dict[str, Any]) -> str:
    text = _plain(element, words, "alone")
    if element.day.isdigit() and element.month.isdigit() and element.year.isdigit():
        text = str(words["short_day"]).format(
            day=element.day if "number" in words["short_day"] else int(element.day),
            month=_month(element.month, words, "short"),
            number=element.month,
            year=element.year,
        )
    if element.uncertain:
        text = str(words["short_perhaps"]).format(a=text)
    return str(words["short_about"]).format(a=text) if element.approximate else text
