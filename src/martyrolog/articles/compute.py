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
from martyrolog.articles.sandbox import LIMITS, Limits, Place
from martyrolog.articles.verdict import ClaimResult, answer_queries, judge_claims

_VALUE = re.compile(r"\{\{\s*(?P<name>[a-z][a-z0-9_]*)(?:\.(?P<column>[a-z][a-z0-9_]*))?\s*\}\}")


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
        parts: Its parts in their order.
        claims: Its claims in their order.
    """

    article: Article
    results: Mapping[str, pa.Table]
    parts: Sequence[Part]
    claims: Sequence[ClaimResult]


def compute_article(
    article: Article, tables: Mapping[str, pa.Table], limits: Limits = LIMITS
) -> ComputedArticle:
    """Answer the queries of an article and put the answers in.

    Args:
        article: A completed article, see `read_articles`.
        tables: What its queries may read: for a page, the disclosed tables only.
        limits: What each query may use.

    Raises:
        QueryError: a query cannot be run, or a value has no such query, column or row. The message
            names article, line and query.
    """
    results = answer_queries(article, tables, limits)
    claims = judge_claims(article, {**tables, **results}, limits)
    by_id = {one.claim.claim_id: one for one in claims}
    parts = []
    for block in article.blocks:
        if isinstance(block, Show):
            parts.append(Part("show", show=block))
        elif isinstance(block, Sequence):
            parts.append(Part("prose", html=_html(article, block, results)))
        else:
            parts.append(Part("claim", claim=by_id[block.claim_id]))
    return ComputedArticle(article, results, parts, claims)


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
        value = _value(article, found["name"], found["column"], results)
        link = f'<a class="computed" href="#rows-{found["name"]}">{escape(value)}</a>'
        pieces.append(Token("html_inline", "", 0, content=link))
        end = found.end()
    return [*pieces, Token("text", "", 0, content=token.content[end:])]


def _value(article: Article, name: str, column: str | None, results: Mapping[str, pa.Table]) -> str:
    line = article.queries[name].line if name in article.queries else 1
    place = Place(article.file, line, name)
    if name not in results:
        raise place.error("history.article_no_query")
    table = results[name]
    wanted = column or (table.column_names[0] if table.column_names else "")
    if wanted not in table.column_names or not table.num_rows:
        raise place.error("history.article_no_value", column=wanted)
    return shown(table[wanted][0].as_py(), article.language)
