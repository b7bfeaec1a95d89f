"""The archive of invented lists."""

from pathlib import Path

import pyarrow.parquet as pq
import pytest

from martyrolog.archive import Archive
from martyrolog.demo_synthetic import synthetic_demo
from martyrolog.errors import ArchiveError, ListError
from martyrolog.link import Evaluation, evaluate
from martyrolog.link.evaluate import OnPersons
from martyrolog.synthetic import generate, name_pools, read_recipe

RECORDS = 400

pytest.importorskip("russiannames")


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    return synthetic_demo(tmp_path_factory.mktemp("a") / "a", records=RECORDS, seed=5).archive


def _rows(path: Path) -> list[dict[str, object]]:
    return list(pq.read_table(path).to_pylist())


def test_every_record_has_its_true_person_though_reading_named_it_anew(
    archive: Archive, tmp_path: Path
) -> None:
    generate(read_recipe(), records=RECORDS, seed=5, out=tmp_path)
    said = {row["record_id"]: row for row in _rows(tmp_path / "records.parquet")}
    expected = sorted(
        (str(said[row["record_id"]]["list_id"]).replace("_", "-"),
         said[row["record_id"]]["surname"] or "", row["true_person_id"])
        for row in _rows(tmp_path / "truth.parquet")
    )  # fmt: skip
    read = {row["record_id"]: row for row in _rows(archive.build / "record.parquet")}
    found = sorted(
        (read[row["record_id"]]["list_id"], read[row["record_id"]]["surname"] or "",
         row["true_person_id"])
        for row in _rows(archive.path / "truth" / "truth.parquet")
    )  # fmt: skip
    assert len(found) == len(read)
    assert found == expected


def test_the_links_are_as_good_as_a_truth_that_fits_makes_them(archive: Archive) -> None:
    found = evaluate(archive.build, truth=archive.path / "truth" / "truth.parquet")
    assert isinstance(found, Evaluation)
    whole = found.results[0]
    assert isinstance(whole, OnPersons)
    assert whole.agreement.f1 > 0.9


def test_no_list_says_who_is_who(archive: Archive) -> None:
    for file in archive.lists.iterdir():
        header = file.read_text(encoding="utf-8").splitlines()[0]
        assert "person" not in header
        assert "record_id" not in header


def test_a_folder_with_something_in_it_is_refused(archive: Archive) -> None:
    with pytest.raises(ArchiveError):
        synthetic_demo(archive.path, records=10, seed=1)


def test_without_the_name_frequencies_it_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(name_pools, "find_spec", {"russiannames": None}.get)
    with pytest.raises(ListError, match=r"martyrolog\[synthetic\]"):
        synthetic_demo(tmp_path / "a", records=10, seed=1)
