"""The article on the Great Purge: its claims, and that each verdict hangs on the rows behind it."""

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
ALL_NATURAL: Change = ("person", "fate", "natural", executed)

MUTATIONS: dict[str, tuple[str, str, Sequence[Change]]] = {
    "killing_from_1934": ("contradicted", "supported", [
        ("published_figure", "value", "10", figure("sentenced to death", "1934"))]),
    "peak_1937_1938": ("supported", "contradicted", [
        ("published_figure", "value", "999999", figure("sentenced to death", "1941"))]),
    "mostly_party": ("undecidable", "contradicted", [
        ("operation", "unverified", [], one_of("operation_id", "nkvd-00447", "national-total"))]),
    "in_proportion": ("contradicted", "supported", [
        ("published_figure", "value", "45000",
         lambda row: (row["measure"], row["scope"]) == ("arrested", "nationality: Belarusians"))]),
    "majority_of_committee": ("supported", "contradicted", [ALL_NATURAL]),
    "seventy_percent_shot": ("undecidable", "contradicted", [FATES_READ]),
    "three_marshals": ("supported", "contradicted", [
        ("person", "fate", "natural", one_of("surname", "Тухачевский", "Tukhachevsky"))]),
    "all_in_public": ("contradicted", "supported", [
        ("trial", "public", "open", one_of("trial_id", "TM8"))]),
    "shot_at_once": ("contradicted", "supported", [
        FATES_READ, ("person", "fate", "executed", everyone),
        ("trial", "verdict_date_latest", date(1941, 9, 1), everyone)]),
    "all_under_yezhov": ("contradicted", "supported", [
        ("trial", "start_date_earliest", date(1936, 10, 10), one_of("trial_id", "T16"))]),
    "judges_perished": ("undecidable", "supported", [FATES_READ]),
    "rehabilitated_1988": ("contradicted", "supported", [
        ("statement", "earliest", date(1988, 6, 13), field("rehabilitation_date")),
        ("statement", "verified", True, field("rehabilitation_date"))]),
    "whole_government_killed": ("contradicted", "supported", [
        FATES_READ, ("person", "fate", "executed", everyone)]),
    "most_of_those_alive": ("supported", "contradicted", [ALL_NATURAL]),
    "only_molotov": ("contradicted", "supported", [
        ("statement", "verified", True, field("death_date")),
        ("statement", "latest", date(1940, 1, 1),
         lambda row: row["field"] == "death_date" and row["latest"] > date(1941, 12, 31))]),
    "water_in_august": ("contradicted", "supported", [
        ("tenure", "held_from_earliest", date(1938, 8, 21), yezhov_on_water)]),
    "peak_under_yezhov": ("supported", "contradicted", [
        ("office_period", "person_ids", ["p0"], one_of("office_id", "nkvd-commissar"))]),
    "camp_heads_escaped": ("contradicted", "supported", [FATES_READ, ALL_NATURAL]),
    "about_680000": ("supported", "contradicted", [
        ("published_figure", "value", "581692", figure("sentenced to death", "1937/1938"))]),
    "stopped_by_summer": ("contradicted", "supported", [
        ("operation", "signed_date_latest", date(1938, 8, 1),
         one_of("operation_id", "stop-1938-11-15", "stop-1938-11-17"))]),
    "convictions_ended": ("contradicted", "supported", [
        ("published_figure", "value", "0", figure("convicted", "1939", "1940", "1941"))]),
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
