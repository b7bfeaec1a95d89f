"""What articles of the Belorussian SSR punished, by the words beside them in Memorial's entries."""

import gzip
import re
from pathlib import Path

import pytest

from martyrolog.terms.articles import codes

_BESIDE = re.compile(r"([\d][\d\-а-я, ]*?)\s*УК БССР\s*-\s*([^.;\]]+)")
WORDS = {
    "58-1": "измен|предат|пособ|сотруд",
    "58-2": "повстан|восстан|банд",
    "58-6": "шпион|развед|агент",
    "58-7": "вред",
    "58-9": "диверс|поджог",
    "58-10": "агит|клевет",
    "58-11": "орг|групп|член|участ",
    "58-12": "недонес",
    "58-14": "саботаж",
}
LEAST_LIFT = 2.0
"""How many times as often the words stand beside the article as beside all articles."""


@pytest.fixture(scope="module")
def beside(data_dir: Path) -> list[tuple[str, str]]:
    """Numbers of articles and the words behind them, of each entry that names the code."""
    with gzip.open(
        data_dir / "memorial-entries" / "entries.txt.gz", "rt", encoding="utf-8"
    ) as file:
        return [(m[1], m[2].casefold()) for line in file for m in _BESIDE.finditer(line)]


@pytest.mark.parametrize(
    ("article", "point"), [(a, p) for a, p in codes()["by"].articles.items() if p]
)
def test_the_crime_of_its_point_stands_beside_an_article_more_than_beside_others(
    beside: list[tuple[str, str]], article: str, point: str
) -> None:
    named = re.compile(rf"(?<!\d){article}(?![\d-])")
    with_article = [
        bool(re.search(WORDS[point], words)) for nos, words in beside if named.search(nos)
    ]
    in_all = [bool(re.search(WORDS[point], words)) for _, words in beside]
    lift = (sum(with_article) / len(with_article)) / (sum(in_all) / len(in_all))
    assert lift >= LEAST_LIFT, lift
