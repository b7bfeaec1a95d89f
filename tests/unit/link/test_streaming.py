"""Streamed pairs are the pairs of the plain blocking; what the screen drops weighs too little."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from benchmarks.link.lists import make_lists
from martyrolog.link.blocking import make_candidate_pairs
from martyrolog.link.columns import DateColumn, Records, encode_records
from martyrolog.link.comparing_dates import DATE_LEVELS, compare_date_columns
from martyrolog.link.comparison import compare_pairs, make_comparer
from martyrolog.link.compiled.blocks import sampled
from martyrolog.link.compiled.days import civil_days, date_level
from martyrolog.link.compiled.letters import as_letters, most_similar, similarity
from martyrolog.link.keys import make_keys
from martyrolog.link.memory import WHOLE, Plan
from martyrolog.link.model import count_patterns, fit_model
from martyrolog.link.screening import make_screen
from martyrolog.link.streamed import FLOOR, weigh_streamed
from martyrolog.link.streaming import make_blocks
from martyrolog.link.terms import make_terms
from martyrolog.link.weighing import Stopwatch, match_weights, sample_pairs
from martyrolog.progress import SILENT


@pytest.fixture(scope="module")
def records() -> Records:
    return encode_records(make_lists(1_500, seed=3, noise=1.5)[0])


CUT = Plan(windows=5, parts=3, batch=2_000)


@pytest.mark.parametrize("plan", [WHOLE, CUT], ids=["whole", "cut"])
@pytest.mark.parametrize("on_disk", [False, True], ids=["in memory", "on disk"])
def test_streamed_pairs_and_their_rules_are_those_of_plain_blocking(
    records: Records, plan: Plan, on_disk: bool, tmp_path: Path
) -> None:
    keys, judged = make_keys(records), [(7, 3), (0, records.count - 1)]
    plain = make_candidate_pairs(keys, records.count, judged)
    plan = replace(plan, folder=tmp_path if on_disk else None)
    blocks = make_blocks(keys, records.count, judged, plan)
    batches = [blocks.numbered(batch) for batch in blocks.batches()]
    streamed = [np.concatenate([getattr(batch, column) for batch in batches])
                for column in ("left", "right", "rules")]  # fmt: skip
    found = sorted(zip(*(column.tolist() for column in streamed), strict=True))
    assert found == list(
        zip(plain.left.tolist(), plain.right.tolist(), plain.rules.tolist(), strict=True)
    )


@pytest.mark.parametrize("plan", [Plan(batch=100), CUT], ids=["one window", "cut"])
def test_the_same_pairs_are_weighed_the_same_however_they_are_cut_up(
    records: Records, plan: Plan, tmp_path: Path
) -> None:
    keys, judged = make_keys(records), [(7, 3)]
    terms = make_terms(records, keys)
    whole, cut = (
        weigh_streamed(make_comparer(records, keys), terms, judged, Stopwatch(), SILENT,
                       every_pair=True, plan=plan)
        for plan in (WHOLE, replace(plan, folder=tmp_path))
    )  # fmt: skip
    assert whole.candidates is not None
    assert cut.candidates is not None
    assert (whole.weights == cut.weights).all()
    assert (whole.levels == cut.levels).all()
    for one, other in ((whole.pairs, cut.pairs), (whole.candidates, cut.candidates)):
        assert all((vars(one)[name] == vars(other)[name]).all() for name in vars(one))
    assert whole.compared == cut.compared == len(whole.candidates.left)
    assert list(tmp_path.iterdir()) == []


def test_one_record_in_so_many_gives_a_share_of_the_pairs(records: Records) -> None:
    blocks = make_blocks(make_keys(records), records.count)
    every = [blocks.numbered(batch) for batch in blocks.batches()]
    left = np.concatenate([batch.left for batch in every])
    some = [blocks.numbered(batch) for batch in blocks.batches(one_in=4)]
    chosen = np.concatenate([batch.left for batch in some])
    assert sorted(chosen.tolist()) == sorted(left[sampled(left, 4)].tolist())
    assert 0.15 < len(chosen) / len(left) < 0.35


def test_no_pair_that_reaches_the_floor_is_dropped(records: Records) -> None:
    keys = make_keys(records)
    terms, comparer = make_terms(records, keys), make_comparer(records, keys)
    pairs = make_candidate_pairs(keys, records.count)
    levels = compare_pairs(comparer, pairs.left, pairs.right)
    sample = compare_pairs(comparer, *sample_pairs(records.count))
    model = fit_model(count_patterns(levels), count_patterns(sample), records.count)
    weights = match_weights(model, terms, levels, pairs)
    kept = make_screen(comparer, terms, model, FLOOR).kept(pairs.left, pairs.right)
    reaching = np.flatnonzero(weights >= FLOOR)
    assert np.isin(reaching, kept).all()
    assert len(kept) < 0.9 * len(weights)


def test_levels_of_dates_are_those_of_whole_columns() -> None:
    rng = np.random.default_rng(5)
    missing = np.iinfo(np.int32).min
    earliest = rng.integers(-27_000, -11_000, 4_000).astype(np.int32)
    widths = rng.choice([0, 0, 0, 30, 364, 365, 2_000], 4_000)
    latest = (earliest + widths).astype(np.int32)
    near = rng.random(4_000) < 0.5
    earliest[1::2][near[1::2]] = earliest[::2][near[1::2]] + rng.integers(-20, 20)
    latest = np.maximum(latest, earliest)
    earliest[rng.random(4_000) < 0.05] = missing
    latest[rng.random(4_000) < 0.05] = missing
    left, right = (np.arange(at, 4_000, 2).astype(np.int32) for at in (0, 1))
    expected = compare_date_columns(DateColumn(earliest, latest), left, right)
    ends = (earliest, latest, civil_days(earliest), civil_days(latest))
    dates = list(zip(*ends, strict=True))
    found = [date_level(dates[one], dates[other], DATE_LEVELS)
             for one, other in zip(left, right, strict=True)]  # fmt: skip
    assert [int(level) for level in found] == expected.tolist()


@pytest.mark.parametrize(
    ("one", "other", "distance"),
    [("kitten", "sitting", 3), ("иванов", "петров", 4), ("а", "", 1), ("", "", 0), ("аб", "ба", 2)],
)
def test_distance_of_letters(one: str, other: str, distance: int) -> None:
    texts = as_letters([one, other])
    scratch = np.zeros(texts.alphabet, np.uint64)
    longest = max(len(one), len(other), 1)
    assert similarity(texts, 0, 1, scratch) == pytest.approx(1 - distance / longest)
    assert not scratch.any()
    assert similarity(texts, 0, 1, scratch) <= most_similar(texts, 0, 1)
