"""What did not change is taken from the release before, and the bytes are those of a fresh one."""

import errno
import json
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from martyrolog.archive import Archive
from martyrolog.progress import SILENT, Noting
from martyrolog.provenance import hash_bytes
from martyrolog.publish import STAGE
from martyrolog.publish.previous import INPUTS
from martyrolog.publish.render import render
from martyrolog.tables import TABLES
from tests.unit.publish.build import archive_at, match, record, source_list, tables_of

DAYS = "1790000000", "1790500000"


@pytest.fixture(autouse=True)
def fixed_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", DAYS[0])


def full_tables() -> dict[str, pa.Table]:
    """Persons who stand on the pages of each other in every way that there is."""
    shared = {"death_date": "1938-07-29", "burial_place": "Коммунарка", "nationality": "русский",
              "residence": "ул. Арбат, д. 5", "occupation": "слесарь"}  # fmt: skip
    persons = {
        f"p{n}x": [record(f"r{n}", surname=name, given_name="Иван", birth_date=f"189{n}",
                          fate="executed", charge="ст. 58", note="x", position="член", **shared)]
        for n, name in enumerate(("Ежов", "Пятницкий", "Рудзутак", "Косиор"))
    }  # fmt: skip
    persons["p0x"].append(record("r9", "other", surname="Ежов", birth_date="1890",
                                 source_url="https://example.org/9"))  # fmt: skip
    backing = {"list_id": "memory", "unverified": [], "verbatim": "x", "verbatim_kind": "text",
               "file": "x.csv", "row": 1, "note": "n", "sources": "s"}  # fmt: skip
    pair = {"person_id_left": "p0x", "person_id_right": "p1x"}
    return tables_of(
        persons,
        [source_list("memory", historical=True, url="https://example.org/m", publisher="P"),
         source_list("other", historical=True)],
        trial=[{"trial_id": "t1", "name_en": "A trial", "start_date": "1937", **backing}],
        trial_party=[{"trial_id": "t1", "person_id": f"p{n}x", "record_id": f"r{n}",
                      "role": "defendant", "sentence": "ВМН", "position": "член"}
                     for n in range(2)],
        body=[{"body_id": "b1", "name_en": "A body", "kind": "k", **backing}],
        office=[{"office_id": "o1", "body_id": "b1", "title_en": "An office", **backing}],
        tenure=[{"office_id": "o1", "person_id": "p0x", "record_id": "r0", "position": "p",
                 "held_from": "1936", "held_to": "1937"}],
        cohort=[{"cohort_id": "c1", "name_en": "A group", "kind": "k", **backing}],
        membership=[{"cohort_id": "c1", "person_id": "p0x", "record_id": "r0", "position": "p",
                     "held_from": "1936"}],
        relation=[{**pair, "kind": "namesake", "record_ids": ["r0", "r1"]}],
        possibly_same=[{**pair, "person_id_right": "p2x", "record_id_left": "r0",
                        "record_id_right": "r2", "match_weight": 1.0, "match_probability": 0.5,
                        "reason": "x"}],
        match=[match("r0", "r9", surname=6, given_name=5), match("r0", "r2", 1.0, surname=1,
               nationality=1, occupation=2, birth_date=3)],
        redirect=[{"person_id": "pold", "to_person_ids": ["p0x"]}],
    )  # fmt: skip


def content(archive: Archive) -> dict[str, bytes]:
    folder = archive.releases / (archive.releases / "LATEST").read_text(encoding="utf-8").strip()
    return {str(path.relative_to(archive.releases)): path.read_bytes()
            for path in folder.rglob("*") if path.is_file()}  # fmt: skip


FEW = (("person", "name_latin"), ("record", "verbatim"), ("source_list", "publisher"),
       ("trial", "start_date"), ("office", "title_en"), ("cohort", "name_en"),
       ("match", "level_surname"), ("record", "nationality"))  # fmt: skip
TIES = {("event", "kind"), ("source_list", "kind"), ("statement", "field"), ("relation", "kind"),
        ("record", "verbatim_kind"), ("reject", "verbatim_kind")}  # fmt: skip
"""Columns whose words are few; identifiers too tie the rows together and stay as they are."""
OTHERWISE = {"string": "1935", "date": date(1935, 1, 1)}


def every_column() -> list[tuple[str, str]]:
    """Every column of every table that has a row, but those that tie the rows together."""
    tables = full_tables()
    return [
        (name, column.name) for name, table in tables.items() if table.num_rows
        for column in TABLES[name].columns
        if column.type in ("string", "date", "bool", "int", "float")
        and not column.name.endswith(("_id", "_id_left", "_id_right"))
        and (name, column.name) not in TIES
    ]  # fmt: skip


