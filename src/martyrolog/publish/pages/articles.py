"""Articles that compute, and every claim tested in them with its verdict and evidence.

All numbers are computed from the published tables (`analyses`); each value of the prose leads to
the rows behind it at the foot of the page: the result that holds it, and the rows that it counts.
A cell carries its mark where its table says that it is not yet verified.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence, Set
from typing import Any

import pyarrow as pa
from markupsafe import Markup

from martyrolog.articles import ComputedArticle, Part, Show, in_words, shown
from martyrolog.articles.compute import MOST_BEHIND
from martyrolog.articles.sandbox import Answer
from martyrolog.articles.syntax import UNVERIFIED, VERIFIED
from martyrolog.articles.verdict import VERDICTS, Case, ClaimResult
from martyrolog.history.claims import label_of
from martyrolog.history.pictures import article_subject
from martyrolog.publish.content import displayable
from martyrolog.publish.pages.exhibits import NUMBER, TEXT, cell, decimal, picture, table
from martyrolog.publish.paths import item_page
from martyrolog.publish.site import Page, Site
from martyrolog.publish.voice import Voice

MOST_ROWS = 60
"""Rows of a result that a page shows; all are given by the query beside."""
MOST_OPEN = 20
"""Rows behind a value that stand open; more are folded."""
MOST_CASES = 10
"""Cases of a claim that stand open; the others are folded."""

_HEADING = re.compile(r"<(/?)h([1-5])>")
_DAY = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?")
_YEAR = re.compile(r"1[5-9]\d\d|20\d\d")
_WHENCE = ("column_from", "column_to")
"""Headings of flows; in an article these are columns of days."""
_MARKS = (VERIFIED, UNVERIFIED)
_UNSEEN = re.compile(
    r".*_(?:earliest|latest|verbatim)|verbatim|verbatim_kind|list_ids?|record_ids?|records|file|page"
    r"|row|preference|derived_from"
)
"""Columns of the tables that no reader asks for; the downloads have them."""
_NAMED = re.compile(r"surname|given_name|patronymic|name(?:_cyrillic|_latin|_latin_derived)?")
"""Columns that the link to a person says."""
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
    behind = [_rows_behind(site, voice, one, name)
              for name in one.article.queries if name in named]  # fmt: skip
    return Page(article_page(one), "article.html", one.article.title,
                {"blocks": parts, "behind": behind}, lists=list(site.content.lists))  # fmt: skip


def _rows_behind(site: Site, voice: Voice, one: ComputedArticle, name: str) -> dict[str, Any]:
    """The result that holds a value and, where it counts rows, these."""
    answer = Answer(one.results[name], one.unverified[name])
    shown = {"name": name, "query": one.article.queries[name].sql.strip(),
             "table": _result(site, voice, answer, {}, name), "counted": None}  # fmt: skip
    if name not in one.behind:
        return shown
    behind = one.behind[name]
    counted = _result(site, voice, _readable(voice, behind.answer), {},
                      voice.t("rows_counted_by", name=name), most=MOST_BEHIND)  # fmt: skip
    key = "rows_counted" if behind.number == len(counted["rows"]) else "rows_counted_first"
    return shown | {
        "counted": counted, "open": behind.number <= MOST_OPEN,
        "counted_said": voice.t(key, count=behind.number, shown=voice.number(len(counted["rows"]))),
    }  # fmt: skip


def _readable(voice: Voice, answer: Answer) -> Answer:
    """Rows without the columns that say nothing, or nothing that a reader asks for."""
    table = answer.table
    unseen = [_UNSEEN, *([_NAMED] if "person_id" in table.column_names else [])]
    names = set(table.column_names)
    kept = [name for name in table.column_names
            if table[name].null_count < max(table.num_rows, 1)
            and not _is_of_another_language(name, names, voice.language)
            and not any(pattern.fullmatch(name) for pattern in unseen)]  # fmt: skip
    return Answer(table.select(kept or table.column_names), answer.unverified)


def _is_of_another_language(name: str, names: Set[str], language: str) -> bool:
    """Whether a text stands beside in the language of the page."""
    stem = name.removesuffix("_en").removesuffix("_ru")
    if language == "ru":
        return f"{stem}_ru" in names and name in (stem, f"{stem}_en")
    return name == f"{stem}_ru" and bool({stem, f"{stem}_en"} & names)


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
    shown_table = _result(site, voice, Answer(result, one.unverified[show.name]), headings, caption)
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


def _result(site: Site, voice: Voice, answer: Answer, headings: Mapping[str, str],
            caption: str, *, most: int = MOST_ROWS) -> dict[str, Any]:  # fmt: skip
    """The result of a query as a table: persons as links, what is not verified with its mark.

    Columns ``verified`` and ``unverified`` are marks themselves: of the row, at its last cell, and
    of the cells that they name.
    """
    result = answer.table
    columns = [name for name in result.column_names if name not in _MARKS]
    counted = {name for name in columns if _is_count(result[name])}
    rows = [
        [_value(site, voice, column, row[column], counted)
         | {"mark": voice.t("not_verified") if _is_marked(answer, columns, at, column) else ""}
         for column in columns]
        for at, row in enumerate(result.slice(0, most).to_pylist())
    ]  # fmt: skip
    more = result.num_rows - len(rows)
    made = table(voice, caption, (), rows)
    return made | {
        "headings": [(headings.get(name) or _heading(voice, name),
                      NUMBER if name in counted else TEXT) for name in columns],
        "more": voice.t("more_rows", count=more) if more else "",
    }  # fmt: skip


def _heading(voice: Voice, column: str) -> str:
    """What a column is called that its author gives no heading."""
    if column == "person_id":
        return voice.t("column_person")
    stem = column.removesuffix("_en").removesuffix("_ru")
    for key in (f"item_{stem}", f"field_{stem}", f"column_{stem}"):
        if key in voice.texts and key not in _WHENCE:
            return voice.t(key)
    return stem.replace("_", " ")


def _is_marked(answer: Answer, columns: Sequence[str], at: int, column: str) -> bool:
    """Whether a cell is not verified, by its tables or by the columns that the query gives."""
    if column in answer.unverified and answer.unverified[column][at]:
        return True
    marks = [answer.table[name][at].as_py() if name in answer.table.column_names else None
             for name in _MARKS]  # fmt: skip
    if column in (marks[1] or ()):
        return True
    return marks[0] is False and column == columns[-1]


def _is_count(column: pa.ChunkedArray) -> bool:
    """Whether a column holds numbers: by its type, or written out and not all of them years."""
    kind = column.type
    if pa.types.is_integer(kind) or pa.types.is_floating(kind) or pa.types.is_decimal(kind):
        return True
    texts = column.drop_null().to_pylist() if pa.types.is_string(kind) else []
    return (bool(texts) and all(text.isascii() and text.isdecimal() for text in texts)
            and not all(_YEAR.fullmatch(text) for text in texts))  # fmt: skip


def _value(site: Site, voice: Voice, column: str, value: Any, counted: Collection[str]) -> Any:
    """A cell; texts of a column in ``counted`` are numbers."""
    if column == "person_id" and value in site.content.persons:
        entry = site.entry(value, voice)
        return cell(entry.name, entry.page)
    if column in counted and value is not None:
        words = voice.figure(value) if isinstance(value, str) else shown(value, voice.language)
        return cell(words) | {"kind": NUMBER}
    if isinstance(value, str):
        return cell(displayable(_words(voice, column, value)))
    if isinstance(value, list):
        return cell(", ".join(displayable(_words(voice, column, str(one))) for one in value))
    if isinstance(value, bool):
        return cell(voice.t("yes" if value else "no"))
    return cell(None if value is None else displayable(shown(value, voice.language)))


def _words(voice: Voice, column: str, value: str) -> str:
    """A text in the language of the page where it is a date or has a name there."""
    if column.endswith("_date") or _DAY.fullmatch(value):
        return voice.date(value)
    words = label_of(column, value, voice.language)
    return words if words != value else voice.term(column, value)


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
