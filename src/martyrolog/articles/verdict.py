"""Claims: a sentence, the cases that bear on it, and the verdict that follows from them.

A query gives one row a case: whether it supports the claim. A case that is not known, or that no
text read by the editors confirms, may count either way; where that could change the verdict, the
claim is undecidable. No verdict is ever written by hand.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from martyrolog.articles.evidence import columns_of
from martyrolog.articles.parse import Article, Claim, ClaimText, Show
from martyrolog.articles.sandbox import LIMITS, Answer, Limits, Place, Sandbox
from martyrolog.tables import TABLES

VERDICTS = ("supported", "partly", "contradicted", "undecidable")

_COLUMNS = {"supports": bool, "verified": bool, "person_id": str}


@dataclass(frozen=True)
class Case:
    """One case: whether it supports the claim (None: not known), and what it rests on."""

    supports: bool | None
    verified: bool
    person_id: str | None
    values: Mapping[str, Any]

    @property
    def counts(self) -> bool | None:
        """What may decide: None where it is not known or not verified."""
        return self.supports if self.verified else None


@dataclass(frozen=True)
class ClaimResult:
    """A claim with its cases and the verdict.

    Attributes:
        least: Share of supporting cases if no open one supports; None without a case.
        most: The same if all of them do.
    """

    claim: Claim
    cases: Sequence[Case]
    verdict: str
    least: float | None
    most: float | None

    def count(self, supports: bool | None) -> int:
        """Cases that support (True), contradict (False) or decide nothing (None)."""
        return sum(case.counts is supports for case in self.cases)


def answer_queries(
    article: Article, tables: Mapping[str, pa.Table], limits: Limits = LIMITS
) -> dict[str, pa.Table]:
    """The result of each query of an article; a query may read those above it by their names.

    Raises:
        QueryError: a query cannot be run, has the name of a table, or gives no such column as a
            block shows.
    """
    with Sandbox(tables, limits) as sandbox:
        found = answers_of(article, sandbox, tables)
        return {name: answer.table for name, answer in found.items()}


def answers_of(
    article: Article, sandbox: Sandbox, tables: Mapping[str, pa.Table]
) -> dict[str, Answer]:
    """The answer to each query of an article, from a sandbox that holds these tables.

    Raises:
        QueryError: as :func:`answer_queries`.
    """
    answers: dict[str, Answer] = {}
    for name, query in article.queries.items():
        place = Place(article.file, query.line, name)
        if name in tables:
            raise place.error("history.query_shadows")
        answers[name] = sandbox.answer(query.sql, place)
    for show in article.blocks:
        if isinstance(show, Show):
            _check_columns(article, show, answers[show.name].table)
    return answers


def _check_columns(article: Article, show: Show, result: pa.Table) -> None:
    wanted = columns_of(show.options.item)
    if show.kind == "chart":
        wanted |= {show.options.x, show.options.y}
    if show.kind == "map":
        wanted |= {*TABLES["place_count"].names}
    for column in sorted(wanted - set(result.column_names)):
        place = Place(article.file, show.line, show.name)
        raise place.error("history.article_no_column", column=column)


def judge_claims(
    article: Article, tables: Mapping[str, pa.Table], limits: Limits = LIMITS
) -> list[ClaimResult]:
    """The verdict of every claim of an article.

    Args:
        article: A completed article, see `read_articles`.
        tables: What its queries may read, with the results of its queries (`answer_queries`).
        limits: What each query may use.

    Raises:
        QueryError: a query cannot be run, or gives no column ``supports``.
    """
    with Sandbox(tables, limits) as sandbox:
        return claims_in(article, sandbox)


def claims_in(article: Article, sandbox: Sandbox) -> list[ClaimResult]:
    """The verdict of every claim, from a sandbox that has answered the article's queries.

    Raises:
        QueryError: as :func:`judge_claims`.
    """
    return [_judge(article, claim, sandbox) for claim in article.claims.values()]


def _judge(article: Article, claim: Claim, sandbox: Sandbox) -> ClaimResult:
    place = Place(article.file, claim.line, claim.claim_id)
    cases = _cases(sandbox.ask(claim.text.query, place), claim.named, place)
    verdict, least, most = verdict_of(cases, claim.text)
    return ClaimResult(claim, cases, verdict, least, most)


def _cases(found: pa.Table, named: frozenset[str], place: Place) -> list[Case]:
    if "supports" not in found.column_names:
        raise place.error("history.claim_no_supports")
    for name in found.column_names:
        if name not in _COLUMNS and name not in named:
            raise place.error("history.claim_column", column=name)
    for name in sorted(named - set(found.column_names)):
        raise place.error("history.claim_evidence", column=name)
    cases = [_case(row, named, place) for row in found.to_pylist()]
    return sorted(cases, key=_order)


def _case(row: Mapping[str, Any], named: frozenset[str], place: Place) -> Case:
    for name, kind in _COLUMNS.items():
        if row.get(name) is not None and not isinstance(row[name], kind):
            raise place.error("history.claim_type", column=name, type=kind.__name__)
    # without a column the query vouches for its cases itself; null there is not verified
    return Case(row["supports"], bool(row.get("verified", True)), row.get("person_id"),
                {name: row[name] for name in sorted(named)})  # fmt: skip


def _order(case: Case) -> tuple[Any, ...]:
    return (case.counts is None, case.counts is not False,
            [str(value) for value in case.values.values()], case.person_id or "")  # fmt: skip


def verdict_of(cases: Sequence[Case], text: ClaimText) -> tuple[str, float | None, float | None]:
    """Verdict, and the least and most share of supporting cases.

    >>> text = ClaimText(sentence="All were shot.", query="")
    >>> verdict_of([Case(True, True, None, {}), Case(False, True, None, {})], text)
    ('contradicted', 0.5, 0.5)
    """
    if not cases:
        return "undecidable", None, None
    least = sum(case.counts is True for case in cases) / len(cases)
    most = sum(case.counts is not False for case in cases) / len(cases)
    low, high = _level(least, text), _level(most, text)
    return (low if low == high else "undecidable"), least, most


def _level(share: float, text: ClaimText) -> str:
    if share >= text.supported_at:
        return "supported"
    return "partly" if text.partly_at is not None and share >= text.partly_at else "contradicted"
