from collections.abc import Mapping
from pathlib import Path

import pyarrow as pa
import pytest

from martyrolog.archive import Archive, init
from martyrolog.articles import read_articles
from martyrolog.cli import main
from martyrolog.errors import QueryError, TableError
from martyrolog.history.claims import changed_claims, check, label_of, make_claims, verdict_log
from martyrolog.provenance import read_log
from martyrolog.tables import check_table, write_table

ENGLISH = """\
---
title: The purge
---

```claim all_shot
sentence: All were shot.
needs: Every person executed.
evidence: "{person_id}, {fate}"
query: SELECT fate = 'executed' AS supports, person_id, fate FROM person
```
"""
RUSSIAN = """\
---
title: Террор
---

```claim all_shot
sentence: Все были расстреляны.
evidence: "судьба: {fate}"
```
"""
Tables = Mapping[str, pa.Table]


def persons(*fates: str) -> Tables:
    return {"person": pa.table({"person_id": [f"p{i}" for i in range(len(fates))],
                                "fate": list(fates)})}  # fmt: skip


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    made = init(tmp_path / "a")
    (made.path / "articles" / "purge.en.md").write_text(ENGLISH, encoding="utf-8")
    (made.path / "articles" / "purge.ru.md").write_text(RUSSIAN, encoding="utf-8")
    return made


def claims(archive: Archive, tables: Tables) -> Tables:
    return make_claims(archive, read_articles(archive.path / "articles"), tables)


def verdicts(archive: Archive, tables: Tables) -> tuple[str, str | None]:
    row = claims(archive, tables)["claim"].to_pylist()[0]
    return row["verdict"], row["previous_verdict"]


def test_a_claim_in_two_languages_is_one_row_with_both_sentences(archive: Archive) -> None:
    made = claims(archive, persons("executed", "natural"))
    for name, table in made.items():
        check_table(name, table)
    row = made["claim"].to_pylist()[0]
    assert (row["sentence_en"], row["sentence_ru"]) == ("All were shot.", "Все были расстреляны.")
    assert (row["cases"], row["supporting"], row["contradicting"]) == (2, 1, 1)
    assert [case["person_id"] for case in made["claim_case"].to_pylist()] == ["p1", "p0"]


def test_a_verdict_is_compared_with_that_of_the_build_before(archive: Archive) -> None:
    assert verdicts(archive, persons("executed")) == ("supported", None)
    assert verdicts(archive, persons("natural")) == ("contradicted", "supported")


def test_the_same_build_again_gives_the_same_tables_and_adds_nothing(archive: Archive) -> None:
    verdicts(archive, persons("executed"))
    first = claims(archive, persons("natural"))
    log = verdict_log(archive).read_bytes()
    assert claims(archive, persons("natural")) == first
    assert verdict_log(archive).read_bytes() == log
    assert len(read_log(verdict_log(archive))) == 2


def test_only_changed_verdicts_are_listed(archive: Archive) -> None:
    assert changed_claims(claims(archive, persons("executed"))["claim"]) == []
    changed = changed_claims(claims(archive, persons("natural"))["claim"])
    assert [(row["claim_id"], row["previous_verdict"], row["verdict"]) for row in changed] == [
        ("all_shot", "supported", "contradicted")
    ]
    more = claims(archive, persons("natural", "natural"))
    assert changed_claims(more["claim"]) == []


def test_an_archive_without_articles_has_no_claims_and_no_log(tmp_path: Path) -> None:
    archive = init(tmp_path / "b")
    assert claims(archive, {})["claim"].num_rows == 0
    assert not verdict_log(archive).exists()


def test_a_wrong_query_leaves_the_log_as_it_was(archive: Archive) -> None:
    verdicts(archive, persons("executed"))
    log = verdict_log(archive).read_bytes()
    with pytest.raises(QueryError, match=r"articles/purge\.en\.md, line 5, query 'all_shot'"):
        claims(archive, {"person": pa.table({"name": ["x"]})})
    assert verdict_log(archive).read_bytes() == log


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "All were shot.”: supported → contradicted"),
     ("ru", "Все были расстреляны.»: подтверждается → опровергается")],
)  # fmt: skip
def test_the_command_lists_the_claims_whose_verdict_changed(
    archive: Archive, capsys: pytest.CaptureFixture[str], language: str, said: str
) -> None:
    claims(archive, persons("executed"))
    write_table(archive.build, "claim", claims(archive, persons("natural"))["claim"])
    with pytest.raises(SystemExit) as left:
        main(["check", "--dir", str(archive.path), "--lang", language])
    assert left.value.code == 0
    shown = " ".join(capsys.readouterr().out.split())
    assert said in shown
    assert "all_shot" in shown


def test_an_archive_that_was_not_built_says_which_command_to_run(archive: Archive) -> None:
    with pytest.raises(TableError, match="martyrolog history"):
        check(archive)


def test_each_language_says_what_a_case_rests_on_in_its_own_words(archive: Archive) -> None:
    cases = claims(archive, persons("executed", "natural"))["claim_case"].to_pylist()
    assert [row["evidence_en"] for row in cases] == ["p1, natural death", "p0, executed"]
    assert [row["evidence_ru"] for row in cases] == [
        "судьба: естественная смерть", "судьба: казнь"
    ]  # fmt: skip


def test_texts_of_known_columns_have_names_and_others_stay() -> None:
    assert label_of("fates", "murdered abroad", "ru") == "убийство за границей"
    assert label_of("open", "true", "ru") == "да"
    assert label_of("trial_id", "executed", "ru") == "executed"
    assert label_of("fate", "nobody's word", "en") == "nobody's word"
