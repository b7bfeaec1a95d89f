"""The order of rows decides nothing."""

import random
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from benchmarks.link.lists import make_lists
from martyrolog.link import link_file


def _bytes(folder: Path, table: pa.Table) -> list[bytes]:
    pq.write_table(table, folder / "people.parquet")
    link_file(folder / "people.parquet", folder / "out")
    return [(folder / "out" / name).read_bytes() for name in ("cluster.parquet", "match.parquet")]


@pytest.mark.parametrize("seed", [1, 2])
def test_the_same_records_in_another_order_give_the_same_bytes(tmp_path: Path, seed: int) -> None:
    table, _ = make_lists(300, seed)
    order = list(range(table.num_rows))
    random.Random(seed).shuffle(order)
    assert _bytes(tmp_path, table) == _bytes(tmp_path, table.take(order))


def test_records_that_arrive_twice_under_new_ids_join_themselves(tmp_path: Path) -> None:
    table, _ = make_lists(200, 3, noise=0.0)
    ids = [f"again-{record}" for record in table["record_id"].to_pylist()]
    twice = pa.concat_tables([table, table.set_column(0, "record_id", pa.array(ids))])
    _bytes(tmp_path, twice)
    found = pq.read_table(tmp_path / "out" / "cluster.parquet")
    cluster = dict(
        zip(found["record_id"].to_pylist(), found["cluster_id"].to_pylist(), strict=True)
    )
    apart = [record for record in table["record_id"].to_pylist()
             if cluster[record] != cluster[f"again-{record}"]]  # fmt: skip
    assert apart == []
