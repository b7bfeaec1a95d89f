"""The move that divides two classes anew: the way across first-order steps of the posterior.

One class that holds two kinds of persons is a trap: half a class is worth nothing until the other
half has left. So two classes i and j are proposed together. The persons expected in both are
divided by one list (those in it to j, the others and the unseen to i) or all given to i; logit l of
each class is drawn around the EM step of what it was given, the ratio of their observed weights
around the ratio of persons, while the sum of these weights stays. The division on the way back is
drawn at the same time and independently; exchanging both makes the proposal its own inverse.
A class that was given nobody is drawn from its prior. Split and merge moves in the manner of
Jain and Neal (2004), J. Comput. Graph. Stat. 13, with the memberships integrated out.
"""

from dataclasses import dataclass

import numpy as np

from martyrolog.estimate.models.latent_class_particles import (
    Numbers,
    Particles,
    class_cells,
    log_tails,
    log_weight_prior,
    logit_prior,
    softplus,
)

LOGISTIC_SD = np.pi / np.sqrt(3)
MERGED_SHARE = 0.4
EMPTY_RATIO, EMPTY_SCALE = -5.0, 2.5


@dataclass(frozen=True, eq=False)
class _Pair:
    """Classes i and j: logit l, cells, log prior; log observed weights; all mixed cells."""

    logits: tuple[Numbers, Numbers]
    cells: tuple[Numbers, Numbers]
    log_seen: tuple[Numbers, Numbers]
    mixed: Numbers


@dataclass(frozen=True, eq=False)
class _Target:
    """Centre and scale of the logistic proposals: logit l of i and of j, log ratio of weights."""

    centres: tuple[Numbers, Numbers, Numbers]
    scales: tuple[Numbers, Numbers, Numbers]


def divide_classes(
    particles: Particles, i: int, j: int, power: float | Numbers, rng: np.random.Generator
) -> None:
    """Propose classes i and j together, by one list or all to i, each particle its own way."""
    old = _pair_of(particles, i, j)
    others = np.maximum(old.mixed - _seen_cells(old, 0) - _seen_cells(old, 1), 0)
    forth = _target(particles, old, _draw_division(particles, rng), power)
    new = _draw_pair(particles, old, forth, others, rng)
    back = _target(particles, new, _draw_division(particles, rng), power)
    log_weight = particles.log_weight.copy()
    log_weight[i] = new.log_seen[0] - np.log(new.cells[0][-1])
    log_weight[j] = new.log_seen[1] - np.log(new.cells[1][-1])
    tails = log_tails(log_weight)
    prior = log_weight_prior(log_weight, tails)
    log_likelihood = particles.table.log_likelihood(new.mixed)
    log_ratio = power * (log_likelihood - particles.log_likelihood) + prior
    log_ratio += sum(logit_prior(one) for one in new.logits) - particles.weight_prior
    log_ratio -= sum(logit_prior(one) for one in old.logits)
    log_ratio += _log_density(old, back) - _log_density(new, forth)
    accepted = np.log(rng.random(particles.size)) < log_ratio
    for k, place in ((i, 0), (j, 1)):
        np.copyto(particles.logit[k], new.logits[place], where=accepted)
        np.copyto(particles.cells[k], new.cells[place], where=accepted)
    for kept, value in (
        (particles.log_weight, log_weight),
        (particles.weight, np.exp(log_weight)),
        (particles.mixed, new.mixed),
        (particles.log_likelihood, log_likelihood),
        (particles.log_tail, tails),
        (particles.weight_prior, prior),
    ):
        np.copyto(kept, value, where=accepted)


def _pair_of(particles: Particles, i: int, j: int) -> _Pair:
    cells = particles.cells[i], particles.cells[j]
    seen = tuple(
        particles.log_weight[k] + np.log(one[-1]) for k, one in zip((i, j), cells, strict=True)
    )
    logits = particles.logit[i], particles.logit[j]
    return _Pair(logits, cells, (seen[0], seen[1]), particles.mixed)


def _seen_cells(pair: _Pair, place: int) -> Numbers:
    """Weight x cell probabilities of one class of the pair."""
    return np.asarray(np.exp(pair.log_seen[place]) * pair.cells[place] / pair.cells[place][-1])


def _draw_division(particles: Particles, rng: np.random.Generator) -> Numbers:
    """Shape (cells, particles): share of each cell that goes to class j: all or nothing."""
    patterns = particles.table.patterns
    drawn = patterns[:, rng.integers(patterns.shape[1], size=particles.size)]
    return np.asarray(np.where(rng.random(particles.size) < MERGED_SHARE, 0.0, drawn))


def _target(
    particles: Particles, pair: _Pair, division: Numbers, power: float | Numbers
) -> _Target:
    table = particles.table
    held = _seen_cells(pair, 0) + _seen_cells(pair, 1)
    persons = power * table.counts * held[:-1] / pair.mixed[:-1]
    missed = sum(np.exp(pair.log_seen[k]) * (1 / pair.cells[k][-1] - 1) for k in (0, 1))
    unseen = power * table.total * missed / pair.mixed[-1]
    to_j = persons * division
    to_i = persons - to_j
    first = _around(table.patterns, to_i, unseen)
    second = _around(table.patterns, to_j, np.zeros(particles.size))
    number_i, number_j = to_i.sum(axis=0) + 1, to_j.sum(axis=0) + 1
    is_empty = division.sum(axis=0) == 0
    ratio = np.where(is_empty, EMPTY_RATIO, np.log(number_j / number_i))
    spread = np.sqrt(1 / number_i + 1 / number_j) / LOGISTIC_SD
    spread = np.where(is_empty, EMPTY_SCALE, spread)
    return _Target((first[0], second[0], ratio), (first[1], second[1], spread))


def _around(patterns: Numbers, persons: Numbers, unseen: Numbers) -> tuple[Numbers, Numbers]:
    """Centre and scale of logit l given expected persons of each cell, as in renew_class."""
    present = patterns.T @ persons
    absent = (1 - patterns).T @ persons + unseen
    scale = np.sqrt(1 / (present + 0.608) + 1 / (absent + 0.608)) / LOGISTIC_SD
    return np.log((present + 0.5) / (absent + 0.5)), scale


def _draw_pair(
    particles: Particles, old: _Pair, target: _Target, others: Numbers, rng: np.random.Generator
) -> _Pair:
    drawn = []
    for centre, scale in zip(target.centres, target.scales, strict=True):
        uniform = rng.random(centre.shape)
        drawn.append(centre + scale * np.log(uniform / (1 - uniform)))
    together = np.logaddexp(*old.log_seen)
    ratio = drawn[2]
    log_seen = together - softplus(ratio), together - softplus(-ratio)
    cells = tuple(class_cells(particles.table, one)[0] for one in drawn[:2])
    pair = _Pair((drawn[0], drawn[1]), (cells[0], cells[1]), log_seen, others)
    mixed = others + _seen_cells(pair, 0) + _seen_cells(pair, 1)
    return _Pair(pair.logits, pair.cells, log_seen, mixed)


def _log_density(pair: _Pair, target: _Target) -> Numbers:
    """Log density of proposing the pair; the sum of both weights is given, its Jacobian is 1."""
    values = (*pair.logits, pair.log_seen[1] - pair.log_seen[0])
    total = np.zeros(len(values[2]))
    for value, centre, scale in zip(values, target.centres, target.scales, strict=True):
        standard = (value - centre) / scale
        density = standard - 2 * softplus(standard) - np.log(scale)
        total += density.reshape(-1, len(total)).sum(axis=0)
    return total
