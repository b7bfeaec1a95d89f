"""Bounds against the `edtf` package as the oracle (it parses some fifty expressions a second)."""

from datetime import date

import pytest
from edtf import parse_edtf as oracle
from hypothesis import given, settings
from hypothesis import strategies as st

from martyrolog.dates import bounds, parse_date

YEARS = st.integers(1700, 2020)


@st.composite
def elements(draw: st.DrawFn) -> str:
    """A day, month, year or decade, perhaps with a qualifier."""
    year, kind = draw(YEARS), draw(st.sampled_from(["day", "month", "year", "decade", "part"]))
    if kind == "decade":
        return f"{year // 10}X"
    if kind == "part":
        return f"{year}-{draw(st.integers(1, 12)):02}-XX"
    day = draw(st.dates(date(year, 1, 1), date(year, 12, 31))).isoformat()
    text = {"day": day, "month": day[:7], "year": day[:4]}[kind]
    return text + draw(st.sampled_from(["", "", "?", "~", "%"]))


@st.composite
def expressions(draw: st.DrawFn) -> str:
    """An element, or an interval or set of such elements as the oracle's grammar allows there."""
    kind = draw(st.sampled_from(["one", "one", "interval", "open", "set"]))
    if kind == "one":
        return draw(elements())
    plain = elements().filter(
        lambda text: "X" not in text and (kind != "set" or text[-1].isdigit())
    )
    one, other = sorted([draw(plain), draw(plain)], key=lambda text: bounds(text)[0] or date.min)
    if kind == "open":
        return draw(st.sampled_from([f"{one}/..", f"../{one}"]))
    return f"[{one},{other}]" if kind == "set" else f"{one}/{other}"


def oracle_bounds(expression: str) -> tuple[date | None, date | None]:
    parsed = oracle(expression)
    ends = []
    for end in (parsed.lower_strict(), parsed.upper_strict()):
        known = not isinstance(end, float) and -9998 < end.tm_year < 9998
        ends.append(date(end.tm_year, end.tm_mon, end.tm_mday) if known else None)
    return ends[0], ends[1]


@settings(max_examples=40, deadline=None)
@given(expressions())
def test_bounds_are_those_of_the_oracle(expression: str) -> None:
    assert bounds(expression) == oracle_bounds(expression)


@settings(max_examples=150)
@given(expressions())
def test_an_expression_read_as_a_date_stays_what_it_is(expression: str) -> None:
    value = parse_date(expression)
    assert (value.edtf, value.earliest, value.latest) == (expression, *bounds(expression))


@settings(max_examples=150)
@given(st.text(max_size=40))
def test_any_text_is_read_without_an_exception_and_kept(text: str) -> None:
    value = parse_date(text)
    assert value.verbatim == text
    assert value.edtf is None or value.problem in (None, "dates.calendars_disagree")


@settings(max_examples=300)
@given(st.text("0123456789.-/ гXIVодикл()[]?~до", max_size=24))
def test_texts_like_dates_are_read_without_an_exception(text: str) -> None:
    value = parse_date(text)
    assert (value.earliest, value.latest) == bounds(value.edtf)


@pytest.mark.parametrize(
    "form",
    [
        "{0.day}.{0.month:02}.{0.year}",
        "{0.day:02}/{0.month}-{0.year}",
        "{0.year}-{0.month:02}-{0.day:02}",
        "{0.day}. {0.month}. {0.year} г.",
    ],
)
@given(day=st.dates(date(1000, 1, 1)))
def test_every_day_is_read_back_from_every_numeric_form(form: str, day: date) -> None:
    assert parse_date(form.format(day)).edtf == day.isoformat()
