"""The claims of an archive's articles: tables ``claim`` and ``claim_case``, and what changed.

``hand/verdicts.jsonl`` keeps the verdicts of each build that had other tables or articles than the
one before; the same build twice adds nothing. A verdict is compared with that of the build before.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa

from martyrolog.archive import Archive
from martyrolog.articles import (
    Article,
    Claim,
    ClaimResult,
    Sandbox,
    in_words,
)
from martyrolog.articles.parse import ClaimText
from martyrolog.articles.verdict import answers_of, claims_in
from martyrolog.messages import text
from martyrolog.places import Precision
from martyrolog.provenance import append_log, hash_value, read_log
from martyrolog.tables import make_table, read_table
from martyrolog.terms import code_term

AUTHOR = "martyrolog"
REASON = "verdicts of this build"


def verdict_log(archive: Archive) -> Path:
    """The log of the verdicts of each build."""
    return archive.hand / "verdicts.jsonl"


def article_files(archive: Archive) -> list[Path]:
    """The files of the articles, by name."""
    return sorted((archive.path / "articles").glob("*.md"))


def make_claims(
    archive: Archive, articles: Sequence[Article], tables: Mapping[str, pa.Table]
) -> Mapping[str, pa.Table]:
    """Tables ``claim`` and ``claim_case``; the verdicts are written to the log where they are new.

    Args:
        archive: Its log of verdicts.
        articles: Its articles.
        tables: What queries may read.

    Raises:
        QueryError: an article or a query cannot be understood or run.
        ArchiveError: the log is damaged.
        StorageError: the log cannot be written.
    """
    rows, cases = _judged(articles, tables)
    before = _verdicts_before(archive, rows, cases)
    for row in rows:
        row["previous_verdict"] = before.get(f"{row['article_id']}/{row['claim_id']}")
    return {"claim": make_table("claim", rows), "claim_case": make_table("claim_case", cases)}


def claims_of(
    articles: Sequence[Article], tables: Mapping[str, pa.Table]
) -> Mapping[str, pa.Table]:
    """Tables ``claim`` and ``claim_case`` of some tables, such as those that may be published.

    Nothing is logged, and ``previous_verdict`` is null.

    Raises:
        QueryError: a query cannot be run.
    """
    rows, cases = _judged(articles, tables)
    return {"claim": make_table("claim", rows), "claim_case": make_table("claim_case", cases)}


def _judged(
    articles: Sequence[Article], tables: Mapping[str, pa.Table]
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    rows, cases = [], []
    for article in _first_of_each(articles):
        with Sandbox(tables) as sandbox:
            answers_of(article, sandbox, tables)
            judged = claims_in(article, sandbox)
        for result in judged:
            rows.append(_claim_row(article, result, articles))
            cases += _case_rows(article, result, _texts(article, result.claim, articles))
    return rows, cases


def _first_of_each(articles: Sequence[Article]) -> list[Article]:
    """Each article once: its languages share their claims; a claim of one alone is its own."""
    found: dict[tuple[str, tuple[str, ...]], Article] = {}
    for article in articles:
        known = {claim for (name, _), other in found.items() if name == article.article_id
                 for claim in other.claims}  # fmt: skip
        new = {name: claim for name, claim in article.claims.items() if name not in known}
        if new:
            only = Article(article.article_id, article.language, article.title, article.queries,
                           new, article.blocks)  # fmt: skip
            found[article.article_id, tuple(new)] = only
    return list(found.values())


def _claim_row(
    article: Article, result: ClaimResult, articles: Sequence[Article]
) -> dict[str, Any]:
    claim = result.claim
    row = {
        "article_id": article.article_id, "claim_id": claim.claim_id, "line": claim.line,
        "verdict": result.verdict, "cases": len(result.cases),
        "supporting": result.count(True), "contradicting": result.count(False),
        "undecided": result.count(None), "least": result.least, "most": result.most,
        "supported_at": claim.text.supported_at, "partly_at": claim.text.partly_at,
        "query": claim.text.query,
    }  # fmt: skip
    for language, said in _texts(article, claim, articles).items():
        row |= {f"sentence_{language}": said.sentence, f"needs_{language}": said.needs}
    return row


def _texts(article: Article, claim: Claim, articles: Sequence[Article]) -> dict[str, ClaimText]:
    """What each language says of a claim."""
    return {other.language: other.claims[claim.claim_id].text for other in articles
            if other.article_id == article.article_id
            and claim.claim_id in other.claims}  # fmt: skip


def _case_rows(
    article: Article, result: ClaimResult, texts: Mapping[str, ClaimText]
) -> list[dict[str, Any]]:
    return [
        {"article_id": article.article_id, "claim_id": result.claim.claim_id, "position": position,
         "supports": case.supports, "verified": case.verified, "person_id": case.person_id,
         **{f"evidence_{language}": in_words(said.evidence, case.values, language, label_of) or None
            for language, said in texts.items()}}
        for position, case in enumerate(result.cases, start=1)
    ]  # fmt: skip


def label_of(column: str, value: str, language: str) -> str:
    """What a text of a query's column is called in a language.

    Fates, sentences and roles by their vocabularies, truth values and how exact a point of a map is
    by the catalogue; any other text as it is.
    """
    if column == "precision" and value in [one.value for one in Precision]:
        return text(f"history.precision_{value}", language)
    if value in ("true", "false"):
        return text(f"history.{value}", language)
    vocabulary = column.removesuffix("s") if column in ("fates", "roles") else column
    if vocabulary not in ("fate", "role", "sentence"):
        return value
    code = code_term(vocabulary, value)
    if code is None:
        return value
    return code.label_ru if language == "ru" else code.label_en


def _verdicts_before(
    archive: Archive, rows: Sequence[Mapping[str, Any]], cases: Sequence[Mapping[str, Any]]
) -> Mapping[str, str]:
    """The verdicts of the build before this one; this one's are added to the log."""
    log = read_log(verdict_log(archive))
    if not rows and not log:
        return {}
    inputs = hash_value([rows, cases])
    if not log or log[-1].get("inputs") != inputs:
        verdicts = {f"{row['article_id']}/{row['claim_id']}": row["verdict"] for row in rows}
        append_log(verdict_log(archive), [{"inputs": inputs, "verdicts": verdicts}],
                   author=AUTHOR, reason=REASON)  # fmt: skip
        log = read_log(verdict_log(archive))
    found: Mapping[str, str] = log[-2]["verdicts"] if len(log) > 1 else {}
    return found


def check(archive: Archive) -> list[dict[str, Any]]:
    """The claims of an archive whose verdict is another than in the build before the last.

    Raises:
        TableError: the archive has not been built yet.
    """
    return changed_claims(read_table(archive.build, "claim"))


def changed_claims(claim: pa.Table) -> list[dict[str, Any]]:
    """The claims whose verdict is another than in the build before, by article and claim.

    Args:
        claim: Table ``claim``.

    Returns:
        ``article_id``, ``claim_id``, ``line``, ``sentence_en``, ``sentence_ru``,
        ``previous_verdict``, ``verdict``. A claim that is new is none that changed.
    """
    wanted = ["article_id", "claim_id", "line", "sentence_en", "sentence_ru",
              "previous_verdict", "verdict"]  # fmt: skip
    return [
        row for row in claim.select(wanted).to_pylist()
        if row["previous_verdict"] and row["previous_verdict"] != row["verdict"]
    ]  # fmt: skip
