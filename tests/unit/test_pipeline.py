from collections.abc import Mapping
from pathlib import Path

import pyarrow as pa
import pytest

from martyrolog.archive import Archive, init
from martyrolog.errors import ListError, TableError
from martyrolog.pipeline import STAGES, run_stage
from martyrolog.progress import Progress
from martyrolog.stage import Stage, Tables
from martyrolog.tables import TABLES, make_table


class Counting:
    """A stage that copies cluster rows from a hand-kept file and counts its runs."""

    def __init__(self, archive: Archive) -> None:
        self.runs = 0
        self.fail = False
        self.setting = 1
        self.input = archive.hand / "ids.txt"
        self.input.write_text("r1\nr2\n")
        self.stage = Stage(
            "link", (), ("cluster",), self.run, lambda _: [self.input], lambda _: self.setting
        )

    def run(self, _: Archive, __: Tables, ___: Progress) -> Mapping[str, pa.Table]:
        self.runs += 1
        if self.fail:
            raise ListError("core.no_such_file", path="x")
        ids = self.input.read_text().split()
        return {"cluster": make_table("cluster", [{"record_id": i, "cluster_id": i} for i in ids])}


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return init(tmp_path / "a")


@pytest.fixture
def counting(archive: Archive) -> Counting:
    return Counting(archive)


def test_every_table_is_written_by_exactly_the_stage_that_declares_it() -> None:
    writers = {name: stage.name for stage in STAGES for name in stage.writes}
    assert writers == {name: table.stage for name, table in TABLES.items()}
    assert sum(len(stage.writes) for stage in STAGES) == len(TABLES)


def test_a_stage_reads_only_what_a_stage_before_it_wrote() -> None:
    written: set[str] = set()
    for stage in STAGES:
        assert set(stage.reads) <= written
        written |= set(stage.writes)


def test_a_stage_is_not_run_again_where_nothing_changed(
    archive: Archive, counting: Counting
) -> None:
    assert run_stage(archive, counting.stage, resume=True).ran
    again = run_stage(archive, counting.stage, resume=True)
    assert not again.ran
    assert again.rows_out == {"cluster": 2}
    assert counting.runs == 1


def test_asked_for_by_itself_a_stage_always_runs(archive: Archive, counting: Counting) -> None:
    run_stage(archive, counting.stage)
    assert run_stage(archive, counting.stage).ran


@pytest.mark.parametrize("change", ["file", "setting", "table", "run.json"])
def test_a_stage_runs_again_where_something_changed(
    archive: Archive, counting: Counting, change: str
) -> None:
    run_stage(archive, counting.stage, resume=True)
    if change == "file":
        counting.input.write_text("r3\n")
    elif change == "setting":
        counting.setting = 2
    elif change == "table":
        (archive.build / "cluster.parquet").write_bytes(b"")
    else:
        (archive.build / "run.json").write_text("{")
    assert run_stage(archive, counting.stage, resume=True).ran


def test_a_stage_that_fails_leaves_its_tables_as_they_were(
    archive: Archive, counting: Counting
) -> None:
    run_stage(archive, counting.stage)
    before = (archive.build / "cluster.parquet").read_bytes()
    counting.fail = True
    with pytest.raises(ListError):
        run_stage(archive, counting.stage)
    assert (archive.build / "cluster.parquet").read_bytes() == before


def test_a_table_of_the_wrong_shape_never_reaches_the_disk(
    archive: Archive, counting: Counting
) -> None:
    wrong = Stage(
        "link", (), ("cluster",), lambda *_: {"cluster": pa.table({"x": [1]})},
        counting.stage.files, counting.stage.settings,
    )  # fmt: skip
    with pytest.raises(TableError):
        run_stage(archive, wrong)
    assert not (archive.build / "cluster.parquet").exists()
