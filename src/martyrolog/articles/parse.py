"""The files of ``articles/``: what an author writes, taken apart, nothing computed.

An article is ``NAME.LANGUAGE.md``: a heading in YAML between lines ``---`` (``title``), prose in
Markdown, and fenced blocks: ```` ```query NAME ```` holds SQL; ```` ```table NAME ````,
```` ```list NAME ````, ```` ```persons NAME ````, ```` ```map NAME ```` and ```` ```chart NAME ````
show its result there (options in YAML);
```` ```claim ID ```` holds a claim in YAML. ``{{ NAME }}`` or ``{{ NAME.column }}`` in the prose is
a value, ``{{ NAME.column | words }}`` one that these words stand for where it is not known. A query
```` ```query NAME rows OTHER ```` says itself which query gives the rows behind its values. A
query or the query of a claim that one language leaves out is that of the others.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar, cast, get_args

from markdown_it import MarkdownIt
from markdown_it.token import Token
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from yaml import YAMLError

from martyrolog.articles.evidence import columns_of
from martyrolog.errors import QueryError
from martyrolog.messages import LANGUAGES
from martyrolog.yaml_text import parse_foreign_yaml

_FILE = re.compile(r"(?P<name>[a-z0-9][a-z0-9-]{0,62})\.(?P<language>[a-z]{2})\.md")
_NAME = re.compile(r"[a-z][a-z0-9_]{0,62}")
_HEAD = re.compile(r"---\n(?P<head>.*?\n)---\n", re.DOTALL)
MOST_BYTES = 1_000_000

_Model = TypeVar("_Model", bound=BaseModel)
ShowKind = Literal["table", "list", "persons", "chart", "map"]
SHOWN = get_args(ShowKind)


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Heading(_Strict):
    """What stands between the lines ``---``."""

    title: Annotated[str, Field(min_length=1)]


class ShowOptions(_Strict):
    """Options of a block that shows a result.

    Attributes:
        caption: What is shown.
        columns: Headings of the columns, by name; a column not named is headed by its name.
        kind: Of a chart: ``bar`` or ``line``.
        x: Of a chart: column along.
        y: Of a chart: column up, a number.
        item: Of a list: the words of a line, with names of columns in braces.
    """

    caption: str = ""
    columns: Mapping[str, str] = {}
    kind: Literal["bar", "line"] = "bar"
    x: str = ""
    y: str = ""
    item: str = ""


class ClaimText(_Strict):
    """What a claim block holds.

    Attributes:
        sentence: The claim, as a general account makes it.
        needs: What would support it, in words.
        evidence: What a case rests on, in words, with names of columns of the query in braces.
        query: One row a case, with a column ``supports`` (boolean; null: not known) and, where
            they help, ``verified`` (boolean), ``person_id``, and the columns that ``evidence``
            names in any language.
        supported_at: Share of the cases from which the claim is supported.
        partly_at: Share from which it is partly so; null: below ``supported_at`` it is
            contradicted.
    """

    sentence: Annotated[str, Field(min_length=1)]
    needs: str = ""
    evidence: str = ""
    query: str = ""
    supported_at: Annotated[float, Field(gt=0, le=1)] = 1.0
    partly_at: Annotated[float | None, Field(gt=0, lt=1)] = None


@dataclass(frozen=True)
class Query:
    """One named query and the line on which its block begins.

    Attributes:
        rows: The query whose rows its values rest on, where the author names one.
    """

    name: str
    sql: str
    line: int
    rows: str = ""


@dataclass(frozen=True)
class Show:
    """One place where a result is shown."""

    kind: ShowKind
    name: str
    options: ShowOptions
    line: int


@dataclass(frozen=True)
class Claim:
    """One claim and the line on which its block begins.

    Attributes:
        named: Columns that the evidence names in any language.
    """

    claim_id: str
    text: ClaimText
    line: int
    named: frozenset[str] = frozenset()


Block = Show | Claim | Sequence[Token]
"""A block that computes, or the tokens of some prose."""


@dataclass(frozen=True, eq=False)
class Article:
    """One article in one language.

    Attributes:
        article_id: Its name, the same in every language.
        queries: Its queries by name, with those that only another language writes.
        claims: Its claims by id, each with its query, also where only another language writes it.
        blocks: Prose, shows and claims in their order.
    """

    article_id: str
    language: str
    title: str
    queries: Mapping[str, Query]
    claims: Mapping[str, Claim]
    blocks: Sequence[Block] = field(default=())

    @property
    def file(self) -> str:
        """The file's name, for messages."""
        return f"{self.article_id}.{self.language}.md"


def read_articles(folder: Path) -> list[Article]:
    """Every article of a folder, by name and language; queries shared between languages.

    Args:
        folder: ``articles/`` of an archive; a folder that is not there holds none.

    Raises:
        QueryError: a file or block cannot be understood; the message names article and line.
    """
    parsed = [_read(path) for path in sorted(folder.glob("*.md"))]
    return [_completed(one, [other for other in parsed if other.article_id == one.article_id])
            for one in parsed]  # fmt: skip


