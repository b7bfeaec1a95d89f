"""The memory that linking really takes, in a process of its own."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from martyrolog.link import read_size
from martyrolog.synthetic import generate, read_recipe

RECORDS = 600_000
MARGIN = 1.1
"""What the process may take, as a multiple of the bound."""


def linked(records: Path, out: Path, bound: str | None) -> tuple[int, str, int]:
    """Exit code, what was said, and the most memory that the process had, in bytes."""
    asked = [] if bound is None else ["--memory", bound]
    command = [sys.executable, "-m", "martyrolog", "link", str(records), "--out", str(out), *asked]
    with (out.parent / "said").open("w+", encoding="utf-8") as said:
        process = subprocess.Popen([*command, "--json"], stdout=said, stderr=said)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        said.seek(0)
        return process.returncode, said.read(), usage.ru_maxrss * 1024


@pytest.mark.alone
def test_the_least_bound_that_is_named_is_kept_and_changes_nothing(tmp_path: Path) -> None:
    generate(read_recipe(noise="ordinary"), records=RECORDS, seed=5, out=tmp_path)
    records = tmp_path / "records.parquet"
    linked(tmp_path / "records.parquet", tmp_path / "first", None)  # compiles
    linked(records, tmp_path / "free", None)
    code, said, _ = linked(records, tmp_path / "refused", "1MB")
    assert code == 6
    least = said.partition("about ")[2].partition(":")[0]
    code, said, bounded = linked(records, tmp_path / "bounded", least)
    assert code == 0, said
    assert bounded <= MARGIN * read_size(least)
    for table in ("match", "cluster", "link_model", "link_rule"):
        one, other = ((tmp_path / kind / f"{table}.parquet").read_bytes()
                      for kind in ("free", "bounded"))  # fmt: skip
        assert one == other, table
    rows = [json.loads((tmp_path / kind / "run.json").read_text(encoding="utf-8"))["rows"]
            for kind in ("free", "bounded")]  # fmt: skip
    assert rows[0] == rows[1]
