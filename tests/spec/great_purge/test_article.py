"""The article on the Great Purge: its claims, and that each verdict hangs on the rows behind it."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from martyrolog.archive import Archive
from martyrolog.articles import answer_queries, compute_article, judge_claims, read_articles
from martyrolog.articles.parse import Article
from martyrolog.history.stage import STAGE
from martyrolog.tables import read_table

Row = Mapping[str, Any]
Change = tuple[str, str, object, Callable[[Row], bool]]
"""Table, column, new value, which rows."""


@cache
def tables_of(build: Path) -> dict[str, pa.Table]:
    """All that the article's queries may read, as the stage hands it to them."""
    names = {*STAGE.reads, *STAGE.writes} - {"claim", "claim_case"}
    return {name: read_table(build, name) for name in sorted(names)}


@pytest.fixture(scope="module")
def tables(great_purge_archive: Archive) -> dict[str, pa.Table]:
    return tables_of(great_purge_archive.build)


@pytest.fixture(scope="module")
def articles(great_purge_archive: Archive) -> dict[str, Article]:
    found = read_articles(great_purge_archive.path / "articles")
    return {article.language: article for article in found}


def verdicts(article: Article, tables: Mapping[str, pa.Table]) -> dict[str, str]:
    known = {**tables, **answer_queries(article, tables)}
    return {one.claim.claim_id: one.verdict for one in judge_claims(article, known)}


def changed(tables: Mapping[str, pa.Table], changes: Sequence[Change]) -> dict[str, pa.Table]:
    """The tables with some cells changed; a change that meets no row is a wrong test."""
    made = dict(tables)
    for name, column, value, which in changes:
        rows = made[name].to_pylist()
        met = [row for row in rows if which(row)]
        assert met, (name, column)
        for row in met:
            row[column] = value
        made[name] = pa.Table.from_pylist(rows, made[name].schema)
    return made


def text_of(article: Article) -> str:
    """The prose of an article, as its tokens hold it."""
    return "\n".join(token.content for block in article.blocks if isinstance(block, Sequence)
                     for token in block)  # fmt: skip


def field(name: str) -> Callable[[Row], bool]:
    return lambda row: row["field"] == name


def executed(row: Row) -> bool:
    return bool(row["fate"] == "executed")


def everyone(_: Row) -> bool:
    return True


def figure(measure: str, *periods: str) -> Callable[[Row], bool]:
    return lambda row: (row["measure"] == measure and row["period"] in periods
                        and row["scope"] != "KGB table")  # fmt: skip


def one_of(column: str, *values: str) -> Callable[[Row], bool]:
    return lambda row: row[column] in values


def yezhov_on_water(row: Row) -> bool:
    return bool(
        row["office_id"] == "water-transport-commissar" and row["held_from"] == "1938-04-08"
    )


FATES_READ: Change = ("statement", "verified", True, field("fate"))
DEATHS_READ: Change = ("statement", "verified", True, field("death_date"))


def all_read(*names: str) -> list[Change]:
    """All cells of some tables confirmed."""
    return [(name, "unverified", [], everyone) for name in names]


def nothing_read(name: str) -> Change:
    """No membership or tenure confirmed: what rests on one decides nothing."""
    marks = ["cohort_id", "held_from", "held_to", "office_id", "position", "trial_id"]
    return (name, "unverified", marks, everyone)


COMMITTEE_READ = (FATES_READ, DEATHS_READ, *all_read("membership"))
ALL_NATURAL: Change = ("person", "fate", "natural", executed)

MUTATIONS: dict[str, tuple[str, str, Sequence[Change]]] = {
    "killing_from_1934": ("contradicted", "supported", [
        ("published_figure", "value", "10", figure("sentenced to death", "1934"))]),
    "peak_1937_1938": ("supported", "contradicted", [
        ("published_figure", "value", "999999", figure("sentenced to death", "1941"))]),
    "mostly_party": ("contradicted", "supported", [
        ("published_figure", "value", "600000", one_of("scope", "order 00447, rounded"))]),
    "in_proportion": ("contradicted", "supported", [
        ("published_figure", "value", "45000",
         lambda row: (row["measure"], row["scope"]) == ("arrested", "nationality: Belarusians"))]),
    "majority_of_committee": ("undecidable", "supported", COMMITTEE_READ),
    "ninety_eight": ("undecidable", "contradicted", COMMITTEE_READ),
    "seventy_percent_shot": ("undecidable", "contradicted", COMMITTEE_READ),
    "ranks_destroyed": ("undecidable", "supported", [FATES_READ, *all_read("membership")]),
    "three_marshals": ("supported", "contradicted", [
        ("person", "fate", "natural", one_of("surname", "Тухачевский", "Tukhachevsky"))]),
    "all_in_public": ("contradicted", "supported", [
        ("trial", "public", "open", one_of("trial_id", "TM8"))]),
    "shot_at_once": ("contradicted", "supported", [
        FATES_READ, DEATHS_READ, *all_read("trial_party"), ("person", "fate", "executed", everyone),
        ("trial", "verdict_date_latest", date(1941, 9, 1), everyone)]),
    "all_under_yezhov": ("contradicted", "supported", [
        ("trial", "start_date_earliest", date(1936, 10, 10), one_of("trial_id", "T16"))]),
    "judges_perished": ("undecidable", "supported", [FATES_READ, *all_read("trial_party")]),
    "rehabilitated_1988": ("contradicted", "supported", [
        ("statement", "earliest", date(1988, 6, 13), field("rehabilitation_date")),
        ("statement", "verified", True, field("rehabilitation_date")), *all_read("trial_party")]),
    "whole_government_killed": ("contradicted", "supported", [
        FATES_READ, ("person", "fate", "executed", everyone)]),
    "most_of_those_alive": ("supported", "contradicted", [ALL_NATURAL]),
    "almost_all_of_1917": ("contradicted", "supported", [
        FATES_READ, ("person", "fate", "executed", everyone)]),
    "only_molotov": ("contradicted", "supported", [
        DEATHS_READ, *all_read("membership"),
        ("statement", "latest", date(1940, 1, 1),
         lambda row: row["field"] == "death_date" and row["latest"] > date(1941, 12, 31))]),
    "heads_executed": ("supported", "contradicted", [
        ("person", "fate", "natural", one_of("surname", "Ягода", "Yagoda"))]),
    "fell_at_once": ("contradicted", "supported", [
        *all_read("tenure"),
        ("tenure", "held_to_latest", date(1938, 11, 25), lambda row: row["held_to"] is not None)]),
    "water_in_august": ("contradicted", "supported", [
        ("tenure", "held_from_earliest", date(1938, 8, 21), yezhov_on_water)]),
    "peak_under_yezhov": ("supported", "contradicted", [
        ("office_period", "person_ids", ["p0"], one_of("office_id", "nkvd-commissar"))]),
    "camp_heads_escaped": ("contradicted", "supported", [
        FATES_READ, ALL_NATURAL, *all_read("tenure")]),
    "about_680000": ("supported", "contradicted", [
        ("published_figure", "value", "581692", figure("sentenced to death", "1937/1938"))]),
    "stopped_by_summer": ("contradicted", "supported", [
        ("operation", "signed_date_latest", date(1938, 8, 1),
         one_of("operation_id", "stop-1938-11-15", "stop-1938-11-17"))]),
    "convictions_ended": ("contradicted", "supported", [
        ("published_figure", "value", "0", figure("convicted", *map(str, range(1939, 1953))))]),
}  # fmt: skip
"""Claim -> verdict of the record, verdict after the change of some rows, the change."""