def _read(path: Path) -> Article:
    named = _FILE.fullmatch(path.name)
    if named is None or named["language"] not in LANGUAGES:
        raise QueryError("history.article_name", article=path.name)
    try:
        content = path.read_bytes()
        if path.is_symlink() or len(content) > MOST_BYTES:
            raise QueryError("history.article_unreadable", article=path.name)
        text = content.decode("utf-8-sig").replace("\r\n", "\n")
    except (OSError, UnicodeDecodeError) as problem:
        raise QueryError("history.article_unreadable", article=path.name) from problem
    return parse_article(text, named["name"], named["language"])


def parse_article(text: str, article_id: str, language: str) -> Article:
    """One article from its text; queries that it leaves out are still missing.

    Raises:
        QueryError: as :func:`read_articles`.
    """
    file = f"{article_id}.{language}.md"
    head = _HEAD.match(text)
    if head is None:
        raise QueryError("history.article_head", article=file)
    heading = _checked(Heading, head["head"], file, 1)
    before = head[0].count("\n")
    queries: dict[str, Query] = {}
    claims: dict[str, Claim] = {}
    blocks: list[Block] = []
    for token in markdown().parse(text[head.end() :]):
        line = before + (token.map[0] if token.map else 0) + 1
        made = _block(token, file, line) if token.type == "fence" else None
        if isinstance(made, Query):
            _add(queries, made.name, made, file)
        elif isinstance(made, Claim):
            _add(claims, made.claim_id, made, file)
            blocks.append(made)
        elif made is not None:
            blocks.append(made)
        elif blocks and isinstance(blocks[-1], list):
            blocks[-1].append(token)
        else:
            blocks.append([token])
    return Article(article_id, language, heading.title, queries, claims, blocks)


def markdown() -> MarkdownIt:
    """The Markdown of articles: CommonMark with tables, HTML shown as text."""
    return MarkdownIt("commonmark", {"html": False}).enable("table")


def _add(known: dict[str, Any], name: str, made: Query | Claim, file: str) -> None:
    if name in known:
        raise QueryError("history.article_twice", article=file, line=made.line, query=name)
    known[name] = made


def _block(token: Token, file: str, line: int) -> Query | Show | Claim | None:
    """A fenced block that computes; None for any other, which is prose."""
    kind, _, rest = token.info.strip().partition(" ")
    name, *behind = rest.split()[:4] or [""]
    if kind not in ("query", "claim", *SHOWN):
        return None
    named = kind == "query" and len(behind) == 2 and behind[0] == "rows"
    if not _NAME.fullmatch(name) or (behind and not named):
        raise QueryError("history.article_block", article=file, line=line,
                         query=token.info.strip())  # fmt: skip
    if kind == "query":
        return Query(name, token.content, line, behind[1] if named else "")
    if kind == "claim":
        said = _checked(ClaimText, token.content, file, line)
        return Claim(name, said, line, frozenset(columns_of(said.evidence)))
    options = _checked(ShowOptions, token.content or "{}", file, line)
    return Show(cast("ShowKind", kind), name, options, line)


def _checked(model: type[_Model], text: str, file: str, line: int) -> _Model:
    try:
        return model.model_validate(parse_foreign_yaml(text) or {})
    except ValidationError as problem:
        first = problem.errors()[0]
        why = f"{'.'.join(str(part) for part in first['loc'])}: {first['msg']}"
    except (YAMLError, ValueError, RecursionError) as problem:
        why = str(problem).replace("\n", " ")
    raise QueryError("history.article_options", article=file, line=line, why=why)


def _completed(one: Article, languages: Sequence[Article]) -> Article:
    """The article with the queries that only another language writes.

    They stand in the order of the language that writes most of them, so that one which this
    language words anew may still read those above it.
    """
    fullest = max(languages, key=lambda other: len(other.queries))
    queries = {name: query for other in (fullest, *reversed(languages), one)
               for name, query in other.queries.items()}  # fmt: skip
    claims = {}
    for claim_id, claim in one.claims.items():
        texts = [other.claims[claim_id].text for other in (one, *languages)
                 if claim_id in other.claims]  # fmt: skip
        written = [text for text in texts if text.query]
        if not written:
            raise QueryError("history.claim_without_query", article=one.file, line=claim.line,
                             query=claim_id)  # fmt: skip
        same = {name: getattr(written[0], name) for name in ("query", "supported_at", "partly_at")}
        same["evidence"] = next((text.evidence for text in texts if text.evidence), "")
        named = frozenset(name for text in texts for name in columns_of(text.evidence))
        claims[claim_id] = Claim(claim_id, claim.text.model_copy(update=same), claim.line, named)
    for block in one.blocks:
        if isinstance(block, Show) and block.name not in queries:
            raise QueryError("history.article_no_query", article=one.file, line=block.line,
                             query=block.name)  # fmt: skip
    for query in queries.values():
        if query.rows and query.rows not in queries:
            raise QueryError("history.article_no_query", article=one.file, line=query.line,
                             query=query.rows)  # fmt: skip
    return Article(one.article_id, one.language, one.title, queries, claims, one.blocks)
