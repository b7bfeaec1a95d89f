import pytest

from martyrolog.terms.articles import POINTS, article_points, codes, republic_articles


@pytest.mark.parametrize(
    ("text", "points"),
    [
        ("58-10, 58-11 УК РСФСР", ["58-10", "58-11"]),
        ("58-10-11", ["58-10", "58-11"]),
        ("по ст. 58 п. 10 ч. 1, 11", ["58-10", "58-11"]),
        ("ст. 58-1 «а»", ["58-1а"]),
        ("58-1б", ["58-1б"]),
        ("17-58-8, 58-11", ["58-8", "58-11"]),
        ("58", []),
        ("54-10 УК УССР", []),
        ("158-10", []),
        ("58-15", []),
        ("58-10, 5 лет", ["58-10"]),
        ("58-10 ч. 1, ст. 14", ["58-10"]),
        ("58-10 ч. 1, 14", ["58-10", "58-14"]),
        ("58-12 ч. 1", ["58-12"]),
        ("58-11, 59-3 УК РСФСР", ["58-11"]),
        ("58-10, 82 ч. 1", ["58-10"]),
        ("по ст. 58, 82 ч. 1", []),
        ("58-10, 73-1 ч. 2", ["58-10"]),
        ("7 ч. 1 Закона от 25.12.58", []),
        ("58-10 УК РСФСР, 72 УК БССР", ["58-10"]),
        ("58-10 УК Грузинской ССР", []),
    ],
)
def test_points_of_article_58_are_read_however_they_are_written(
    text: str, points: list[str]
) -> None:
    assert list(article_points(text)) == points


@pytest.mark.parametrize(
    ("text", "articles"),
    [
        ("54-10 УК УССР", {"54-10": "58-10"}),
        ("ст.ст. 54-7, 54-10 ч. 1 УК УССР", {"54-7": "58-7", "54-10": "58-10"}),
        ("54-10 ч. 1, 11 УК УССР", {"54-10": "58-10", "54-11": "58-11"}),
        ('54-1"б", 54-8', {"54-1б": "58-1б", "54-8": "58-8"}),
        ("54-10 УК РСФСР", {}),
        ("72 УК БССР", {"72": "58-10"}),
        ("72-а, 76 УК БССР", {"72": "58-10", "76": "58-11"}),
        ("72-74 БССР", {"72": "58-10", "74": ""}),
        ("24-63-1 УК БССР", {"63-1": "58-1"}),
        ("120 УК БССР", {"120": ""}),
        ("60 ч. 2, 62 УК УзССР", {"60": "", "62": ""}),
        ("58-10 ч. 2 УК Грузинской ССР", {"58-10": ""}),
        ("Верховный суд БССР", {}),
    ],
)
def test_articles_of_the_republics_are_read_with_their_point_where_it_is_known(
    text: str, articles: dict[str, str]
) -> None:
    assert {each.number: each.equivalent for each in republic_articles(text)} == articles


def test_every_equivalent_is_a_point_of_article_58() -> None:
    points = {point for code in codes().values() for point in code.articles.values() if point}
    assert points <= POINTS | {"58"}
