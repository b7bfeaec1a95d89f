"""The whole archive of examples/moscow: 15,557 rows, from lists to a release."""

import json
import shutil
import subprocess
import sys
import time
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import pytest

from benchmarks.history.moscow import lines
from martyrolog.archive import Archive, open_archive
from martyrolog.tables import read_table

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "moscow"
NEEDED = ("surname", "given_name", "birth_date", "birth_place", "death_date", "burial_place")

pytestmark = pytest.mark.slow


def build(folder: Path) -> tuple[float, float]:
    """Build in a process of its own; its seconds and its peak memory in GB."""
    script = (
        "import resource, sys\n"
        "from martyrolog.cli import main\n"
        "try:\n    main(['build', '--dir', sys.argv[1]])\n"
        "except SystemExit as left:\n    assert not left.code, left.code\n"
        "kinds = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)\n"
        "print('peak', max(resource.getrusage(kind).ru_maxrss for kind in kinds))\n"
    )
    started = time.perf_counter()
    shown = subprocess.run(
        [sys.executable, "-c", script, str(folder)],
        capture_output=True, text=True, timeout=600, check=True,
    ).stdout  # fmt: skip
    return time.perf_counter() - started, int(shown.split()[-1]) / 1e6


@pytest.fixture(scope="module")
def folder(data_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example with the lists copied in, as `make moscow` does it."""
    made = tmp_path_factory.mktemp("moscow") / "archive"
    made.mkdir()
    for name in ("archive.toml", "Makefile", "published-figures.csv"):
        shutil.copy(EXAMPLE / name, made)
    shutil.copytree(EXAMPLE / "profiles", made / "profiles")
    subprocess.run(["make", "--quiet", "lists/.copied", f"DATA={data_dir}"], cwd=made, check=True)
    return made


@pytest.fixture(scope="module")
def first_build(folder: Path) -> tuple[float, float]:
    return build(folder)


@pytest.fixture(scope="module")
def archive(folder: Path, first_build: tuple[float, float]) -> Archive:
    return open_archive(folder)


@pytest.fixture(scope="module")
def clusters(archive: Archive) -> list[list[dict[str, Any]]]:
    records = {row["record_id"]: row for row in read_table(archive.build, "record").to_pylist()}
    found = defaultdict(list)
    for row in read_table(archive.build, "person_record").to_pylist():
        found[row["person_id"]].append(records[row["record_id"]])
    return list(found.values())


def test_every_row_is_a_record(archive: Archive) -> None:
    counts = read_table(archive.build, "source_list").to_pylist()
    rows = {row["list_id"]: (row["rows_in"], row["records"], row["rejects"]) for row in counts}
    assert rows == {
        "moscow-shot": (11_789, 11_789, 0),
        "moscow-second-edition": (770, 770, 0),
        "north-ossetia": (2_998, 2_998, 0),
        "published-figures": (14, 14, 0),
    }


def test_the_years_shot_are_the_known_totals_of_the_list(archive: Archive) -> None:
    days = read_table(archive.build, "record").select(["list_id", "death_date"]).to_pylist()
    years = Counter(row["death_date"][:4] for row in days if row["list_id"] == "moscow-shot")
    assert (years["1937"], years["1938"]) == (3_691, 6_296)


def test_the_page_of_the_archive_says_what_it_documents(archive: Archive) -> None:
    page = EXAMPLE.parents[1] / "docs" / "explanation" / "moscow-archive.md"
    said = page.read_text(encoding="utf-8").splitlines()
    for line in lines(archive.build):
        assert line in said, line


@pytest.mark.parametrize("field", NEEDED)
def test_the_fields_of_moscow_are_parsed(archive: Archive, field: str) -> None:
    rows = read_table(archive.build, "record").select(["list_id", field]).to_pylist()
    given = [row[field] is not None for row in rows if row["list_id"] == "moscow-shot"]
    assert sum(given) >= 0.99 * len(given)


def test_namesakes_with_other_births_or_days_of_death_stay_apart(
    clusters: list[list[dict[str, Any]]],
) -> None:
    for records in clusters:
        for field in ("birth_date", "death_date"):
            given = [row for row in records if row[field]]
            last = min((row[f"{field}_latest"] for row in given), default=None)
            assert all(row[f"{field}_earliest"] <= last for row in given), [
                row["record_id"] for row in records
            ]


def test_persons_under_two_burial_grounds_are_found(
    archive: Archive, clusters: list[list[dict[str, Any]]]
) -> None:
    merged = sum(
        len({row["burial_place"] for row in records if row["list_id"] == "moscow-shot"}) > 1
        for records in clusters
    )
    assert merged >= 2
    assert read_table(archive.build, "possibly_same").num_rows >= 1


def test_no_person_of_the_lists_is_withheld(archive: Archive) -> None:
    release = read_table(archive.build, "release").to_pylist()[0]
    assert release["withheld"] == 0
    persons = read_table(archive.build, "person").num_rows
    assert release["persons"] == persons


@pytest.mark.alone
def test_nothing_changed_is_a_matter_of_seconds(archive: Archive) -> None:
    before = json.loads((archive.build / "run.json").read_text())
    assert min(build(archive.path)[0] for _ in range(2)) <= 3
    assert json.loads((archive.build / "run.json").read_text()) == before


def test_one_changed_row_changes_only_its_own_record_and_person(
    archive: Archive, tmp_path: Path
) -> None:
    copy = tmp_path / "archive"
    for part in ("lists", "profiles", "hand", "build"):
        shutil.copytree(archive.path / part, copy / part)
    shutil.copy(archive.path / "archive.toml", copy)
    table = copy / "lists" / "second-edition.csv"
    lines = table.read_text(encoding="utf-8").split("\n")
    lines[5] = lines[5].replace("род. ", "род. в ", 1)
    table.write_text("\n".join(lines), encoding="utf-8")
    build(copy)
    old, new = (
        {row["record_id"]: row for row in read_table(a / "build", "record").to_pylist()}
        for a in (archive.path, copy)
    )
    assert len(old.keys() - new.keys()) == len(new.keys() - old.keys()) == 1
    assert all(old[key] == new[key] for key in old.keys() & new.keys())
    ids = [set(read_table(a / "build", "person").column("person_id").to_pylist())
           for a in (archive.path, copy)]  # fmt: skip
    assert ids[0] == ids[1]


@pytest.mark.alone
def test_the_build_keeps_to_its_time_and_memory(first_build: tuple[float, float]) -> None:
    seconds, gigabytes = first_build
    assert gigabytes <= 1.5
    assert seconds <= 90
