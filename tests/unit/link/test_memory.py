"""A bound on memory: how linkage is cut up, and the least that works."""

import re
from pathlib import Path

import pytest

from martyrolog.errors import LinkError
from martyrolog.link.memory import WHOLE, make_plan, memory_used, read_size
from martyrolog.messages import text


@pytest.mark.parametrize(
    ("written", "bytes_"),
    [("4GB", 4_000_000_000), ("1.5 GB", 1_500_000_000), ("512MiB", 512 * 2**20), ("7000", 7_000)],
)
def test_a_size_is_read(written: str, bytes_: int) -> None:
    assert read_size(written) == bytes_


@pytest.mark.parametrize("written", ["", "much", "GB", "4 potatoes", "-1GB", "1e99999GB", "nan"])
def test_what_is_no_size_is_refused(written: str) -> None:
    with pytest.raises(LinkError, match="no amount of memory"):
        read_size(written)


def test_without_a_bound_nothing_is_cut() -> None:
    assert make_plan(None, 10_000_000, None) == WHOLE


def test_what_fits_is_not_cut(tmp_path: Path) -> None:
    assert make_plan(10**12, 1_000_000, tmp_path) == WHOLE


def test_the_less_memory_the_more_parts(tmp_path: Path) -> None:
    used = memory_used()
    plans = [make_plan(used + more * 10**9, 3_000_000, tmp_path) for more in (2, 3)]
    assert plans[0].windows > plans[1].windows >= 1
    assert {plan.folder for plan in plans} == {tmp_path}


@pytest.mark.parametrize("records", [0, 1, 1_000, 200_000, 10_000_000])
def test_a_bound_too_small_names_the_least_that_works(tmp_path: Path, records: int) -> None:
    with pytest.raises(LinkError) as caught:
        make_plan(1_000_000, records, tmp_path)
    for language in ("en", "ru"):
        assert "1.0MB" in text(caught.value.key, language, **caught.value.values)
    least = str(caught.value.values["least"])
    assert re.fullmatch(r"\d+\.\dGB", least)
    make_plan(read_size(least), records, tmp_path)
    with pytest.raises(LinkError):
        make_plan(read_size(least) - 200_000_000, records, tmp_path)
