"""The waterfall chart of a match weight."""

import re
from itertools import pairwise
from pathlib import Path

import pytest

from martyrolog.errors import LinkError, StorageError
from martyrolog.link import drawing
from martyrolog.link.explain import Explanation, FieldEvidence
from martyrolog.link.waterfall import waterfall_steps, write_waterfall


def _part(field: str, weight: float, meaning: str = "", words: str = "") -> FieldEvidence:
    return FieldEvidence(field, field, "", "", 0, meaning, words, weight)


EXPLAINED = Explanation(
    "r1", "r2",
    (_part("prior", -18.25), _part("surname", 12.5, "equal", "Ежов = Ежов <b>"),
     _part("sex", 0.0, "missing"), _part("death_date", 16.0, "equal"), _part("kin", -0.75)),
    9.5, 0.9986, (),
)  # fmt: skip


def test_the_steps_follow_one_another_and_end_at_the_sum() -> None:
    steps = waterfall_steps(EXPLAINED)
    for before, after in pairwise(steps[:-1]):
        assert after["start"] == before["end"]
    assert steps[-1]["end"] == 9.5 == steps[-2]["end"]
    assert [step["kind"] for step in steps] == ["against", "for", "for", "against", "sum"]


def test_the_chart_is_drawn_with_every_step_and_no_script(tmp_path: Path) -> None:
    pytest.importorskip("altair")
    write_waterfall(tmp_path / "chart.svg", EXPLAINED, "ru")
    drawn = (tmp_path / "chart.svg").read_text(encoding="utf-8")
    assert drawn.startswith("<svg")
    shown = re.sub("<[^>]+>", "\n", drawn)
    assert all(step["bits"].replace("-", "−") in shown or step["bits"] in shown
               for step in waterfall_steps(EXPLAINED))  # fmt: skip
    assert "<b>" not in drawn
    assert "<script" not in drawn


def test_one_explanation_gives_the_same_bytes(tmp_path: Path) -> None:
    pytest.importorskip("altair")
    for name in ("a.svg", "b.svg"):
        write_waterfall(tmp_path / name, EXPLAINED)
    assert (tmp_path / "a.svg").read_bytes() == (tmp_path / "b.svg").read_bytes()


def test_without_its_packages_the_chart_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drawing, "find_spec", dict[str, None]().get)
    with pytest.raises(LinkError, match=r"martyrolog\[charts\]"):
        write_waterfall(tmp_path / "chart.svg", EXPLAINED)


def test_a_folder_that_cannot_be_written_is_one_message(tmp_path: Path) -> None:
    pytest.importorskip("altair")
    (tmp_path / "file").write_text("")
    with pytest.raises(StorageError):
        write_waterfall(tmp_path / "file" / "chart.svg", EXPLAINED)
