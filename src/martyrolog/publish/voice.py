"""One language of the site: texts of the catalogue, dates in words, terms with their labels.

A :class:`Voice` is all that a template knows of a language. Always holds: a term that the catalogue
does not know is shown as the list writes it, never dropped.
"""

import re
from collections.abc import Mapping
from functools import cache, cached_property, lru_cache
from typing import Any

from martyrolog import terms
from martyrolog.dates import format_date, format_short
from martyrolog.messages import catalogue, text

AREA = "site"
_YEARS = re.compile(r"(\d{1,2}) years?")
"""A prison term as English lists write it."""
_LONG_NUMBER = re.compile(r"(?<![\d.,/-])[0-9]{5,12}(?![\d.,/-])")


class Voice:
    """Texts in one language.

    Args:
        language: ``en`` or ``ru``.
    """

    def __init__(self, language: str) -> None:
        self.language = language
        self._fixed: dict[str, str] = {}

    @cached_property
    def texts(self) -> Mapping[str, Any]:
        """The catalogue of the site."""
        return catalogue(self.language, AREA)

    def t(self, key: str, **values: object) -> str:
        """The text of a key of the site's catalogue."""
        if values:
            return _filled(key, self.language, tuple(values.items()))
        if key not in self._fixed:
            self._fixed[key] = text(f"{AREA}.{key}", self.language)
        return self._fixed[key]

    def term(self, vocabulary: str, value: str | None) -> str:
        """The label of a term such as a role or a fate; the term itself where there is none."""
        if vocabulary == "fate":
            return self._fate(value or "")
        years = _YEARS.fullmatch(value or "") if vocabulary == "sentence" else None
        if years is not None:
            return self.t("sentence_years", count=int(years[1]))
        key = f"{vocabulary}_{'_'.join((value or '').split())}"
        return self.t(key) if key in self.texts else (value or "")

    def _fate(self, value: str) -> str:
        """The label of a fate class; what a list says in its own words stays as it is."""
        term_id = "-".join(value.split())
        known = term_id in terms.vocabulary("fate")
        return terms.label("fate", term_id, self.language) if known else value

    def reason(self, key: str | None, **values: object) -> str:
        """The text of a message key that another stage gave; the key itself where it is unknown."""
        try:
            return text(key or "", self.language, **values)
        except (KeyError, FileNotFoundError, ModuleNotFoundError):
            return key or ""

    def date(self, edtf: str | None) -> str:
        """A date in words; the expression itself where it cannot be read."""
        return _date_in_words(edtf, self.language) if edtf else ""

    def short_date(self, edtf: str | None) -> str:
        """A date in short, such as ``1937–1938``; the expression itself where it cannot be read."""
        try:
            return format_short(edtf, self.language)
        except ValueError:
            return edtf or ""

    def period(self, start: str | None, end: str | None) -> str:
        """A time in an office, such as ``from 26 September 1936 to 25 November 1938``."""
        first, last = self.date(start), self.date(end)
        if first and last:
            return self.t("from_to", first=first, last=last)
        return self.t("from", first=first) if first else self.t("until", last=last) if last else ""

    def number(self, value: int) -> str:
        """A whole number, grouped in the manner of the language."""
        return text("site.number", self.language, value=value)

    def figure(self, value: str) -> str:
        """A number that a list writes as text, grouped; of other words those of five digits."""
        if value.isascii() and value.isdecimal():
            return self.number(int(value))
        return _LONG_NUMBER.sub(lambda found: self.number(int(found[0])), value)

    def either(self, english: str | None, russian: str | None) -> str:
        """The text in this language, in the other where it is missing."""
        first, second = (english, russian) if self.language == "en" else (russian, english)
        return first or second or ""


@lru_cache(maxsize=8192)  # «сопроцессники: 12» stands on many pages, and its plural costs
def _filled(key: str, language: str, values: tuple[tuple[str, object], ...]) -> str:
    return text(f"{AREA}.{key}", language, **dict(values))


@cache
def _date_in_words(edtf: str, language: str) -> str:
    try:
        return format_date(edtf, language)
    except ValueError:
        return edtf
