"""Articles that compute: Markdown whose numbers, tables, lists and claims are queries over tables.

``read_articles`` reads the folder ``articles/`` of an archive, ``compute_article`` answers the
queries of one from tables and gives its parts, ``judge_claims`` the verdict of each claim. A query
can only read the tables handed in (`sandbox`). The tables may be all of an archive or only what may
be published: whoever shows an article hands in the latter.
"""

from martyrolog.articles.compute import ComputedArticle, Part, compute_article
from martyrolog.articles.evidence import in_words, shown
from martyrolog.articles.parse import Article, Claim, Query, Show, read_articles
from martyrolog.articles.sandbox import Limits, Sandbox, run_query
from martyrolog.articles.verdict import (
    VERDICTS,
    Case,
    ClaimResult,
    answer_queries,
    judge_claims,
    verdict_of,
)

__all__ = [
    "VERDICTS",
    "Article",
    "Case",
    "Claim",
    "ClaimResult",
    "ComputedArticle",
    "Limits",
    "Part",
    "Query",
    "Sandbox",
    "Show",
    "answer_queries",
    "compute_article",
    "in_words",
    "judge_claims",
    "read_articles",
    "run_query",
    "shown",
    "verdict_of",
]
