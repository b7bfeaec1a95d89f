"""A site built of hostile lists: only our markup, only safe addresses, every file well-formed."""

import contextlib
from pathlib import Path
from typing import Any

import pytest

from martyrolog.archive import Archive, open_archive
from martyrolog.errors import QueryError
from martyrolog.pipeline import build
from martyrolog.publish.release import latest_id
from martyrolog.publish.search import search_persons
from martyrolog.tables import read_table
from tests.hostile.archives import make_hostile_archive
from tests.hostile.hostile_rows import ENDINGS, MARK
from tests.hostile.published import check_page, check_site

ROWS_OF_EACH = 20


def site_of(archive: Archive) -> Path:
    return archive.releases / (latest_id(archive) or "none") / "site"


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    folder = make_hostile_archive(tmp_path_factory.mktemp("hostile") / "a", ROWS_OF_EACH)
    archive = open_archive(folder)
    build(archive)
    return archive


def test_every_published_file_is_ours_but_for_escaped_text(hostile: Archive) -> None:
    check_site(site_of(hostile))


def test_the_attacks_reach_the_site_as_text(hostile: Archive) -> None:
    pages = [path.read_text(encoding="utf-8") for path in site_of(hostile).rglob("*.html")]
    assert sum(f"&lt;script&gt;{MARK}" in page for page in pages) > ROWS_OF_EACH
    assert sum(person["records"] for person in _persons(hostile)) > ROWS_OF_EACH * len(ENDINGS) / 2


def test_a_page_that_lets_markup_through_is_noticed(hostile: Archive, tmp_path: Path) -> None:
    whole = (site_of(hostile) / "index.html").read_text(encoding="utf-8")
    for attack in (f"<{MARK}>", "<p onclick=x()>", "<a href='javascript:x()'>", "</section></div>",
                   "<script>1</script>", "<a href='missing.html'>", "\u202e"):  # fmt: skip
        broken = tmp_path / "index.html"
        broken.write_text(whole.replace("</main>", attack + "</main>"), encoding="utf-8")
        with pytest.raises(AssertionError):
            check_page(broken, "index.html", _files(hostile))


def test_rows_in_are_records_and_rejects_in_every_list(hostile: Archive) -> None:
    lists = read_table(hostile.build, "source_list").to_pylist()
    assert len(lists) > len(ENDINGS)
    assert all(row["rows_in"] == row["records"] + row["rejects"] for row in lists)


def test_a_surname_with_a_latin_letter_is_linked_and_found_in_either_spelling(
    hostile: Archive,
) -> None:
    planted = [person for person in _persons(hostile) if person["given_name"] == "Поликарп"]
    assert [person["records"] for person in planted] == [2]
    for query in ("Исаев", "Иcаев", "Isaev", "Исаев П. Е. 1890"):
        found = [person["person_id"] for person in search_persons(hostile, query, limit=10_000)]
        assert planted[0]["person_id"] in found, query


@pytest.mark.parametrize("query", [
    "", "<script>", "(((", "\x00", "а" * 10_000, "* OR 1=1", "\u202eа", "a b c d e f g h i j k",
])  # fmt: skip
def test_no_query_ends_search_with_a_traceback(query: str, hostile: Archive) -> None:
    with contextlib.suppress(QueryError):
        assert isinstance(search_persons(hostile, query), list)


@pytest.mark.slow
def test_a_site_of_ten_thousand_hostile_rows_is_sound(tmp_path: Path) -> None:
    archive = open_archive(make_hostile_archive(tmp_path / "a", 1_280, seed=1938))
    build(archive)
    check_site(site_of(archive))


def _persons(archive: Archive) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = read_table(archive.build, "person").to_pylist()
    return found


def _files(archive: Archive) -> dict[str, Path]:
    site = site_of(archive)
    return {path.relative_to(site).as_posix(): path for path in site.rglob("*") if path.is_file()}
