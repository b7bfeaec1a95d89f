"""One article computed: its queries answered, its prose as HTML with every value put in.

The parts keep the order of the text. What a page does with them (links to persons, the table behind
a value) is the page's; HTML here holds prose and values only, escaped, each value a link to
``#rows-NAME``, the rows behind it.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Literal

import pyarrow as pa
from markdown_it.token import Token

from martyrolog.articles.evidence import shown
from martyrolog.articles.parse import Article, Show, markdown
from martyrolog.articles.sandbox import LIMITS, Answer, Behind, Limits, Place, Sandbox
from martyrolog.articles.verdict import ClaimResult, answers_of, claims_in

MOST_BEHIND = 1_000
"""Rows behind a value that are given; how many there are is said."""
_VALUE = re.compile(
    r"\{\{\s*(?P<name>[a-z][a-z0-9_]*)(?:\.(?P<column>[a-z][a-z0-9_]*))?\s*"
    r"(?:\|\s*(?P<unknown>[^{}|]*[^{}|\s])\s*)?\}\}"
)


@dataclass(frozen=True)
class Part:
    """One part of an article: prose as HTML, a shown result, or a claim."""

    kind: Literal["prose", "show", "claim"]
    html: str = ""
    show: Show | None = None
    claim: ClaimResult | None = None


@dataclass(frozen=True, eq=False)
class ComputedArticle:
    """An article with everything computed.

    Attributes:
        results: Result of each query, by name: what every value and table rests on.
        unverified: Of each query its columns that can be marked, see `Answer.unverified`.
        behind: Of each query with a value in the prose that counts rows, these rows.
        parts: Its parts in their order.
        claims: Its claims in their order.
    """

    article: Article
    results: Mapping[str, pa.Table]
    parts: Sequence[Part]
    claims: Sequence[ClaimResult]
    unverified: Mapping[str, Mapping[str, Sequence[bool]]]
    behind: Mapping[str, Behind]


def compute_article(
    article: Article, tables: Mapping[str, pa.Table], limits: Limits = LIMITS
) -> ComputedArticle:
    """Answer the queries of an article and put the answers in.

    Args:
        article: A completed article, see `read_articles`.
        tables: What its queries may read: for a page, the disclosed tables only.
        limits: What each query may use.

    Raises:
        QueryError: a query cannot be run, or a value has no such query, column or row, or is null
            and no words are given for that. The message names article, line and query.
    """
    with Sandbox(tables, limits) as sandbox:
        answers = answers_of(article, sandbox, tables)
        claims = claims_in(article, sandbox)
        behind = _behind(article, sandbox, answers)
    results = {name: answer.table for name, answer in answers.items()}
    by_id = {one.claim.claim_id: one for one in claims}
    parts = []
    for block in article.blocks:
        if isinstance(block, Show):
            parts.append(Part("show", show=block))
        elif isinstance(block, Sequence):
            parts.append(Part("prose", html=_html(article, block, results)))
        else:
            parts.append(Part("claim", claim=by_id[block.claim_id]))
    unverified = {name: answer.unverified for name, answer in answers.items()}
    return ComputedArticle(article, results, parts, claims, unverified, behind)


def _behind(article: Article, sandbox: Sandbox, answers: Mapping[str, Answer]) -> dict[str, Behind]:
    """The rows behind the values of the prose: of the query named, or what FROM and WHERE leave."""
    found: dict[str, Behind] = {}
    for name, query in article.queries.items():
        if name not in _valued(article):
            continue
        if query.rows:
            rows = answers[query.rows]
            found[name] = Behind(rows, rows.table.num_rows)
            continue
        counted = sandbox.behind(query.sql, Place(article.file, query.line, name), MOST_BEHIND)
        if counted is not None:
            found[name] = counted
    return found


def _valued(article: Article) -> set[str]:
    """The queries of which the prose shows a value."""
    prose = (token for block in article.blocks if isinstance(block, Sequence) for token in block)
    return {found["name"] for token in prose for child in token.children or ()
            if child.type == "text" for found in _VALUE.finditer(child.content)}  # fmt: skip


def _html(article: Article, tokens: Sequence[Token], results: Mapping[str, pa.Table]) -> str:
    renderer = markdown()
    for token in tokens:
        if token.type == "inline" and token.children:
            token.children = [
                piece for child in token.children for piece in _pieces(article, child, results)
            ]
    return str(renderer.renderer.render(list(tokens), renderer.options, {}))


def _pieces(article: Article, token: Token, results: Mapping[str, pa.Table]) -> list[Token]:
    """A token of text as text and values; any other token as it is."""
    if token.type != "text" or "{{" not in token.content:
        return [token]
    pieces, end = [], 0
    for found in _VALUE.finditer(token.content):
        pieces.append(Token("text", "", 0, content=token.content[end : found.start()]))
        value = _value(article, found, results)
        link = f'<a class="computed" href="#rows-{found["name"]}">{escape(value)}</a>'
        pieces.append(Token("html_inline", "", 0, content=link))
        end = found.end()
    return [*pieces, Token("text", "", 0, content=token.content[end:])]


def _value(article: Article, asked: re.Match[str], results: Mapping[str, pa.Table]) -> str:
    name = asked["name"]
    line = article.queries[name].line if name in article.queries else 1
    place = Place(article.file, line, name)
    if name not in results:
        raise place.error("history.article_no_query")
    table = results[name]
    wanted = asked["column"] or (table.column_names[0] if table.column_names else "")
    if wanted not in table.column_names or not (table.num_rows or asked["unknown"]):
        raise place.error("history.article_no_value", column=wanted)
    value = table[wanted][0].as_py() if table.num_rows else None
    if value is None and not asked["unknown"]:
        raise place.error("history.article_null", column=wanted)
    return asked["unknown"] if value is None else shown(value, article.language)
