"""SIGKILL while a bare file is linked: nothing or whole tables, and the next run ends as always."""

import random
import subprocess
import sys
import time
from pathlib import Path

import pyarrow.csv as pacsv
import pyarrow.parquet as pq
import pytest

from benchmarks.link.lists import make_lists

TABLES = ("cluster.parquet", "link_model.parquet", "link_rule.parquet", "match.parquet")
KILLS = 8


def link(records: Path, out: Path) -> "subprocess.Popen[bytes]":
    command = [sys.executable, "-m", "martyrolog", "link", str(records), "--out", str(out)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def finished(records: Path, out: Path) -> dict[str, bytes]:
    process = link(records, out)
    _, said = process.communicate(timeout=120)
    assert process.returncode == 0, said.decode()
    return {name: (out / name).read_bytes() for name in TABLES}


@pytest.mark.slow
def test_a_killed_link_leaves_whole_tables_or_none_and_runs_again(tmp_path: Path) -> None:
    records, out = tmp_path / "records.csv", tmp_path / "out"
    pacsv.write_csv(make_lists(3_000, seed=4, noise=1.0)[0], records)
    started = time.perf_counter()
    expected = finished(records, tmp_path / "undisturbed")
    seconds, rng, killed = time.perf_counter() - started, random.Random(7), 0
    for at in range(KILLS):
        process = link(records, out)
        # the last quarter of a run writes; moments from there on too
        time.sleep(seconds * (0.2 + 0.8 * at / KILLS + rng.uniform(0, 0.1)))
        process.kill()
        process.communicate()
        killed += process.returncode < 0
        for name in TABLES:
            if (out / name).exists():
                assert pq.read_table(out / name).num_rows
                assert (out / name).read_bytes() == expected[name]
    assert killed, "every run ended before it was killed"
    assert finished(records, out) == expected
    assert sorted(path.name for path in out.iterdir()) == [*TABLES, "run.json"]
