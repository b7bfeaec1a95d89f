"""The state of the latent-class sampler: many parameter vectors at once, and how probable they are.

Manrique-Vallier (2016), Bayesian population size estimation using Dirichlet process mixtures,
Biometrics 72. A person belongs to class k with probability v_k and is in list j with probability
l_jk there; v is stick breaking with V_k ~ Beta(1, a), l_jk ~ Beta(1, 1), a ~ Gamma(1/4, 1/4),
p(N) proportional to 1/N. Classes of persons, N and a are integrated out, which leaves

    log posterior = sum_m f_m log p_m - n log(1 - p_0)
                    + sum_k log V_k - (K* - 3/4) log(1/4 - log v_K*) + sum_jk log l_jk (1 - l_jk)

in the coordinates (logit l, log v up to a constant): with S = -sum log(1 - V_k) = -log v_K*, the
integral over a of a^(K* - 1) exp(-a S) Gamma(a; 1/4, 1/4) is (S + 1/4)^-(K* - 3/4), and log V_k is
log v_k less the logarithm of the tail sum from k on. The likelihood is the same for weights times
any constant, since the f_m add to n; so weights are kept without being normalised.

Arrays have the particles last: one NumPy call moves them all.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]

LEAST_TAIL = 1e-280


@dataclass(frozen=True, eq=False)
class Table:
    """Observed cells as the likelihood needs them.

    Attributes:
        patterns: Shape (cells, lists), 0 or 1.
        signed: Shape (cells + 1, 1), or (cells + 1, particles) where every particle has a table of
            its own (tests of the sampler do that): the counts, last minus their sum.
    """

    patterns: Numbers
    signed: Numbers

    @property
    def counts(self) -> Numbers:
        """Shape (cells, 1 or particles)."""
        return np.asarray(self.signed[:-1])

    @property
    def total(self) -> Numbers:
        """Shape (1 or particles,): persons observed."""
        return np.asarray(-self.signed[-1])

    def log_likelihood(self, mixed: Numbers) -> Numbers:
        """Shape (particles,), from the cells' probabilities, shape (cells + 1, particles)."""
        logs = np.log(mixed)
        if self.signed.shape[1] == 1:
            return np.asarray(self.signed[:, 0] @ logs)
        return np.asarray((self.signed * logs).sum(axis=0))


def make_table(patterns: npt.ArrayLike, counts: npt.ArrayLike) -> Table:
    """The table of one data set, counts of shape (cells,) or (cells, particles)."""
    cells = np.asarray(patterns, dtype=float)
    numbers = np.asarray(counts, dtype=float).reshape(len(cells), -1)
    return Table(cells, np.vstack([numbers, -numbers.sum(axis=0)]))


@dataclass(eq=False)
class Particles:
    """Parameters of every particle and what follows from them.

    Attributes:
        table: What was observed.
        logit: Shape (classes, lists, particles): log odds of l.
        log_weight: Shape (classes, particles): log v up to a constant of the particle.
        cells: Shape (classes, cells + 1, particles): probability of each observed cell in a class;
            the last row is that of being observed at all.
        weight: exp of log_weight.
        mixed: Shape (cells + 1, particles): the same summed over classes by weight.
        log_likelihood: Shape (particles,).
        log_tail: Shape (classes, particles): log of the sum of weights from this class on.
        weight_prior: Shape (particles,): log prior density of the weights.
    """

    table: Table
    logit: Numbers
    log_weight: Numbers
    cells: Numbers
    weight: Numbers
    mixed: Numbers
    log_likelihood: Numbers
    log_tail: Numbers
    weight_prior: Numbers

    @property
    def size(self) -> int:
        """Number of particles."""
        return int(self.logit.shape[2])

    @property
    def classes(self) -> int:
        """K*, the number of classes."""
        return int(self.logit.shape[0])

    @property
    def observed_probability(self) -> Numbers:
        """Shape (particles,): 1 - p_0."""
        return np.asarray(self.mixed[-1] / self.weight.sum(axis=0))

    def refresh(self) -> None:
        """Compute everything anew from logit l, its cells and the weights: no rounding gathers."""
        self.log_weight -= self.log_weight.max(axis=0)
        self.weight = np.exp(self.log_weight)
        self.mixed = mix_cells(self.cells, self.weight)
        self.log_likelihood = self.table.log_likelihood(self.mixed)
        self.log_tail = log_tails(self.log_weight)
        self.weight_prior = log_weight_prior(self.log_weight, self.log_tail)

    def take(self, places: npt.NDArray[np.intp]) -> None:
        """Replace the particles by those at ``places``."""
        self.logit = self.logit[:, :, places]
        self.log_weight = self.log_weight[:, places]
        self.cells = self.cells[:, :, places]
        self.refresh()

    def without(self, k: int) -> Numbers:
        """Shape (cells + 1, particles): ``mixed`` less class k."""
        return np.asarray(np.maximum(self.mixed - self.weight[k] * self.cells[k], 0))


