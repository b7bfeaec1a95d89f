"""Words, numbers and tables of the report in one language."""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from martyrolog.estimate.dividing import stratum_label
from martyrolog.estimate.page import Grid
from martyrolog.estimate.rounding import LOWER_BOUND, rounded, unit
from martyrolog.estimate.strata import TWO_LISTS, stratum_name
from martyrolog.messages import text

Row = Mapping[str, Any]


class Wording:
    """What the sections of a report say things with.

    Args:
        language: ``en`` or ``ru``.
        strata: As the table ``estimate`` writes them, to be named in words.
    """

    def __init__(self, language: str, strata: Iterable[str] = ()) -> None:
        self.language = language
        found = [json.loads(one) for one in strata]
        self._strata = {stratum_name(one): stratum_label(one, language) for one in found}

    def text(self, key: str, **values: object) -> str:
        """A text of the catalogue of estimation."""
        return text(f"estimate.{key}", self.language, **values)

    def number(self, value: int) -> str:
        """A whole number, grouped in the manner of the language."""
        return text("cli.number", self.language, number=value)

    def decimal(self, value: float, digits: int = 2) -> str:
        """A number with a few significant digits."""
        plain = f"{value:.{digits}g}"
        return plain.replace(".", ",") if self.language == "ru" else plain

    def figure(self, value: str) -> str:
        """A published figure: a whole number grouped, anything else as published."""
        return self.number(int(value)) if value.isascii() and value.isdecimal() else value

    def percent(self, share: float) -> str:
        """A share in percent."""
        return f"{self.decimal(100 * share, 3)}\N{NO-BREAK SPACE}%"

    def grid(self, caption: str, headings: Sequence[str], rows: Sequence[Sequence[str]]) -> Grid:
        """A table: its caption is a text key, and so are its headings."""
        titles = tuple(self.text(f"heading_{name}") for name in headings)
        return Grid(self.text(f"table_{caption}"), titles, tuple(tuple(row) for row in rows))

    def either(self, row: Row, name: str) -> str:
        """A text of a list: in Russian where it is asked for and the list has it so."""
        in_russian = row.get(f"{name}_ru") if self.language == "ru" else None
        return str(in_russian or row[name] or "")

    def model(self, name: str) -> str:
        """A model in words."""
        return self.text(f"model_{name}")

    def reason(self, reason: Row) -> str:
        """A refusal or warning as a sentence."""
        values = dict(reason["values"])
        if "strata" in values:
            values["strata"] = "; ".join(self._strata.get(name, name)
                                         for name in values["strata"].split("; "))  # fmt: skip
        return text(reason["key"], self.language, **values)

    def reasons(self, row: Row, *, but: Sequence[str] = ()) -> list[str]:
        """Refusals and warnings of a row of the table ``estimate``, without some keys."""
        left_out = {f"estimate.{key}" for key in but}
        return [self.reason(reason) for reason in json.loads(row["reasons"])
                if reason["key"] not in left_out]  # fmt: skip

    def stratum(self, row: Row) -> str:
        """A stratum in words; '' for all persons."""
        return stratum_label(json.loads(row["stratum"]), self.language)

    def warnings(self, row: Row) -> list[str]:
        """What must stand beside a number wherever it stands; names no stratum and no count."""
        found = []
        if self.rests_on_two_lists(row):
            found.append(self.text("beside_two_lists"))
        if "estimate.strata_refused" in _keys(row):
            found.append(self.text("beside_strata_refused"))
        return found

    @staticmethod
    def rests_on_two_lists(row: Row) -> bool:
        """Whether a number comes from two lists, of all persons or of some strata."""
        return not _keys(row).isdisjoint(TWO_LISTS)

    def shown(self, row: Row) -> list[str]:
        """Median and interval, rounded to what the interval supports; never below what is seen.

        Of a lower bound the lower end stands for the median: one number is 'at least', everywhere.
        """
        middle, low, high = (self.number(n) for n in shown_row(row))
        return [middle, f"{self.percent(row['level'])}: {low} – {high}"]


def _keys(row: Row) -> set[str]:
    return {reason["key"] for reason in json.loads(row["reasons"])}


def shown_row(row: Row) -> tuple[int, int, int]:
    """Number and ends of a row, rounded: the median, of a lower bound the lower end."""
    step, least = unit(row["lower"], row["upper"]), row["n_observed"]
    middle, low, high = (max(rounded(row[name], step), least)
                         for name in ("median", "lower", "upper"))  # fmt: skip
    return low if row["status"] == LOWER_BOUND else middle, low, high
