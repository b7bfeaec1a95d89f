"""What chains looked like, small enough to be kept: traces, and ranks by chain.

Rank plots: Vehtari, Gelman, Simpson, Carpenter and Bürkner (2021), section 4.3. Where chains have
mixed, the ranks of each are spread evenly over the bins.
"""

from typing import Any

import numpy as np
import numpy.typing as npt

from martyrolog.estimate.counts import CaptureCounts

POINTS, BINS = 150, 20


def chain_rows(draws: npt.NDArray[np.float64], counts: CaptureCounts) -> dict[str, Any]:
    """Traces and ranks of the draws of N.

    Args:
        draws: Shape (chains, draws).
        counts: What was observed.

    Returns:
        ``traces``: for each chain 150 draws at even distances; ``ranks``: for each chain how many
        of its draws lie in each twentieth of all draws, as a share of an even spread; ``observed``.
    """
    places = np.linspace(0, draws.shape[1] - 1, min(POINTS, draws.shape[1])).astype(int)
    # draws are whole numbers and often equal: chance decides between equals, not their chain
    order = np.lexsort((np.random.default_rng(0).random(draws.size), draws.ravel()))
    ranks = np.empty(draws.size, dtype=np.int64)
    ranks[order] = np.arange(draws.size)
    bins = (ranks * BINS // draws.size).reshape(draws.shape)
    even = draws.shape[1] / BINS
    spread = [np.bincount(chain, minlength=BINS) / even for chain in bins]
    return {
        "traces": [[round(float(n)) for n in chain[places]] for chain in draws],
        "ranks": [[round(float(share), 3) for share in chain] for chain in spread],
        "observed": counts.n_observed,
    }
