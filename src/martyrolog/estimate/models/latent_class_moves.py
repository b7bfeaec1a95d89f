"""Metropolis-Hastings moves of the latent-class sampler, each on all particles at once.

Every move leaves prior x likelihood^power invariant; power is 1 for the posterior, less on the way
there. No move needs tuning: step sizes are drawn from a wide range, or follow from the persons that
a class is expected to hold.

- :func:`renew_class`: l of one class anew, around what an EM step would give it;
- :func:`shift_class`: all logit l of a class together, its weight such that as many are observed:
  the way along which the data say least about the unseen, where Gibbs sampling is slow;
- :func:`weigh_class`: a random walk of one log weight;
- :func:`refound_class`: a class anew near an observed cell: the way between modes;
- ``divide_classes`` of ``latent_class_splits.py``: two classes together, split or merged;
- :func:`break_tail`: the weights of the last classes anew from the prior;
- :func:`swap_classes`: labels of neighbouring classes, which the likelihood does not see.
"""

from dataclasses import dataclass

import numpy as np

from martyrolog.estimate.models.latent_class_particles import (
    Mask,
    Numbers,
    Particles,
    class_cells,
    log_tails,
    log_weight_prior,
    logit_prior,
    mix_cells,
    softplus,
    weights_of_sticks,
)
from martyrolog.estimate.models.latent_class_splits import divide_classes

WIDEST_RENEWAL = 3.0
SHIFTS = (0.03, 2.0)
WEIGHT_STEPS = (0.05, 5.0)
FOUNDED_SHARPNESS = 3.0
FOUNDED_PERSONS = 20.0
FOUNDED_SCALE = 1.5
BUSY_CLASSES = 3
DIVISIONS = 2
Power = float | Numbers

LOGISTIC_SD = np.pi / np.sqrt(3)


def sweep(
    particles: Particles, power: Power, rng: np.random.Generator, *, every_class: bool
) -> None:
    """One round of all moves.

    Args:
        particles: Changed in place.
        power: Exponent of the likelihood, 0 to 1; one, or shape (particles,).
        rng: Source of randomness.
        every_class: Visit all classes; otherwise the first three, which mostly hold the persons,
            and a seventh of the others drawn at random.
    """
    for k in _visited(particles.classes, rng, every_class):
        renew_class(particles, k, power, rng)
        shift_class(particles, k, power, rng)
        weigh_class(particles, k, power, rng)
    refound_class(particles, int(rng.integers(particles.classes)), power, rng)
    for _ in range(DIVISIONS):
        i, j = rng.choice(particles.classes, size=2, replace=False, p=_often(particles.classes))
        divide_classes(particles, int(i), int(j), power, rng)
    break_tail(particles, power, rng)
    swap_classes(particles, rng)
    particles.refresh()


