"""Articles that compute, and every claim tested in them with its verdict and evidence.

All numbers are computed from the published tables (`analyses`); each value of the prose leads to
the rows behind it at the foot of the page.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import pyarrow as pa
from markupsafe import Markup

from martyrolog.articles import ComputedArticle, Part, Show, in_words, shown
from martyrolog.articles.verdict import VERDICTS, Case, ClaimResult
from martyrolog.history.claims import label_of
from martyrolog.history.pictures import article_subject
from martyrolog.publish.content import displayable
from martyrolog.publish.pages.exhibits import NUMBER, TEXT, cell, decimal, picture, table
from martyrolog.publish.paths import item_page
from martyrolog.publish.site import Page, Site
from martyrolog.publish.voice import Voice

MOST_ROWS = 60
"""Rows behind a value that its page shows; all are given by the query beside."""
MOST_CASES = 10
"""Cases of a claim that stand open; the others are folded."""

_HEADING = re.compile(r"<(/?)h([1-5])>")
_BEHIND = re.compile(r'href="#rows-([a-z0-9_]+)"')


def make_pages(site: Site, voice: Voice, articles: Sequence[ComputedArticle]) -> Iterator[Page]:
    """A page for each article, a list of them, and one of all claims."""
    mine = [one for one in articles if one.article.language == voice.language]
    if not mine:
        return
    lists = list(site.content.lists)
    lines = [{"name": one.article.title, "page": article_page(one), "count": None,
              "detail": voice.t("claims_tested", count=len(one.claims))}
             for one in mine]  # fmt: skip
    yield Page("articles/index.html", "items.html", voice.t("articles"),
               {"intro": voice.t("articles_intro"), "lines": lines}, lists=lists)  # fmt: skip
    for one in mine:
        yield _article(site, voice, one)
    tested = [(one, claim) for one in mine for claim in one.claims]
    if tested:
        counts = [(voice.t(f"verdict_{verdict}"), sum(c.verdict == verdict for _, c in tested))
                  for verdict in VERDICTS]  # fmt: skip
        claims = [{"article": one.article.title, "page": article_page(one),
                   **_claim(site, voice, one, claim)} for one, claim in tested]  # fmt: skip
        yield Page("claims/index.html", "claims.html", voice.t("claims"), {
            "counts": counts, "claims": claims, "changed": [one for one in claims if one["before"]],
        }, lists=lists)  # fmt: skip


def article_page(one: ComputedArticle) -> str:
    """The page of an article."""
    return item_page("articles", one.article.article_id)


def _article(site: Site, voice: Voice, one: ComputedArticle) -> Page:
    parts = [_part(site, voice, one, part) for part in one.parts]
    named = {name for part in one.parts for name in _BEHIND.findall(part.html)}
    behind = [{"name": name, "query": one.article.queries[name].sql.strip(),
               "table": _result(site, voice, one.results[name], {}, name)}
              for name in one.article.queries if name in named]  # fmt: skip
    return Page(article_page(one), "article.html", one.article.title,
                {"blocks": parts, "behind": behind}, lists=list(site.content.lists))  # fmt: skip


def _part(site: Site, voice: Voice, one: ComputedArticle, part: Part) -> dict[str, Any]:
    if part.claim is not None:
        return {"kind": "claim", "claim": _claim(site, voice, one, part.claim)}
    if part.show is None:
        return {"kind": "prose", "html": _prose(part.html)}
    query = one.article.queries[part.show.name].sql.strip()
    return {"query": query, **_shown(site, voice, one, part.show)}


def _shown(site: Site, voice: Voice, one: ComputedArticle, show: Show) -> dict[str, Any]:
    """A block that shows the result of a query."""
    result = one.results[show.name]
    caption = show.options.caption or show.name
    if show.kind == "persons" and "person_id" in result.column_names:
        return {"kind": "persons", "caption": caption,
                "entries": site.entries(result["person_id"].to_pylist(), voice)}  # fmt: skip
    if show.kind == "list":
        return {"kind": "list", "caption": caption, "lines": [
            _line(site, voice, row, show.options.item) for row in result.to_pylist()]}  # fmt: skip
    headings = dict(show.options.columns)
    if show.kind == "map" and headings:  # the rows of a map have more columns than a reader needs
        result = result.select([name for name in headings if name in result.column_names])
    shown_table = _result(site, voice, result, headings, caption)
    if show.kind in ("chart", "map"):
        subject = article_subject(one.article.article_id, show.name)
        # where its rows stand in a table of the article already, they are not given again
        again = not any(other.show is not None and other.show.kind == "table"
                        and other.show.name == show.name for other in one.parts)  # fmt: skip
        return {"kind": "chart", "picture": picture(site, voice, "article", subject),
                "caption": caption if show.kind == "map" else "",
                "table": shown_table if again else None}  # fmt: skip
    return {"kind": "table", "table": shown_table}


def _line(site: Site, voice: Voice, row: Mapping[str, Any], item: str) -> dict[str, Any]:
    """A line of a list: the person that the row names, and its words."""
    known = row.get("person_id") in site.content.persons
    words = in_words(item, row, voice.language, label_of) if item else ""
    if not item and not known:
        words = shown(next(iter(row.values()), None), voice.language)
    return {"entry": site.entry(row["person_id"], voice) if known else None,
            "text": displayable(words)}  # fmt: skip


def _prose(html: str) -> Markup:
    """The prose one level of headings lower: the page has its own first heading.

    What the articles give is escaped already (`martyrolog.articles.compute`).
    """
    lower = _HEADING.sub(lambda found: f"<{found[1]}h{int(found[2]) + 1}>", html)
    return Markup(lower)  # noqa: S704 - HTML of Markdown without HTML, its values escaped


def _result(site: Site, voice: Voice, result: pa.Table, headings: Mapping[str, str],
            caption: str) -> dict[str, Any]:  # fmt: skip
    """The result of a query as a table; a column of persons as links."""
    columns = result.column_names
    rows = [[_value(site, voice, column, row[column]) for column in columns]
            for row in result.slice(0, MOST_ROWS).to_pylist()]  # fmt: skip
    more = result.num_rows - len(rows)
    made = table(voice, caption, (), rows)
    return made | {
        "headings": [(headings.get(column, column.replace("_", " ")), _kind(result[column].type))
                     for column in columns],
        "more": voice.t("more_rows", count=more) if more else "",
    }  # fmt: skip


def _kind(kind: pa.DataType) -> str:
    return NUMBER if pa.types.is_integer(kind) or pa.types.is_floating(kind) else TEXT


def _value(site: Site, voice: Voice, column: str, value: Any) -> Any:
    if column == "person_id" and value in site.content.persons:
        entry = site.entry(value, voice)
        return cell(entry.name, entry.page)
    if column == "fate" and isinstance(value, str):
        return cell(voice.term("fate", value))
    if column.endswith("_date") and isinstance(value, str):
        return cell(voice.date(value))
    if isinstance(value, list):
        return cell(", ".join(displayable(str(one)) for one in value))
    if isinstance(value, bool):
        return cell(voice.t("yes" if value else "no"))
    if isinstance(value, float | int | Decimal):
        return cell(shown(value, voice.language)) | {"kind": NUMBER}
    if isinstance(value, date):
        return cell(shown(value, voice.language))
    return cell(displayable(value) if isinstance(value, str) else None)


def _claim(site: Site, voice: Voice, one: ComputedArticle, result: ClaimResult) -> dict[str, Any]:
    cases = [_case(site, voice, case, result.claim.text.evidence) for case in result.cases]
    counts = [(voice.t(f"cases_{name}"), result.count(which))
              for name, which in (("supporting", True), ("contradicting", False),
                                  ("undecided", None))]  # fmt: skip
    text = result.claim.text
    return {
        "before": _before(site, voice, one.article.article_id, result),
        "anchor": f"claim-{result.claim.claim_id.replace('_', '-')}",
        "sentence": text.sentence, "needs": text.needs, "verdict": result.verdict,
        "verdict_text": voice.t(f"verdict_{result.verdict}"), "counts": counts,
        "needed": voice.t("claim_needed", percent=decimal(voice, 100 * text.supported_at)),
        "cases": cases[:MOST_CASES], "other_cases": cases[MOST_CASES:],
        "query": text.query.strip(),
    }  # fmt: skip


def _before(site: Site, voice: Voice, article_id: str, result: ClaimResult) -> str:
    """What the build before found, where that was another verdict; else ''."""
    for row in site.content.of("claim", "article_id", article_id):
        before = row["previous_verdict"]
        if row["claim_id"] == result.claim.claim_id and before not in (None, result.verdict):
            return voice.t("claim_changed", before=voice.t(f"verdict_{before}"))
    return ""


def _case(site: Site, voice: Voice, case: Case, evidence: str) -> dict[str, Any]:
    known = case.person_id in site.content.persons
    return {
        "counts": {True: "supporting", False: "contradicting", None: "undecided"}[case.counts],
        "label": voice.t({True: "case_supports", False: "case_contradicts",
                          None: "case_open"}[case.counts]),
        "entry": site.entry(case.person_id, voice) if case.person_id and known else None,
        "evidence": displayable(in_words(evidence, case.values, voice.language, label_of)),
    }  # fmt: skip