def draw_prior(
    table: Table, *, classes: int, size: int, rng: np.random.Generator
) -> Particles:  # fmt: skip
    """Particles drawn from the prior."""
    uniform = rng.random((classes, table.patterns.shape[1], size))
    logit = np.log(uniform) - np.log1p(-uniform)
    concentration = np.maximum(rng.gamma(0.25, 4, size=size), 1e-12)
    sticks = rng.exponential(size=(classes - 1, size)) / concentration
    cells = np.stack([class_cells(table, one)[0] for one in logit])
    none = np.empty(0)
    particles = Particles(
        table, logit, weights_of_sticks(sticks), cells, none, none, none, none, none
    )
    particles.refresh()
    return particles


def class_cells(table: Table, logit: Numbers) -> tuple[Numbers, Numbers]:
    """Cell probabilities of one class and the log prior density of its logit l.

    Args:
        table: What was observed.
        logit: Shape (lists, particles).

    Returns:
        Shape (cells + 1, particles), the last row 1 - prod (1 - l_j) without cancellation; shape
        (particles,).
    """
    absent = softplus(logit).sum(axis=0)
    cells = np.empty((len(table.patterns) + 1, logit.shape[1]))
    np.matmul(table.patterns, logit, out=cells[:-1])
    cells[:-1] -= absent
    np.exp(cells[:-1], out=cells[:-1])
    cells[-1] = -np.expm1(-absent)
    return cells, logit.sum(axis=0) - 2 * absent


def mix_cells(cells: Numbers, weight: Numbers) -> Numbers:
    """Shape (cells + 1, particles): cell probabilities summed over classes by weight."""
    return np.asarray(np.einsum("kcp,kp->cp", cells, weight))


def logit_prior(logit: Numbers) -> Numbers:
    """Shape (particles,): log density of logit l for one class, l uniform on (0, 1)."""
    return np.asarray((logit - 2 * softplus(logit)).sum(axis=0))


def softplus(values: Numbers) -> Numbers:
    """log(1 + exp(x)); plain log, which NumPy vectorises, errs by 1e-16 at most."""
    return np.asarray(np.maximum(values, 0) + np.log(1 + np.exp(-np.abs(values))))


def weights_of_sticks(sticks: Numbers) -> Numbers:
    """Log weights from -log(1 - V_k), shape (classes - 1, particles); the last V is 1."""
    before = np.vstack([np.zeros(sticks.shape[1]), np.cumsum(sticks, axis=0)])
    taken = np.vstack([np.log(-np.expm1(-sticks)), np.zeros(sticks.shape[1])])
    return np.asarray(taken - before)


def log_tails(log_weight: Numbers) -> Numbers:
    """Log of the sum of the weights from each class on.

    By plain sums; by sums of logarithms, six times slower, where the last weight would be lost.
    """
    largest = log_weight.max(axis=0)
    sums = np.exp(log_weight - largest)[::-1].cumsum(axis=0)[::-1]
    with np.errstate(divide="ignore"):
        tails = np.log(sums) + largest
    lost = sums[-1] < LEAST_TAIL
    if lost.any():
        tails[:, lost] = np.logaddexp.accumulate(log_weight[::-1, lost], axis=0)[::-1]
    return np.asarray(tails)


def log_weight_prior(log_weight: Numbers, log_tail: Numbers) -> Numbers:
    """Shape (particles,): log density of the log weights, the concentration a integrated out."""
    classes = len(log_weight)
    spread = log_tail[0] - log_weight[-1]
    density = (log_weight - log_tail).sum(axis=0) - (classes - 0.75) * np.log(0.25 + spread)
    return np.asarray(density)
