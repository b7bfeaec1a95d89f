"""Slot precision and recall on 300 entries read by eye, and how much of the text no slot takes.

Labels and the rules by which they were read: ``labels/README.md``. The bounds are the project's
targets; what was measured stands in benchmarks/entries/results.md.
"""

from collections import Counter
from pathlib import Path

import pytest

from benchmarks.entries import measure
from benchmarks.entries.measure import Agreement

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def text(data_dir: Path) -> str:
    return measure.memorial_text(data_dir)


@pytest.fixture(scope="module")
def found(
    text: str, data_dir: Path, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Agreement]:
    memorial = measure.memorial_records(text, tmp_path_factory.mktemp("entries"))
    return measure.agreement(memorial, measure.moscow_records(data_dir))


def test_slots_of_the_300_entries_are_read_right(found: dict[str, Agreement]) -> None:
    both = found["both"]
    assert both.labelled.total() == 2_816
    assert both.precision() >= 0.995
    assert both.recall() >= 0.995


def test_each_slot_is_read_right(found: dict[str, Agreement]) -> None:
    for name in ("memorial", "moscow"):
        each = found[name]
        weak = {
            slot: (each.precision(slot), each.recall(slot))
            for slot in each.labelled
            if min(each.precision(slot), each.recall(slot)) < 0.95
        }
        assert weak == {}


def test_a_wrong_value_would_be_seen() -> None:
    labels = {("1", "party"): Counter({measure.label_hash("б/п"): 1})}
    seen = Agreement()
    seen.add(labels, {"1": {"party": "член ВКП(б)"}})
    assert (seen.precision(), seen.recall()) == (0, 0)


def test_hardly_any_text_is_left_without_a_slot(text: str) -> None:
    """0.13 % of the characters, measured on 2026-11-23; the target is below 5 %."""
    assert measure.unread_share(measure.memorial_entries(text)[::10]) < 0.005


def test_entries_are_taken_apart_fast(text: str) -> None:
    """More than 3,000 a second of processor time."""
    entries = measure.memorial_entries(text)[::10]
    assert len(entries) / measure.seconds_for(entries) > 3_000