def changed(tables: dict[str, pa.Table], name: str, column: str) -> dict[str, pa.Table]:
    """The tables with another value in the first row of one column."""
    table = tables[name]
    kind = next(one.type for one in TABLES[name].columns if one.name == column)
    place, values = table.schema.get_field_index(column), table[column].to_pylist()
    if kind == "bool":
        values[0] = not values[0]
    elif kind == "level":
        values[0] -= 1
    else:
        values[0] = OTHERWISE[kind] if kind in OTHERWISE else (values[0] or 0) + 1
    new = table.set_column(place, table.schema.field(place), pa.array(values, table[column].type))
    return {**tables, name: new}


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", DAYS[0])
        archive = archive_at(tmp_path_factory.mktemp("first"))
        STAGE.run(archive, full_tables(), SILENT)
    return archive


def published(archive: Archive, tables: dict[str, pa.Table]) -> tuple[dict[str, bytes], Any]:
    heard = Noting(SILENT)
    STAGE.run(archive, tables, heard)
    return content(archive), heard.said.get("publish.reused")


def copied(archive: Archive, path: Path) -> Archive:
    shutil.copytree(archive.path, path)
    return archive_at(path)


@pytest.mark.parametrize(
    "columns", [FEW, pytest.param(tuple(every_column()), marks=pytest.mark.slow)]
)
def test_a_changed_value_gives_the_bytes_of_a_release_made_from_nothing(
    first: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    columns: tuple[tuple[str, str], ...],
) -> None:  # fmt: skip
    monkeypatch.setattr("os.sched_getaffinity", lambda _: {0})
    monkeypatch.setenv("SOURCE_DATE_EPOCH", DAYS[1])
    base, fresh = copied(first, tmp_path / "base"), tmp_path / "fresh"
    reused = 0
    for name, column in columns:
        tables = changed(full_tables(), name, column)
        expected, _ = published(archive_at(fresh), tables)
        shutil.rmtree(fresh)
        found, said = published(base, tables)
        assert found == expected, (name, column)
        reused += bool(said and said["kept"])
        shutil.copy(first.build / INPUTS, base.build / INPUTS)  # each begins from the first release
        (base.releases / "LATEST").write_text(sorted(first.releases.glob("2*"))[0].name)
    assert reused > len(columns) / 2


