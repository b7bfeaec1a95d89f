from datetime import date

import pytest

from martyrolog.dates import bounds

FIRST, LAST = date(1937, 1, 1), date(1937, 12, 31)


@pytest.mark.parametrize(
    ("edtf", "expected"),
    [
        ("1937", (FIRST, LAST)),
        ("1937~", (FIRST, LAST)),
        ("1936-02", (date(1936, 2, 1), date(1936, 2, 29))),
        ("1937-08-XX", (date(1937, 8, 1), date(1937, 8, 31))),
        ("1937-XX-31", (date(1937, 1, 31), date(1937, 12, 31))),
        ("1937-XX-30", (date(1937, 1, 30), date(1937, 12, 30))),
        ("193X", (date(1930, 1, 1), date(1939, 12, 31))),
        ("193X-02-29", (date(1932, 2, 29), date(1936, 2, 29))),
        ("1937-21", (date(1937, 3, 1), date(1937, 5, 31))),
        ("1937-24", (FIRST, date(1938, 2, 28))),
        ("1937-33", (FIRST, date(1937, 3, 31))),
        ("../1937", (None, LAST)),
        ("1937/..", (FIRST, None)),
        ("[1937..]", (FIRST, None)),
        ("[..1937]", (None, LAST)),
        ("[1937,1935]", (date(1935, 1, 1), LAST)),
        ("{1935..1937}", (date(1935, 1, 1), LAST)),
        ("XXXX-11-12", (None, None)),
        ("", (None, None)),
        (None, (None, None)),
    ],
)
def test_bounds_are_the_first_and_last_day_allowed(
    edtf: str | None, expected: tuple[date | None, date | None]
) -> None:
    assert bounds(edtf) == expected


@pytest.mark.parametrize(
    "broken", ["12.03.1938", "1938-02-31", "1938-13", "1938-42", "[1938", "[]", "[..]", "../..",
               "1938/1937", "1937-08-1", "1938-21-03", "0000"],
)  # fmt: skip
def test_what_is_no_expression_is_refused(broken: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        bounds(broken)
