"""Planted secrets: marked values in every field of those withheld must reach no published byte."""

import gzip
import io
import json
import zipfile
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from martyrolog.levels import field_label, level_label
from martyrolog.progress import SILENT
from martyrolog.provenance import append_log
from martyrolog.publish import STAGE, search_persons
from martyrolog.tables import DATE_FIELDS, STANDARD_FIELDS, write_table
from tests.unit.publish.build import Row, archive_at, match, record, source_list, tables_of

MARK = "zqxsecret"
LIVING_BIRTH = "1961-02-03"


def marked(field: str) -> str:
    return f"{MARK}{field.replace('_', '')}"


def living_record() -> Row:
    """A person who may be living, a marked value in every text field that tells of no death."""
    told = {*DATE_FIELDS, "fate", "death_place", "burial_place"}
    fields = {name: marked(name) for name in STANDARD_FIELDS if name not in told}
    fields["source_url"] = f"https://example.org/{MARK}"
    row = record("rsecret", birth_date=LIVING_BIRTH, **fields)
    return row | {"verbatim": f"{MARK}verbatim {LIVING_BIRTH}", "file": "list.csv"}


def archive_with_secrets(path: Path) -> Path:
    archive = archive_at(path)
    surname, given = marked("surname"), marked("given_name")
    named = f"допрошен {surname.title()} {given.title()}, сосед"
    dead = record("rdead", surname="Петров", given_name="Лев", birth_date="1890", death_date="1937",
                  note=named, charge=named, position=named)  # fmt: skip
    hidden = record("rhidden", surname="Волков", given_name="Пётр", death_date="1938",
                    residence=f"{MARK} street 7", note=f"lived: {MARK} street 7",
                    other_names="Серый")  # fmt: skip
    other = record("rhidden2", surname="Серый", given_name="Пётр", death_date="1938",
                   residence=f"{MARK} street 7")  # fmt: skip
    erased = record("rerased", surname=f"{MARK}erased", death_date="1938")
    backing = {"list_id": "memory", "unverified": [], "verbatim": named, "verbatim_kind": "text",
               "file": "x.csv", "row": 1, "note": named, "sources": named}  # fmt: skip
    both = {"person_id_left": "pdead", "person_id_right": "psecret"}
    tables = tables_of(
        {"pdead": [dead], "psecret": [living_record()], "phidden": [hidden, other],
         "perased": [erased]},
        [source_list("memory"), source_list("other", historical=True)],
        reject=[{"list_id": "memory", "verbatim": f"{MARK} row", "verbatim_kind": "text",
                 "file": "x.csv", "row": 1, "reason": "read.none", "detail": f"{MARK} detail"}],
        trial=[{"trial_id": "t1", "name_en": "A trial", "judges": named, "presiding": named,
                "court_secretary": named, "prosecutor": named, **backing}],
        body=[{"body_id": "b1", "name_en": "A body", **backing}],
        office=[{"office_id": "o1", "body_id": "b1", "title_en": "An office", **backing}],
        cohort=[{"cohort_id": "c1", "name_en": "A group", **backing}],
        operation=[{"operation_id": "op1", "name_en": "An operation", **backing}],
        published_figure=[{"figure_id": "f1", "measure": "shot", "value": "1", **backing}],
        trial_party=[{"trial_id": "t1", "person_id": "psecret", "record_id": "rsecret",
                      "role": "judge", "sentence": MARK, "position": MARK}],
        tenure=[{"office_id": "o1", "person_id": "psecret", "record_id": "rsecret"}],
        membership=[{"cohort_id": "c1", "person_id": "psecret", "record_id": "rsecret"}],
        relation=[{**both, "kind": "namesake", "record_ids": ["rdead", "rsecret"]}],
        possibly_same=[{**both, "record_id_left": "rdead", "record_id_right": "rsecret",
                        "match_weight": 1.0, "match_probability": 0.5, "reason": "x"}],
        match=[
            match("rdead", "rsecret", 0.0, surname=6, birth_place=3),
            match("rhidden", "rhidden2", surname=3, given_name=5, residence=3, death_date=6),
        ],
        redirect=[{"person_id": "pold", "to_person_ids": ["psecret"]}],
    )  # fmt: skip
    append_log(
        archive.hand / "redactions.jsonl",
        [{"record_id": "rhidden", "field": "residence"},
         {"record_id": "rhidden", "field": "other_names"}, {"person_id": "perased", "field": "*"}],
        author="Redactor", reason="asked by the family",
    )  # fmt: skip
    for name, table in tables.items():
        write_table(archive.build, name, table)
    STAGE.run(archive, tables, SILENT)
    return archive.path


@pytest.fixture(scope="module")
def archive_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return archive_with_secrets(tmp_path_factory.mktemp("secrets"))


def published_bytes(folder: Path) -> dict[str, bytes]:
    """Every published file; packed ones unpacked, tables as their values."""
    found = {}
    for path in folder.rglob("*"):
        if path.is_file():
            found[str(path)] = path.read_bytes()
            if path.suffix == ".gz":
                found[f"{path} unpacked"] = gzip.decompress(path.read_bytes())
            elif path.suffix == ".zip":
                with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as packed:
                    found |= {f"{path} {n}": packed.read(n) for n in packed.namelist()}
            elif path.suffix == ".parquet":
                rows = pq.read_table(path).to_pylist()
                found[f"{path} rows"] = json.dumps(rows, default=str, ensure_ascii=False).encode()
    return found


@pytest.mark.parametrize("secret", [MARK, LIVING_BIRTH, "psecret", "rsecret", "perased", "rerased"])
def test_no_published_byte_holds_a_secret(archive_path: Path, secret: str) -> None:
    files = published_bytes(archive_path / "releases")
    assert len(files) > 50
    holding = [name for name, content in files.items() if secret.encode() in content.lower()]
    assert holding == []


def test_no_file_is_named_after_a_withheld_person(archive_path: Path) -> None:
    names = [path.name for path in (archive_path / "releases").rglob("*")]
    assert not [name for name in names if "secret" in name or "erased" in name]


def test_what_is_not_withheld_is_published(archive_path: Path) -> None:
    whole = b"".join(published_bytes(archive_path / "releases").values()).decode(errors="replace")
    for word in ("Петров", "Волков", "Пётр = Пётр", "A trial", "2 persons are withheld"):
        assert word in whole


def test_why_records_are_linked_says_nothing_of_a_hidden_field(archive_path: Path) -> None:
    (page,) = (archive_path / "releases").glob("*/site/p/**/phidden/index.html")
    _, _, joined = page.read_text(encoding="utf-8").partition('id="joined"')
    why, _, _ = joined.partition("</section>")
    assert field_label("given_name") in why
    assert field_label("death_date") in why
    assert field_label("residence") not in why
    assert level_label("surname", 3) not in why  # it would tell a hidden other name
    assert not list((archive_path / "releases").rglob("match.*"))


def test_search_finds_nobody_withheld(archive_path: Path) -> None:
    from martyrolog.archive import Archive

    settings = archive_at(archive_path).settings
    archive = Archive(archive_path, settings)
    assert search_persons(archive, marked("surname")) == []
    assert search_persons(archive, f"{MARK}erased") == []
    assert [row["person_id"] for row in search_persons(archive, "Petrov")] == ["pdead"]
