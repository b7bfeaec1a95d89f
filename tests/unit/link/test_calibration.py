"""Calibration of match probabilities, and its chart."""

from pathlib import Path
from xml.etree import ElementTree as ET

import numpy as np
import pytest

from martyrolog.link.calibration import BINS, calibrate
from martyrolog.link.reliability import reliability_points, write_reliability

RNG = np.random.default_rng(1)


def test_right_probabilities_have_a_small_error_and_wrong_ones_theirs() -> None:
    probability = RNG.random(200_000)
    same = RNG.random(200_000) < probability
    # of 10,000 pairs a bin, the mean distance by chance is about .8 * sqrt(1 / 6 / 10,000) = .003
    assert calibrate(probability, same).error < 0.006
    assert calibrate(np.minimum(probability + 0.1, 1.0), same).error == pytest.approx(
        0.095, abs=0.01
    )


def test_bins_hold_all_pairs_and_their_intervals_the_share() -> None:
    probability = np.append(RNG.random(500), [0.0, 1.0])
    found = calibrate(probability, probability > 0.5)
    assert sum(one.pairs for one in found.bins) == found.pairs == 502
    assert len(found.bins) <= BINS
    for one in found.bins:
        assert 0 <= one.low <= one.high <= 1
        assert one.low <= one.true + 0.12
        assert one.high >= one.true - 0.12


def test_no_pairs_have_no_error() -> None:
    found = calibrate(np.zeros(0), np.zeros(0, bool))
    assert (found.pairs, found.error, found.bins) == (0, 0.0, ())


def test_the_chart_has_a_point_a_bin_and_its_words(tmp_path: Path) -> None:
    pytest.importorskip("altair")
    found = calibrate(np.array([0.1, 0.12, 0.9, 0.97]), np.array([False, False, True, True]))
    assert len(reliability_points(found)) == 3
    for language, word in (("en", "share of pairs"), ("ru", "доля пар")):
        write_reliability(tmp_path / "plot.svg", found, language)
        drawn = (tmp_path / "plot.svg").read_text(encoding="utf-8")
        ET.fromstring(drawn)
        assert word in drawn
        assert "<script" not in drawn
