"""Small lists in, clusters out: see cases.yaml, which reads as documentation."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from benchmarks.link.lists import make_lists
from martyrolog.link.linkage import Judgements, link_records
from martyrolog.progress import SILENT
from tests.unit.link.build import Row, records_of

CASES = yaml.safe_load(Path(__file__).with_name("cases.yaml").read_text(encoding="utf-8"))


def _clusters(rows: list[Row]) -> dict[str, str]:
    linkage = link_records(
        records_of(rows), threshold=0.95, judgements=Judgements(), progress=SILENT
    )
    ids = linkage.records.ids.to_pylist()
    return {record: ids[label] for record, label in zip(ids, linkage.clusters.labels, strict=True)}


def _check(case: dict[str, Any], found: dict[str, str]) -> None:
    wanted = {record: min(cluster) for cluster in case["clusters"] for record in cluster}
    assert {record: found[record] for record in wanted} == wanted


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["shows"])
def test_alone(case: dict[str, Any]) -> None:
    _check(case, _clusters(case["records"]))


@pytest.fixture(scope="module")
def invented() -> list[Row]:
    return [dict(row) for row in make_lists(1_500, seed=11)[0].to_pylist()]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["shows"])
def test_among_thousands_of_invented_records(case: dict[str, Any], invented: list[Row]) -> None:
    _check(case, _clusters([*case["records"], *invented]))
