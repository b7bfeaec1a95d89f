"""Published latent-class estimates of the six strata of HRDAG (2019).

HRDAG, Ball, Coronel, Padilla, Mora (2019), Drug-Related Killings in the Philippines: posterior
means and 95 % intervals of six strata, from one chain of LCMCR each. Their Monte Carlo error is not
published; a mean may differ by 1.5 % and an end of the interval by 6 %.
"""

import csv
from pathlib import Path

import numpy as np
import pytest

from martyrolog.estimate.counts import make_counts
from martyrolog.estimate.models.latent_class import fit_latent_class
from martyrolog.estimate.models.lcmcr import fit_lcmcr

PUBLISHED = {
    "ph_caloocan_police": (331, 302, 379),
    "ph_caloocan_unidentified": (745, 632, 908),
    "ph_manila_police": (575, 534, 639),
    "ph_manila_unidentified": (414, 314, 635),
    "ph_quezon_police": (348, 338, 368),
    "ph_quezon_unidentified": (428, 392, 481),
}

MISSED_MODE = pytest.mark.xfail(
    reason="all groups agree on 339 where plain Gibbs finds 345 [338; 366]: refused by fit_lcmcr",
    strict=True,
)


def _table(folder: Path, name: str) -> tuple[np.ndarray, np.ndarray]:
    with (folder / "capture-recapture" / f"{name}.csv").open(encoding="utf-8") as file:
        rows = np.array(list(csv.reader(file))[1:], dtype=np.int64)
    rows = rows[rows[:, -1] > 0]
    return rows[:, :-1].astype(bool), rows[:, -1]


@pytest.mark.alone  # up to a CPU minute each: continuous integration has half an hour for all
@pytest.mark.parametrize(
    "name",
    [
        pytest.param(name, marks=MISSED_MODE if name == "ph_quezon_police" else ())
        for name in PUBLISHED
    ],
)
def test_the_six_philippine_strata(data_dir: Path, name: str) -> None:
    mean, lower, upper = PUBLISHED[name]
    fit = fit_latent_class(*_table(data_dir, name), seed=1, time_limit=300)
    assert fit.status == "estimated"
    assert fit.mean == pytest.approx(mean, rel=0.015)
    assert fit.lower == pytest.approx(lower, rel=0.06)
    assert fit.upper == pytest.approx(upper, rel=0.06)


def test_no_number_is_given_where_the_sampler_is_known_to_miss_a_mode(data_dir: Path) -> None:
    patterns, counts = _table(data_dir, "ph_quezon_police")
    found = fit_lcmcr(make_counts(patterns, counts, [f"list {i}" for i in range(9)]), time_limit=1)
    assert (found.status, found.mean, found.median) == ("not_converged", None, None)
    assert found.reasons[0].key == "estimate.unproven_lists"