def test_only_what_a_changed_row_touches_is_written_anew(
    first: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    base = copied(first, tmp_path / "base")
    made: list[str] = []

    def noted(site: Any, voice: Any, page: Any) -> str:
        made.append(page.path)
        return render(site, voice, page)

    monkeypatch.setattr("martyrolog.publish.jobs.render", noted)
    monkeypatch.setattr("os.sched_getaffinity", lambda _: {0})
    _, said = published(base, changed(full_tables(), "cohort", "note"))
    assert not [path for path in made if path.startswith("p/3x")]
    assert [path for path in made if path.startswith("p/0x")]
    assert said["kept"] > said["made"] > 0
    pages = list(base.releases.rglob("p/3x/p3x/index.html"))
    assert len(pages) == 4
    assert len({path.stat().st_ino for path in pages}) == 2  # one for each language


def test_a_file_of_the_release_before_that_was_altered_is_made_again(
    first: Archive, tmp_path: Path
) -> None:
    base = copied(first, tmp_path / "base")
    tables = changed(full_tables(), "cohort", "note")
    for name in ("p/3x/p3x/index.html", "lists/memory/index.html", "static/site.css"):
        path = next(base.releases.glob(f"*/site/{name}"))
        path.write_text("altered")
    found, _ = published(base, tables)
    expected, _ = published(archive_at(tmp_path / "fresh"), tables)
    assert found == expected


@pytest.mark.parametrize("lost", ["releases", "build", "settings", "manifest"])
def test_without_the_release_before_everything_is_made_anew(
    first: Archive, tmp_path: Path, lost: str
) -> None:
    base = copied(first, tmp_path / "base")
    if lost in ("releases", "build"):
        shutil.rmtree(base.path / lost)
        (base.path / lost).mkdir()
    elif lost == "settings":
        base = archive_at(base.path, possibly_living_years=120)
    else:
        next(base.releases.glob("*/manifest.json")).write_text("{}")
    _, said = published(base, changed(full_tables(), "cohort", "note"))
    assert said is None


def test_what_is_remembered_holds_hashes_of_published_persons_only(
    first: Archive, tmp_path: Path
) -> None:
    base = copied(first, tmp_path / "base")
    known = json.loads((base.build / INPUTS).read_text(encoding="utf-8"))
    assert set(known) == {"release_id", "manifest", "shared", "inputs", "stamps"}
    assert persons_known(known) == {"p0x", "p1x", "p2x", "p3x", "pold"}
    assert all(len(digest) == 64 for digest in known["inputs"].values())
    assert all(len(stamp) == 3 for stamp in known["stamps"].values())
    tables = full_tables()
    few = {**tables, "person": tables["person"].slice(0, 3)}
    published(base, few)
    known = json.loads((base.build / INPUTS).read_text(encoding="utf-8"))
    assert persons_known(known) == {"p0x", "p1x", "p2x", "pold"}


def persons_known(known: dict[str, Any]) -> set[str]:
    paths = [*known["inputs"], *known["stamps"]]
    return {path.split("/")[-2] for path in paths if "/p/" in f"/{path}"}


def test_a_page_names_no_release_so_that_it_stays_the_same_file(first: Archive) -> None:
    files = content(first)
    release = next(iter(files)).split("/")[0]
    naming = {name.split("/site/")[-1] for name, text in files.items() if release.encode() in text}
    assert naming == {
        f"{release}/manifest.json", "static/release.css", "downloads/datapackage.json",
        "about/index.html", "ru/about/index.html",
    }  # fmt: skip


def sound(archive: Archive) -> bool:
    """Whether the newest release has the bytes that its manifest names, and no other file."""
    release = archive.releases / (archive.releases / "LATEST").read_text(encoding="utf-8").strip()
    manifest = json.loads((release / "manifest.json").read_text(encoding="utf-8"))["files"]
    found = {str(path.relative_to(release)): hash_bytes(path.read_bytes())
             for path in release.rglob("*") if path.is_file()}  # fmt: skip
    return found.keys() == {*manifest, "manifest.json"} and found.items() >= manifest.items()


@pytest.mark.parametrize("fate", ["deleted", "moved", "copied over"])
def test_what_becomes_of_an_old_release_does_not_harm_the_new(
    first: Archive, tmp_path: Path, fate: str
) -> None:
    base = copied(first, tmp_path / "base")
    (old,) = base.releases.glob("2*")
    published(base, changed(full_tables(), "cohort", "note"))
    if fate == "copied over":  # as an unpacked ZIP would: files are replaced, not written into
        shutil.copytree(old, tmp_path / "copy")
    if fate == "moved":
        old.rename(tmp_path / "elsewhere")
    else:
        shutil.rmtree(old)
    if fate == "copied over":
        shutil.copytree(tmp_path / "copy", old)
    assert sound(base)
    published(base, changed(full_tables(), "trial", "start_date"))
    assert sound(base)


def test_a_release_on_a_file_system_without_links_is_the_same(
    first: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object, **__: object) -> None:
        raise OSError(errno.EXDEV, "Invalid cross-device link")

    tables = changed(full_tables(), "cohort", "note")
    expected, _ = published(archive_at(tmp_path / "fresh"), tables)
    base = copied(first, tmp_path / "base")
    monkeypatch.setattr("os.link", refused)
    monkeypatch.setattr("os.sched_getaffinity", lambda _: {0})
    found, _ = published(base, tables)
    assert found == expected
    assert all(path.stat().st_nlink == 1 for path in base.releases.rglob("*.html"))


def test_a_run_that_was_killed_midway_leaves_the_old_release_and_the_next_is_whole(
    first: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    base, tables = copied(first, tmp_path / "base"), changed(full_tables(), "cohort", "note")
    before, known = content(base), (base.build / INPUTS).read_bytes()
    monkeypatch.setattr("os.sched_getaffinity", lambda _: {0})
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("martyrolog.publish.release._describe", _killed)
        patch.setattr("martyrolog.publish.release._remove_leftovers", lambda _: None)
        with pytest.raises(KeyboardInterrupt):
            STAGE.run(base, tables, SILENT)
    assert list(base.releases.glob(".unfinished-*"))
    assert (content(base), (base.build / INPUTS).read_bytes()) == (before, known)
    found, said = published(base, tables)
    expected, _ = published(archive_at(tmp_path / "fresh"), tables)
    assert found == expected
    assert said["kept"]
    assert not list(base.releases.glob(".unfinished-*"))


def _killed(*_: object) -> None:
    raise KeyboardInterrupt


def test_a_zip_of_a_release_that_shares_its_files_holds_them_whole(
    first: Archive, tmp_path: Path
) -> None:
    base = copied(first, tmp_path / "base")
    found, _ = published(base, changed(full_tables(), "cohort", "note"))
    name = next(iter(found)).split("/")[0]
    packed = shutil.make_archive(str(tmp_path / "release"), "zip", base.releases, name)
    shutil.rmtree(base.releases)
    shutil.unpack_archive(packed, tmp_path / "unpacked")
    assert {str(path.relative_to(tmp_path / "unpacked")): path.read_bytes()
            for path in (tmp_path / "unpacked").rglob("*") if path.is_file()} == found  # fmt: skip
