from pathlib import Path

import pytest

from martyrolog.articles import Claim, Show, read_articles
from martyrolog.articles.parse import parse_article
from martyrolog.errors import QueryError

ENGLISH = """\
---
title: The Great Purge
---
Begun in {{ first }}.

```query first
SELECT 1936 AS year
```

```table first
caption: Years
columns: {year: Year}
```

```claim all_shot
sentence: All were shot.
query: SELECT false AS supports
supported_at: 0.9
```

```sql
SELECT 'shown as it stands'
```
"""
RUSSIAN = """\
---
title: Большой террор
---
Начался в {{ first }} году.

```claim all_shot
sentence: Все были расстреляны.
```
"""


def folder(tmp_path: Path, **files: str) -> Path:
    for name, text in files.items():
        (tmp_path / f"{name.replace('_', '.')}.md").write_text(text, encoding="utf-8")
    return tmp_path


def test_an_article_is_prose_shows_and_claims_in_their_order() -> None:
    article = parse_article(ENGLISH, "purge", "en")
    assert (article.title, article.file) == ("The Great Purge", "purge.en.md")
    assert [type(block).__name__ for block in article.blocks] == ["list", "Show", "Claim", "list"]
    show, claim = article.blocks[1:3]
    assert isinstance(show, Show)
    assert isinstance(claim, Claim)
    assert (show.kind, show.name, show.options.columns) == ("table", "first", {"year": "Year"})
    assert claim.text.supported_at == 0.9


def test_blocks_know_the_line_of_the_file_on_which_they_begin() -> None:
    article = parse_article(ENGLISH, "purge", "en")
    assert article.queries["first"].line == 6
    assert article.claims["all_shot"].line == 15


def test_another_language_takes_over_the_queries_it_leaves_out(tmp_path: Path) -> None:
    english, russian = read_articles(folder(tmp_path, purge_en=ENGLISH, purge_ru=RUSSIAN))
    assert russian.queries == english.queries
    claim = russian.claims["all_shot"]
    assert (claim.text.sentence, claim.text.query, claim.text.supported_at) == (
        "Все были расстреляны.", "SELECT false AS supports", 0.9
    )  # fmt: skip


def test_a_query_that_another_language_words_anew_keeps_its_place(tmp_path: Path) -> None:
    blocks = ["---\ntitle: A\n---\n", "```query one\nSELECT 1 AS n\n```\n",
              "```query two\nSELECT n AS number FROM one\n```\n"]  # fmt: skip
    (tmp_path / "a.en.md").write_text("\n".join(blocks), encoding="utf-8")
    russian = [blocks[0], blocks[2].replace("number", "nomer")]
    (tmp_path / "a.ru.md").write_text("\n".join(russian), encoding="utf-8")
    found = {article.language: article for article in read_articles(tmp_path)}
    assert list(found["ru"].queries) == list(found["en"].queries) == ["one", "two"]
    assert "nomer" in found["ru"].queries["two"].sql


def test_a_folder_that_is_not_there_holds_no_article(tmp_path: Path) -> None:
    assert read_articles(tmp_path / "articles") == []


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("Purge", ENGLISH, "is named NAME"),
        ("purge.de", ENGLISH, "is named NAME"),
        ("purge.en", "No heading", "line 1: an article begins"),
        ("purge.en", "---\nheading: x\n---\n", "line 1: title"),
        ("purge.en", "---\ntitle: [\n---\n", "line 1"),
        ("purge.en", ENGLISH + "\n```query first\nSELECT 2\n```\n", "line 25: 'first'"),
        ("purge.en", ENGLISH + "\n```query First One\nSELECT 2\n```\n", "needs a name"),
        ("purge.en", ENGLISH + "\n```table nowhere\n```\n", "line 25: there is no query 'nowhere'"),
        ("purge.en", ENGLISH + "\n```claim x\nsentence: a\nverdict: true\n```\n", "verdict"),
        ("purge.ru", RUSSIAN, "line 6: the claim 'all_shot' has a query in no language"),
    ],
)
def test_what_is_wrong_is_said_with_article_and_line(
    tmp_path: Path, name: str, text: str, message: str
) -> None:
    (tmp_path / f"{name}.md").write_text(text, encoding="utf-8")
    with pytest.raises(QueryError, match=message) as problem:
        read_articles(tmp_path)
    assert name in str(problem.value)


def test_bytes_that_are_no_text_and_links_are_refused(tmp_path: Path) -> None:
    (tmp_path / "a.en.md").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(QueryError, match=r"a\.en\.md cannot be read"):
        read_articles(tmp_path)
    (tmp_path / "a.en.md").unlink()
    (tmp_path / "other.txt").write_text(ENGLISH)
    (tmp_path / "a.en.md").symlink_to(tmp_path / "other.txt")
    with pytest.raises(QueryError, match=r"a\.en\.md cannot be read"):
        read_articles(tmp_path)
