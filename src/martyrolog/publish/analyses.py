"""What history found, over the published rows only: counts, pictures and articles of the pages.

Where nobody is withheld and nothing hidden, the tables of the stage history say just that. Else
every analysis is made anew over the disclosed tables: a count over all persons beside one over
those published would tell what a withheld person was. Queries of articles read disclosed tables.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pyarrow as pa

from martyrolog.archive import Archive
from martyrolog.articles import compute_article, read_articles
from martyrolog.hand import redaction_log
from martyrolog.history.analysis import analyse
from martyrolog.history.claims import claims_of
from martyrolog.history.pictures import make_chart
from martyrolog.provenance import hash_value, read_log
from martyrolog.publish.disclosure import Disclosed
from martyrolog.publish.downloads import in_order
from martyrolog.stage import Tables
from martyrolog.tables import TABLES

ANALYSES = tuple(name for name, table in TABLES.items() if table.stage == "history")
ASKED = ("source_list", "trial", "body", "office", "cohort", "operation", "published_figure",
         "person", "statement", "event", "relation", "possibly_same", "trial_party", "tenure",
         "membership")  # fmt: skip
"""Tables of read and resolve that the query of an article may ask: those that history reads."""


def with_analyses(archive: Archive, tables: Tables, disclosed: Disclosed) -> Disclosed:
    """The disclosed tables with those of history, and the articles computed on them.

    Args:
        archive: Its articles.
        tables: The tables of history as its stage wrote them.
        disclosed: What may be published of read and resolve.

    Raises:
        QueryError: a query of an article cannot be run.
    """
    articles = read_articles(archive.path / "articles")
    asked = {name: disclosed.tables[name] for name in ASKED}
    made: Mapping[str, pa.Table]
    if everybody_shown(archive, disclosed):
        made = {name: tables[name] for name in ANALYSES}
    else:
        made = analyse(asked)
        made = {**made, **claims_of(articles, {**asked, **made})}
        made = {**made, "chart": make_chart({**asked, **made}, articles)}
    without = {name: table for name, table in made.items()
               if name not in ("claim", "claim_case", "chart")}  # fmt: skip
    computed = [compute_article(article, {**asked, **without}) for article in articles]
    ordered = {name: in_order(made[name]) for name in ANALYSES}
    return replace(disclosed, tables={**disclosed.tables, **ordered}, articles=computed)


def everybody_shown(archive: Archive, disclosed: Disclosed) -> bool:
    """Whether nobody is withheld and no field hidden, so that a count tells of nobody unseen."""
    return not disclosed.withheld and not read_log(redaction_log(archive))


def articles_hash(disclosed: Disclosed) -> str:
    """SHA-256 over what the articles say, which is in no table."""
    said: Sequence[object] = [
        (one.article.article_id, one.article.language, one.article.title,
         [part.html for part in one.parts],
         [(name, query.sql) for name, query in one.article.queries.items()])
        for one in disclosed.articles
    ]  # fmt: skip
    return hash_value(said)
