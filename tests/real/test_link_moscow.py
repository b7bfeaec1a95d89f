"""The lists of those shot in Moscow: 770 rows of a later edition among 11,789 of the first."""

import shutil
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import pytest

from martyrolog.archive import open_archive
from martyrolog.link import STAGE
from martyrolog.progress import SILENT
from martyrolog.read import STAGE as READ

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "moscow"

Clusters = dict[str, list[dict[str, Any]]]


@pytest.fixture(scope="module")
def clusters(data_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Clusters:
    folder = tmp_path_factory.mktemp("moscow")
    shutil.copy(EXAMPLE / "archive.toml", folder)
    shutil.copytree(EXAMPLE / "profiles", folder / "profiles")
    (folder / "lists" / "moscow-shot").mkdir(parents=True)
    shutil.copy(EXAMPLE / "published-figures.csv", folder / "lists")
    for page in (data_dir / "moscow-shot" / "pages").glob("*.htm"):
        shutil.copy(page, folder / "lists" / "moscow-shot")
    shutil.copy(data_dir / "moscow-shot" / "second-edition.csv", folder / "lists")
    shutil.copy(
        data_dir / "north-ossetia" / "1_Sev_Osetia.xlsx", folder / "lists" / "north-ossetia.xlsx"
    )
    archive = open_archive(folder)
    tables = READ.run(archive, {}, SILENT)
    made = STAGE.run(archive, tables, SILENT)
    cluster_of = dict(zip(made["cluster"]["record_id"].to_pylist(),
                          made["cluster"]["cluster_id"].to_pylist(), strict=True))  # fmt: skip
    found: Clusters = defaultdict(list)
    for record in tables["record"].to_pylist():
        found[cluster_of[record["record_id"]]].append(record)
    return found


@pytest.mark.slow
def test_the_second_edition_is_linked_to_the_first(clusters: Clusters) -> None:
    linked = Counter(
        "moscow-shot" in {other["list_id"] for other in records}
        for records in clusters.values()
        for record in records
        if record["list_id"] == "moscow-second-edition"
    )
    assert linked[True] + linked[False] == 770
    assert linked[True] >= 765


@pytest.mark.slow
def test_no_two_persons_of_one_edition_hang_together_through_the_other(clusters: Clusters) -> None:
    for records in clusters.values():
        lists = Counter(record["list_id"] for record in records)
        if lists["moscow-second-edition"]:
            assert lists["moscow-second-edition"] == 1
            assert lists["moscow-shot"] <= 1


@pytest.mark.slow
def test_namesakes_with_different_years_of_birth_stay_apart(clusters: Clusters) -> None:
    for records in clusters.values():
        born = [(record["birth_date_earliest"], record["birth_date_latest"])
                for record in records if record["birth_date"]]  # fmt: skip
        agreed = not born or max(first for first, _ in born) <= min(last for _, last in born)
        assert agreed, [record["record_id"] for record in records]
