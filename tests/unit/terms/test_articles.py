import pytest

from martyrolog.terms import article_points


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
    ],
)
def test_points_of_article_58_are_read_however_they_are_written(
    text: str, points: list[str]
) -> None:
    assert list(article_points(text)) == points
