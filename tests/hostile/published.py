"""What holds of every file of a release, whatever its lists hold; each check names the file."""

import csv
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import unquote, urlsplit

import pyarrow.parquet as pq
from lxml import etree, html

from tests.hostile.hostile_rows import MARK

ELEMENTS = frozenset({
    "html", "head", "meta", "title", "link", "script", "body", "header", "nav", "main", "footer",
    "section", "article", "aside", "div", "p", "span", "a", "ul", "ol", "li", "dl", "dt", "dd",
    "h1", "h2", "h3", "h4", "table", "caption", "thead", "tbody", "tr", "th", "td", "form", "label",
    "input", "button", "bdi", "br", "blockquote", "q", "cite", "code", "pre", "em", "strong",
    "time", "details", "summary", "small", "noscript", "abbr", "figure", "figcaption", "img",
})  # fmt: skip
TRACK = {"svg": {"class", "aria-hidden"}, "text": {"x", "y"}, "circle": {"cx", "cy", "r"},
         "rect": {"x", "y", "width", "height"}}  # fmt: skip
"""The line of years of a life, with the attributes of its marks: numbers of ours."""
_PLACE = re.compile(r"-?[0-9.]+(e-?[0-9]+)?%?|track|true")
URLS = ("href", "src", "action", "formaction", "poster", "data", "srcset", "cite")
_PATH = re.compile(r"[a-z0-9_-]+(\.[a-z0-9_-]+)*(/[a-z0-9_-]+(\.[a-z0-9_-]+)*)*")
_HIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff]"
)
_SHARD = re.compile(r'martyrologSearch\.add\("((?:names|typos)-[^"\\]+)",(.*)\);\n', re.DOTALL)
_SHARDS = re.compile(r"var martyrologShards=(.*);\n", re.DOTALL)
_FORMULA = tuple("=+-@\t\r")


def check_site(site: Path) -> None:
    """Every file of a site by its kind."""
    files = {path.relative_to(site).as_posix(): path for path in site.rglob("*") if path.is_file()}
    checks: dict[str, Callable[[Path], None]] = {
        ".json": check_json, ".jsonld": check_jsonld, ".csv": check_csv, ".xml": check_sitemap,
        ".svg": check_svg,
    }  # fmt: skip
    for name, path in files.items():
        assert _PATH.fullmatch(name) or name.startswith(("search/", "static/fonts/")), name
        assert max(map(len, PurePosixPath(name).parts)) <= 80, name
        if path.suffix == ".html":
            check_page(path, name, files)
        elif name.startswith("search/") and name != "search/rules.js":
            check_shard(path)
        elif path.suffix in checks:
            checks[path.suffix](path)


def check_page(path: Path, name: str, files: dict[str, Path]) -> None:
    """Only our markup, only our scripts, no address but relative and http ones."""
    content = path.read_bytes()
    found = _HIDDEN.search(content.decode("utf-8"))
    assert found is None, (name, found)
    parser = html.HTMLParser(encoding="utf-8")
    tree = html.document_fromstring(content, parser=parser)
    # the parser knows HTML 4 only; what it says of an unknown element is checked below
    wrong = [each.message for each in parser.error_log if each.type_name != "HTML_UNKNOWN_TAG"]
    assert not wrong, (name, wrong[:3])
    for element in tree.iter(etree.Element):
        assert element.tag in ELEMENTS or element.tag in TRACK, (name, element.tag)
        if element.tag in TRACK:
            _check_track(element, name)
        _check_attributes(element, name, files)
        if element.tag == "script":
            assert not element.text, (name, element.text)
            assert element.get("src"), name
    assert not [each for each in tree.iter(etree.Comment) if MARK in str(each)], name


def _check_track(element: Any, name: str) -> None:
    assert element.tag == "svg" or element.getparent().tag == "svg", (name, element.tag)
    assert set(element.attrib) <= TRACK[element.tag], (name, element.attrib)
    for value in element.attrib.values():
        assert _PLACE.fullmatch(value), (name, value)
    assert re.fullmatch("[0-9]*", (element.text or "").strip()), (name, element.text)