def test_every_claim_has_a_mutation_and_some_are_contradicted(
    articles: Mapping[str, Article], tables: Mapping[str, pa.Table]
) -> None:
    found = verdicts(articles["en"], tables)
    assert found == {claim: before for claim, (before, _, _) in MUTATIONS.items()}
    assert len(found) >= 15
    assert list(found.values()).count("contradicted") >= 5


@pytest.mark.parametrize("claim_id", MUTATIONS)
def test_changing_the_rows_behind_a_claim_changes_its_verdict(
    claim_id: str, articles: Mapping[str, Article], tables: Mapping[str, pa.Table]
) -> None:
    _, after, changes = MUTATIONS[claim_id]
    article = articles["en"]
    alone = replace(article, claims={claim_id: article.claims[claim_id]})
    assert verdicts(alone, changed(tables, changes)) == {claim_id: after}


@pytest.mark.parametrize(("claim_id", "table"), [
    ("three_marshals", "membership"), ("whole_government_killed", "membership"),
    ("most_of_those_alive", "membership"), ("almost_all_of_1917", "membership"),
    ("only_molotov", "membership"), ("shot_at_once", "trial_party"),
    ("rehabilitated_1988", "trial_party"), ("heads_executed", "tenure"),
    ("fell_at_once", "tenure"), ("peak_under_yezhov", "tenure"),
    ("all_under_yezhov", "tenure"), ("camp_heads_escaped", "tenure"),
])  # fmt: skip
def test_what_no_text_confirms_decides_no_claim(
    claim_id: str, table: str, articles: Mapping[str, Article], tables: Mapping[str, pa.Table]
) -> None:
    article = articles["en"]
    alone = replace(article, claims={claim_id: article.claims[claim_id]})
    assert verdicts(alone, changed(tables, [nothing_read(table)])) == {claim_id: "undecidable"}


@pytest.mark.parametrize("language", ["en", "ru"])
def test_no_value_in_the_prose_is_empty(
    language: str, articles: Mapping[str, Article], tables: Mapping[str, pa.Table]
) -> None:
    article = articles[language]
    results = answer_queries(article, tables)
    found = re.findall(r"\{\{\s*(\w+)(?:\.(\w+))?\s*\}\}", text_of(article))
    assert len(found) >= 40
    for name, column in found:
        table = results[name]
        assert table[column or table.column_names[0]][0].as_py() is not None, (name, column)


def test_both_languages_make_the_same_claims_and_reach_the_same_verdicts(
    articles: Mapping[str, Article], tables: Mapping[str, pa.Table]
) -> None:
    english, russian = articles["en"], articles["ru"]
    assert list(english.claims) == list(russian.claims)
    assert verdicts(english, tables) == verdicts(russian, tables)


@pytest.mark.parametrize("language", ["en", "ru"])
def test_every_value_and_table_of_the_article_can_be_computed(
    language: str, articles: Mapping[str, Article], tables: Mapping[str, pa.Table]
) -> None:
    made = compute_article(articles[language], tables)
    html = "".join(part.html for part in made.parts)
    assert "{{" not in html
    number = "681,692" if language == "en" else "681\N{NO-BREAK SPACE}692"
    assert f'<a class="computed" href="#rows-death_total">{number}</a>' in html
    for part in made.parts:
        if part.show is not None:
            shown = made.results[part.show.name]
            assert shown.num_rows, part.show.name
            wanted = {*part.show.options.columns, part.show.options.x, part.show.options.y} - {""}
            assert wanted <= set(shown.column_names), part.show.name


def test_the_build_wrote_the_claims_with_both_sentences(great_purge_archive: Archive) -> None:
    rows = read_table(great_purge_archive.build, "claim").to_pylist()
    assert {row["claim_id"] for row in rows} == set(MUTATIONS)
    assert all(row["sentence_en"] and row["sentence_ru"] for row in rows)