def _visited(classes: int, rng: np.random.Generator, every_class: bool) -> list[int]:
    if every_class or classes <= BUSY_CLASSES:
        return list(range(classes))
    others = max(1, (classes - BUSY_CLASSES) // 7)
    drawn = rng.choice(np.arange(BUSY_CLASSES, classes), others, replace=False)
    return [*range(BUSY_CLASSES), *(int(k) for k in drawn)]


def _often(classes: int) -> Numbers:
    """Chances of being divided: the first classes, which mostly hold the persons, more often."""
    chances = 1 / np.arange(1, classes + 1)
    return np.asarray(chances / chances.sum())


def renew_class(particles: Particles, k: int, power: Power, rng: np.random.Generator) -> None:
    """New logit l_jk from logistic densities around an EM step, up to three times as wide.

    For a class that holds nobody this is the prior itself.
    """
    old, weight = particles.logit[k], particles.weight[k]
    width = np.exp(rng.uniform(0, np.log(WIDEST_RENEWAL), particles.size))
    there = _em_step(particles, weight, particles.cells[k], particles.mixed, power, width)
    forth = _logistic(rng, old.shape)
    new = there.centre + there.scale * forth
    proposal = _propose_class(particles, k, new, weight)
    back = _em_step(particles, weight, proposal.cells, proposal.mixed, power, width)
    returned = (old - back.centre) / back.scale
    log_proposals = _log_logistic(returned) - _log_logistic(forth)
    log_proposals -= np.log((back.scale / there.scale).prod(axis=0))
    log_ratio = power * (proposal.log_likelihood - particles.log_likelihood)
    log_ratio += proposal.prior - logit_prior(old) + log_proposals
    _accept_class(particles, k, proposal, _accepted(log_ratio, rng))


def shift_class(particles: Particles, k: int, power: Power, rng: np.random.Generator) -> None:
    """Add one normal number to all logit l_jk; keep weight x P(observed) of the class.

    The weight's shift is a function of logit l alone, so the change of variables has Jacobian 1.
    """
    old = particles.logit[k]
    new = old + _random_scale(rng, SHIFTS, particles.size) * rng.standard_normal(particles.size)
    cells, _ = class_cells(particles.table, new)
    log_weight = particles.log_weight[k] - np.log(cells[-1] / particles.cells[k, -1])
    weights = _weigh(particles, k, log_weight)
    proposal = _propose_class(particles, k, new, np.exp(log_weight))
    log_ratio = power * (proposal.log_likelihood - particles.log_likelihood)
    log_ratio += proposal.prior - logit_prior(old) + weights.prior - particles.weight_prior
    accepted = _accepted(log_ratio, rng)
    _accept_class(particles, k, proposal, accepted)
    _accept_weights(particles, weights, accepted)


def weigh_class(particles: Particles, k: int, power: Power, rng: np.random.Generator) -> None:
    """Random walk of the log weight of class k."""
    step = _random_scale(rng, WEIGHT_STEPS, particles.size) * rng.standard_normal(particles.size)
    weights = _weigh(particles, k, particles.log_weight[k] + step)
    mixed = particles.without(k) + np.exp(weights.log_weight[k]) * particles.cells[k]
    log_likelihood = particles.table.log_likelihood(mixed)
    log_ratio = power * (log_likelihood - particles.log_likelihood)
    log_ratio += weights.prior - particles.weight_prior
    accepted = _accepted(log_ratio, rng)
    np.copyto(particles.mixed, mixed, where=accepted)
    np.copyto(particles.log_likelihood, log_likelihood, where=accepted)
    _accept_weights(particles, weights, accepted)


def refound_class(particles: Particles, k: int, power: Power, rng: np.random.Generator) -> None:
    """Class k anew, whatever it was: l near an observed cell, weight for a few dozen persons.

    l comes from a mixture over the cells, by the square root of their counts, of Beta(1 + 3 x_j,
    4 - 3 x_j); the log of the observed weight relative to the other classes is logistic.
    """
    table = particles.table
    share = np.sqrt(table.counts) + 1
    share = np.broadcast_to(share / share.sum(axis=0), (len(share), particles.size))
    new = _near_a_cell(table.patterns, share, rng)
    others = particles.without(k)
    centre = np.log(FOUNDED_PERSONS / (table.total + FOUNDED_PERSONS))
    forth = _logistic(rng, (particles.size,))
    cells, _ = class_cells(table, new)
    log_weight = centre + FOUNDED_SCALE * forth + np.log(others[-1]) - np.log(cells[-1])
    seen = particles.log_weight[k] + np.log(particles.cells[k, -1]) - np.log(others[-1])
    back = (seen - centre) / FOUNDED_SCALE
    weights = _weigh(particles, k, log_weight)
    proposal = _propose_class(particles, k, new, np.exp(log_weight))
    log_ratio = power * (proposal.log_likelihood - particles.log_likelihood)
    log_ratio += weights.prior - particles.weight_prior
    # The prior of logit l stands in the target and, as Jacobian, in the proposal: it cancels.
    log_ratio += _log_near(particles.cells[k], share) - _log_near(proposal.cells, share)
    log_ratio += back - 2 * softplus(back) - forth + 2 * softplus(forth)
    accepted = _accepted(log_ratio, rng)
    _accept_class(particles, k, proposal, accepted)
    _accept_weights(particles, weights, accepted)


def break_tail(particles: Particles, power: Power, rng: np.random.Generator) -> None:
    """Draw a given the weights, then the sticks from a random class on from their prior."""
    classes, size = particles.classes, particles.size
    spread = particles.log_tail[0] - particles.log_weight[-1]
    concentration = rng.gamma(classes - 0.75, 1, size) / (spread + 0.25)
    old = particles.log_tail[:-1] - particles.log_tail[1:]
    new = rng.exponential(size=(classes - 1, size)) / concentration
    first = rng.integers(0, classes - 1, size)
    log_weight = weights_of_sticks(np.where(np.arange(classes - 1)[:, None] >= first, new, old))
    log_weight -= log_weight.max(axis=0)
    mixed = mix_cells(particles.cells, np.exp(log_weight))
    log_likelihood = particles.table.log_likelihood(mixed)
    accepted = _accepted(power * (log_likelihood - particles.log_likelihood), rng)
    np.copyto(particles.mixed, mixed, where=accepted)
    np.copyto(particles.log_likelihood, log_likelihood, where=accepted)
    tails = log_tails(log_weight)
    _accept_weights(
        particles, _Weights(log_weight, tails, log_weight_prior(log_weight, tails)), accepted
    )


def swap_classes(particles: Particles, rng: np.random.Generator) -> None:
    """Exchange the labels of classes k and k + 1, for every k in turn."""
    for k in range(particles.classes - 1):
        log_weight = particles.log_weight.copy()
        log_weight[[k, k + 1]] = particles.log_weight[[k + 1, k]]
        tails = log_tails(log_weight)
        prior = log_weight_prior(log_weight, tails)
        places = np.flatnonzero(_accepted(prior - particles.weight_prior, rng))
        for values in (particles.log_weight, particles.weight, particles.logit, particles.cells):
            kept = values[k][..., places]
            values[k][..., places] = values[k + 1][..., places]
            values[k + 1][..., places] = kept
        particles.log_tail[:, places] = tails[:, places]
        particles.weight_prior[places] = prior[places]


@dataclass(frozen=True, eq=False)
class _EmStep:
    """Where renew_class proposes: shape (lists, particles) each."""

    centre: Numbers
    scale: Numbers


@dataclass(frozen=True, eq=False)
class _Class:
    """A proposed class: its logit l, cells, log prior; the mixed cells and their likelihood."""

    logit: Numbers
    cells: Numbers
    prior: Numbers
    mixed: Numbers
    log_likelihood: Numbers


@dataclass(frozen=True, eq=False)
class _Weights:
    """Proposed log weights of all classes with their tails and log prior."""

    log_weight: Numbers
    log_tail: Numbers
    prior: Numbers


def _em_step(
    particles: Particles,
    weight: Numbers,
    cells: Numbers,
    mixed: Numbers,
    power: Power,
    width: Numbers,
) -> _EmStep:
    """Mean and scale of logit l given the persons expected in the class, unseen ones included.

    The mean and variance of the logit of a Beta(a, b) are near log (a - .5)/(b - .5) and
    1/(a - .392) + 1/(b - .392); exact is not needed, the acceptance corrects for it.
    """
    table = particles.table
    expected = power * weight * cells / mixed
    persons = expected[:-1] * table.counts
    unseen = table.total * power * weight * (1 - cells[-1]) / mixed[-1]
    present = table.patterns.T @ persons
    absent = (1 - table.patterns).T @ persons + unseen
    scale = np.sqrt(1 / (present + 0.608) + 1 / (absent + 0.608)) / LOGISTIC_SD
    return _EmStep(np.log((present + 0.5) / (absent + 0.5)), scale * width)


def _propose_class(particles: Particles, k: int, logit: Numbers, weight: Numbers) -> _Class:
    cells, prior = class_cells(particles.table, logit)
    mixed = particles.without(k) + weight * cells
    return _Class(logit, cells, prior, mixed, particles.table.log_likelihood(mixed))


def _weigh(particles: Particles, k: int, log_weight: Numbers) -> _Weights:
    changed = particles.log_weight.copy()
    changed[k] = log_weight
    tails = log_tails(changed)
    return _Weights(changed, tails, log_weight_prior(changed, tails))


def _accepted(log_ratio: Numbers, rng: np.random.Generator) -> Mask:
    """Not a number, where a probability underflowed, is a rejection."""
    return np.asarray(np.log(rng.random(len(log_ratio))) < log_ratio)


def _accept_class(particles: Particles, k: int, proposal: _Class, accepted: Mask) -> None:
    np.copyto(particles.logit[k], proposal.logit, where=accepted)
    np.copyto(particles.cells[k], proposal.cells, where=accepted)
    np.copyto(particles.mixed, proposal.mixed, where=accepted)
    np.copyto(particles.log_likelihood, proposal.log_likelihood, where=accepted)


def _accept_weights(particles: Particles, weights: _Weights, accepted: Mask) -> None:
    np.copyto(particles.log_weight, weights.log_weight, where=accepted)
    np.copyto(particles.weight, np.exp(weights.log_weight), where=accepted)
    np.copyto(particles.log_tail, weights.log_tail, where=accepted)
    np.copyto(particles.weight_prior, weights.prior, where=accepted)


def _near_a_cell(patterns: Numbers, share: Numbers, rng: np.random.Generator) -> Numbers:
    drawn = (share.cumsum(axis=0) < rng.random(share.shape[1])).sum(axis=0)
    pattern = patterns[np.minimum(drawn, len(patterns) - 1)].T
    sharp = FOUNDED_SHARPNESS
    chance = rng.beta(1 + sharp * pattern, 1 + sharp * (1 - pattern)).clip(1e-15, 1 - 1e-15)
    return np.asarray(np.log(chance) - np.log1p(-chance))


def _log_near(cells: Numbers, share: Numbers) -> Numbers:
    """Log of the mixture of _near_a_cell up to a constant: its Betas are cell probabilities^3."""
    return np.asarray(np.log((share * cells[:-1] ** FOUNDED_SHARPNESS).sum(axis=0)))


def _logistic(rng: np.random.Generator, shape: tuple[int, ...]) -> Numbers:
    uniform = rng.random(shape)
    return np.asarray(np.log(uniform / (1 - uniform)))


def _log_logistic(values: Numbers) -> Numbers:
    """Shape (particles,): log density of standard logistic numbers, summed over lists."""
    return np.asarray((values - 2 * softplus(values)).sum(axis=0))


def _random_scale(rng: np.random.Generator, ends: tuple[float, float], size: int) -> Numbers:
    return np.asarray(np.exp(rng.uniform(np.log(ends[0]), np.log(ends[1]), size)))