def check_svg(path: Path) -> None:
    """A picture that runs nothing and asks no other file for anything."""
    content = path.read_bytes()
    found = _HIDDEN.search(content.decode("utf-8"))
    assert found is None, (path.name, found)
    tree = etree.fromstring(content, etree.XMLParser(resolve_entities=False))
    for element in tree.iter(etree.Element):
        name = etree.QName(element).localname
        assert name not in ("script", "foreignObject", "image", "use", "a"), (path.name, name)
        for qualified, value in element.attrib.items():
            attribute = etree.QName(qualified).localname
            assert not attribute.startswith("on"), (path.name, attribute)
            assert attribute not in URLS or str(value).startswith("#"), (path.name, value)
            assert not re.search(r"url\((?!#|\"#|'#)", str(value)), (path.name, value)
        if name == "style":
            assert "url(" not in (element.text or ""), path.name
            assert "@import" not in (element.text or ""), path.name


def _check_attributes(element: Any, name: str, files: dict[str, Path]) -> None:
    for attribute, value in element.attrib.items():
        assert not attribute.startswith("on"), (name, attribute)
        assert MARK not in attribute, (name, attribute)
        assert attribute != "style", (name, value)
        if attribute == "http-equiv":
            assert value == "Content-Security-Policy", (name, value)
        if attribute in URLS:
            _check_address(value, element.tag, name, files)


def _check_address(value: str, tag: str, name: str, files: dict[str, Path]) -> None:
    parts = urlsplit(value)
    if parts.scheme or parts.netloc:
        assert parts.scheme in ("http", "https"), (name, value)
        assert parts.hostname, (name, value)
        assert tag == "a", (name, value)
        assert not re.search(r"[\s<>\"'`\\]", value), (name, value)
    elif parts.path:
        target = _resolved(PurePosixPath(name).parent, unquote(parts.path))
        assert target in files, (name, value)


def _resolved(folder: PurePosixPath, path: str) -> str:
    done: list[str] = [part for part in folder.parts if part != "."]
    for part in path.split("/"):
        if part == "..":
            assert done, path
            done.pop()
        elif part not in ("", "."):
            done.append(part)
    return "/".join(done)


def check_shard(path: Path) -> None:
    """One call whose arguments are JSON, safe within a script element and on every engine."""
    content = path.read_bytes().decode("utf-8")
    found = (_SHARDS if path.name == "shards.js" else _SHARD).fullmatch(content)
    assert found, path.name
    strict_json(found.groups()[-1])
    assert not re.search("[<>\u2028\u2029\ufeff\x00]", content), path.name
    if path.name != "shards.js":
        assert found[1] + ".js" == path.name


def strict_json(text: str) -> Any:
    """The value; NaN and infinities, which no other reader takes, are an error."""

    def refuse(constant: str) -> None:
        raise ValueError(constant)

    return json.loads(text, parse_constant=refuse)


def check_json(path: Path) -> None:
    """JSON that any reader takes."""
    strict_json(path.read_bytes().decode("utf-8"))


def check_jsonld(path: Path) -> None:
    """JSON whose addresses are http ones."""
    value = strict_json(path.read_bytes().decode("utf-8"))
    works = value.get("subjectOf", [])
    links = [*value.get("sameAs", []), *(work["url"] for work in works if "url" in work)]
    assert all(re.match("https?://", link) for link in links), (path, links)


def check_csv(path: Path) -> None:
    """No cell is a formula, and the rows are those of the Parquet file."""
    csv.field_size_limit(2**31 - 1)
    with path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.reader(_whole_lines(stream), strict=True))
    for row in rows[1:]:
        for cell in row:
            plain = re.fullmatch(r"-?\d+(\.\d+)?(e-?\d+)?", cell)
            assert plain or not cell.startswith(_FORMULA), (path.name, cell[:40])
    assert {len(row) for row in rows} == {len(rows[0])}
    assert len(rows) - 1 == pq.read_metadata(path.with_suffix(".parquet")).num_rows, path.name


def _whole_lines(stream: Any) -> Iterator[str]:
    yield from stream


def check_sitemap(path: Path) -> None:
    """Well-formed, and every address a page of the site."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    tree = etree.fromstring(path.read_bytes(), parser)
    addresses = [str(each.text) for each in tree.iter("{*}loc")]
    assert addresses
    for address in addresses:
        assert (path.parent / address.lstrip("/")).is_file(), address
