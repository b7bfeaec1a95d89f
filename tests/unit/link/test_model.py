"""The Fellegi-Sunter model."""

import numpy as np
import pytest

from martyrolog.levels import FIELDS, MISSING
from martyrolog.link.model import (
    Model,
    Patterns,
    Weights,
    count_patterns,
    field_weights,
    fit_model,
    kin_weight,
    level_weights,
    match_weight,
    prior_model,
    prior_weight,
    probability,
)

NAMES = list(FIELDS)


def _levels(**levels: str) -> np.ndarray:
    row = [FIELDS[name].number(levels[name]) if name in levels else MISSING for name in NAMES]
    return np.array([row], np.int8)


def _drawn(shares: Weights, pairs: int, rng: np.random.Generator) -> np.ndarray:
    """Levels drawn independently by their shares, of the first group of each field."""
    levels = np.full((pairs, len(FIELDS)), MISSING, np.int8)
    for at, field in enumerate(FIELDS.values()):
        if field.levels:
            group = list(field.groups[0])
            levels[:, at] = rng.choice(group, pairs, p=shares[at][group])
    return levels


def test_em_recovers_planted_shares() -> None:
    rng = np.random.default_rng(7)
    prior = prior_model(2_000)
    planted = tuple(
        np.array([0.2, 0.8]) if name == "nationality" else
        np.array([0.3, 0.1, 0.6]) if name == "occupation" else share
        for name, share in zip(NAMES, prior.m, strict=True)
    )  # fmt: skip
    matches, others = 4_000, 60_000
    levels = np.vstack([_drawn(planted, matches, rng), _drawn(prior.u, others, rng)])
    model = fit_model(
        count_patterns(levels), count_patterns(_drawn(prior.u, 50_000, rng)), records=2_000
    )
    for name in ("nationality", "occupation"):
        at = NAMES.index(name)
        # standard error of a share of 4,000 is .008; the priors count for a tenth
        assert model.m[at] == pytest.approx(0.9 * planted[at] + 0.1 * prior.m[at], abs=0.03)
        assert model.u[at] == pytest.approx(prior.u[at], abs=0.02)
    assert model.matches * 2_000 * 1_999 / 2 == pytest.approx(matches, rel=0.1)


@pytest.mark.parametrize("records", [0, 1, 2, 20, 100_000])
def test_the_model_stands_without_a_single_pair(records: int) -> None:
    none = count_patterns(np.zeros((0, len(FIELDS)), np.int8))
    model = fit_model(none, none, records)
    for shares in (model.m, model.kin, model.u):
        for field, share in zip(FIELDS.values(), shares, strict=True):
            assert np.isfinite(np.log2(share)).all()
            for group in field.groups:
                assert share[list(group)].sum() == pytest.approx(1.0)
    assert np.isfinite(prior_weight(model))


def test_no_estimate_passes_its_limit() -> None:
    # a list of namesakes: everything agrees but the patronymic
    row = _levels(surname="equal", given_name="equal", patronymic="contradicted",
                  birth_place="equal", residence="equal", occupation="equal")  # fmt: skip
    everything = Patterns(row, np.array([10_000.0]))
    model = fit_model(everything, count_patterns(row[:0]), records=2_000)
    for field, m, kin in zip(FIELDS.values(), model.m, model.kin, strict=True):
        assert (m <= [level.m_at_most + 1e-12 for level in field.levels]).all()
        assert (kin <= [level.kin_at_most + 1e-12 for level in field.levels]).all()
    weights = level_weights(model)[NAMES.index("patronymic")]
    assert weights[FIELDS["patronymic"].number("contradicted")] < -3


def test_a_missing_value_weighs_nothing() -> None:
    weights = level_weights(prior_model(100))
    assert field_weights(_levels(), weights).sum() == 0.0


def test_days_of_arrest_and_death_count_once() -> None:
    weights = level_weights(prior_model(100))
    at = NAMES.index("arrest_date")
    alone = field_weights(_levels(arrest_date="equal"), weights)[0, at]
    beside = field_weights(_levels(arrest_date="equal", death_date="equal"), weights)[0, at]
    against = field_weights(_levels(arrest_date="contradicted", death_date="equal"), weights)[0, at]
    assert alone > 5
    assert beside == 0.0
    assert against < 0


def test_brothers_weigh_less_than_the_sum_of_what_agrees() -> None:
    model = prior_model(10_000)
    brothers = _levels(surname="equal", given_name="contradicted", patronymic="equal",
                       birth_date="near", birth_place="equal", residence="equal",
                       death_date="equal")  # fmt: skip
    one = _levels(surname="equal", given_name="equal", patronymic="equal", birth_date="equal",
                  birth_place="equal", residence="equal", death_date="equal")  # fmt: skip
    assert kin_weight(model, brothers)[0] < -10
    assert probability(match_weight(model, brothers) - kin_weight(model, brothers))[0] > 0.95
    assert probability(match_weight(model, brothers))[0] < 0.1
    assert probability(match_weight(model, one))[0] > 0.999


def test_the_match_weight_is_the_log_odds_of_the_three_kinds_of_pairs() -> None:
    model = prior_model(1_000)
    row = _levels(surname="same_key", given_name="initial", birth_date="compatible")

    def likelihood(shares: Weights) -> float:
        return float(np.prod([share[level] for share, level in zip(shares, row[0], strict=True)
                              if level != MISSING]))  # fmt: skip

    others = 1 - model.matches - model.relatives
    odds = (model.matches * likelihood(model.m)
            / (model.relatives * likelihood(model.kin) + others * likelihood(model.u)))  # fmt: skip
    assert match_weight(model, row)[0] == pytest.approx(np.log2(odds), abs=1e-9)


def test_patterns_are_counted_whatever_the_order_of_pairs() -> None:
    rng = np.random.default_rng(3)
    levels = _drawn(prior_model(100).m, 500, rng)
    one, other = count_patterns(levels), count_patterns(rng.permutation(levels))
    assert (one.levels == other.levels).all()
    assert (one.counts == other.counts).all()
    assert one.counts.sum() == 500
    assert len(one.levels) == len(np.unique(levels, axis=0))


def test_probability_of_a_weight() -> None:
    assert probability(np.array([0.0, 1.0, 5000.0, -5000.0])) == pytest.approx([0.5, 2 / 3, 1, 0])


def test_a_model_says_in_how_many_rounds_it_was_found() -> None:
    none = count_patterns(np.zeros((0, len(FIELDS)), np.int8))
    model: Model = fit_model(none, none, 10)
    assert 1 <= model.rounds <= 100
