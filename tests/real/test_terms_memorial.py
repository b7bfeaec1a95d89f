"""Coverage of the raw phrases of the database of Memorial: bodies, dates, places."""

import gzip
import re
from pathlib import Path

import pytest

from martyrolog.dates import find_dates
from martyrolog.places import parse_place
from martyrolog.terms import code_term

_YEAR = re.compile(r"(?<!\d)(?:1[89]|20)\d\d(?!\d)")
_UNIT = re.compile(
    r"\b\w+ (?:обл|кра[йюе]|губ)|АССР|"
    r"\b(?!СССР)[А-Я]{1,3}ССР\b|\b(?:ДВК|ЛО|КК|АК|ЗСК|ВСК|СКК|НСО|НВК)\b"
)


def phrases(data_dir: Path, name: str) -> list[str]:
    """The phrases of one file; of sentencing bodies the part in front of the charge."""
    with gzip.open(
        data_dir / "memorial-entries" / f"{name}.csv.gz", "rt", encoding="utf-8"
    ) as file:
        return [re.split(r",?\s*обв\.:?", line.strip(), maxsplit=1)[0] for line in file]


@pytest.mark.parametrize(
    ("file", "vocabulary", "least"),
    [
        ("whoprig", "sentencing_body", 0.995),  # measured 0.999
        ("reab", "rehabilitating_body", 0.995),  # measured 0.9998
        ("arrest", "arresting_body", 0.98),  # measured 0.987
    ],
)
def test_phrases_that_name_a_body_are_coded(
    data_dir: Path, file: str, vocabulary: str, least: float
) -> None:
    codes = [code_term(vocabulary, phrase) for phrase in phrases(data_dir, file)]
    naming = [c for c in codes if c is None or c.term_id not in ("not-stated", "body-not-stated")]
    assert len(naming) > 2_000
    assert sum(code is not None for code in naming) / len(naming) >= least


@pytest.mark.parametrize("file", ["whoprig", "reab", "arrest"])
def test_phrases_with_a_year_give_a_date(data_dir: Path, file: str) -> None:
    dated = [phrase for phrase in phrases(data_dir, file) if _YEAR.search(phrase)]
    assert sum(bool(find_dates(phrase)) for phrase in dated) / len(dated) >= 0.999


def test_provinces_that_sentencing_bodies_name_are_coded(data_dir: Path) -> None:
    """What is missing are mainly КАССР, МАССР and КССР, which stood for several republics."""
    naming = [phrase for phrase in phrases(data_dir, "whoprig") if _UNIT.search(phrase)]
    places = [
        parse_place(code.rest) if (code := code_term("sentencing_body", phrase)) else None
        for phrase in naming
    ]
    coded = sum(bool(p and (p.province_id or p.country not in (None, "ussr"))) for p in places)
    assert coded / len(naming) >= 0.95
