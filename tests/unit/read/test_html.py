"""HTML pages: tables, entries, and what hides in markup."""

from pathlib import Path

import pytest

from martyrolog.errors import ListError

from .sources import read, rows_of, written

PAGE = """<html><body>
<h2><a name="s1">First street</a></h2>
<p class="x"><b>Yakir Iona</b>, born
1896<br>commander<script>alert(1)</script></p>
<h2><a name="s2">Second street</a></h2>
<p class="x"><b>Putna Vitovt</b>, born 1893</p>
</body></html>"""

ENTRIES = {
    "format": "html",
    "html": {
        "entries": "p.x",
        "parts": {"name": "b"},
        "context": {"street": "h2", "anchor": "h2 a@name"},
        "page": "street",
    },
    "columns": {"full_name": "name", "residence": "street"},
    "patterns": {"steps": [{"find": r"born (?P<birth_date>\d{4})"}]},
    "source_url": "https://example.org/{stem}.htm#{anchor}",
}


def test_elements_are_entries_with_parts_and_context(tmp_path: Path) -> None:
    first, second = rows_of(read(written(tmp_path, "page-1.htm", PAGE), ENTRIES))
    assert (first["surname"], first["birth_date"], first["residence"]) == (
        "Yakir",
        "1896",
        "First street",
    )
    assert first["page"] == "First street"
    assert second["source_url"] == "https://example.org/page-1.htm#s2"


def test_the_text_of_an_entry_is_what_a_reader_sees(tmp_path: Path) -> None:
    first, _ = rows_of(read(written(tmp_path, "p.htm", PAGE), ENTRIES))
    assert first["verbatim"] == "Yakir Iona, born 1896\ncommander"
    assert first["verbatim_kind"] == "text"


def test_every_table_is_read_and_named(tmp_path: Path) -> None:
    table = "<table><tr><th>Surname<th>Given name</tr><tr><td>{}<td>Ivan</tr></table>"
    page = table.format("Yakir") + table.format("Putna")
    found = rows_of(read(written(tmp_path, "p.html", page)))
    assert [(row["surname"], row["page"]) for row in found] == [
        ("Yakir", "table 1"),
        ("Putna", "table 2"),
    ]


def test_cells_that_span_rows_and_columns_keep_the_others_in_place(tmp_path: Path) -> None:
    page = """<table><tr><td>Surname<td>Residence<td>Party<td>Born</tr>
    <tr><td>Yakir<td rowspan=2>Kiev<td>a<td>1896</tr>
    <tr><td>Putna<td>b<td>1893</tr>
    <tr><td>Kork<td colspan=2>Minsk<td>1887</tr></table>"""
    found = rows_of(read(written(tmp_path, "p.html", page)))
    assert [(row["residence"], row["party"], row["birth_date"]) for row in found] == [
        ("Kiev", "a", "1896"),
        ("Kiev", "b", "1893"),
        ("Minsk", None, "1887"),
    ]


def test_markup_in_text_stays_text(tmp_path: Path) -> None:
    page = "<table><tr><td>Surname<td>Born</tr><tr><td>&lt;script&gt;x<td>1890</tr></table>"
    (row,) = rows_of(read(written(tmp_path, "p.html", page)))
    assert row["surname"] == "<script>x"


def test_entities_from_outside_are_not_loaded(tmp_path: Path) -> None:
    secret = written(tmp_path, "secret.txt", "secret words")
    page = (
        f'<!DOCTYPE html [<!ENTITY s SYSTEM "{secret.as_uri()}">]>'
        "<table><tr><td>Surname<td>Born</tr><tr><td>Yakir &s;<td>1896</tr></table>"
    )
    assert "secret words" not in str(rows_of(read(written(tmp_path, "p.html", page))))


def test_nesting_beyond_bounds_is_refused_instead_of_cut(tmp_path: Path) -> None:
    page = "<div>" * 100_000 + "<table><tr><td>Surname<td>Born<tr><td>Yakir<td>1896</table>"
    with pytest.raises(ListError) as refused:
        read(written(tmp_path, "p.html", page))
    assert refused.value.key == "read.html_limit"


def test_a_selector_that_cannot_be_understood_is_named(tmp_path: Path) -> None:
    with pytest.raises(ListError, match="CSS selector"):
        read(written(tmp_path, "p.html", PAGE), {"format": "html", "html": {"entries": "p[["}})


@pytest.mark.parametrize("page", ["", "   ", "<html></html>", "<p>no table</p>"])
def test_a_page_without_rows_is_an_empty_list(tmp_path: Path, page: str) -> None:
    with pytest.raises(ListError, match="holds no rows"):
        read(written(tmp_path, "p.html", page))


def test_absurd_spans_are_bounded(tmp_path: Path) -> None:
    page = "<table><tr><td colspan=999999999>Surname<tr><td rowspan=9999999999>Yakir</table>"
    assert read(written(tmp_path, "p.html", page)).rows == 1
