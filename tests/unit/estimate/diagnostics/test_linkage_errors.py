import numpy as np
import pytest

from martyrolog.estimate import make_counts
from martyrolog.estimate.diagnostics.linkage_errors import with_false_links, with_missed_links

COUNTS = make_counts([[1, 0, 0], [0, 1, 0], [1, 1, 0], [0, 1, 1], [1, 1, 1]],
                     [40, 30, 20, 10, 10], ["a", "b", "c"])  # fmt: skip


@pytest.mark.parametrize("share", [0.0, 0.1, 0.5, 1.0])
def test_a_missed_link_makes_one_person_more_and_leaves_the_lists_as_large(share: float) -> None:
    found = with_missed_links(COUNTS, share, np.random.default_rng(1))
    assert found.n_observed == COUNTS.n_observed + round(share * 40)
    assert found.list_sizes.tolist() == COUNTS.list_sizes.tolist()


@pytest.mark.parametrize("share", [0.0, 0.1, 0.25])
def test_a_false_link_makes_one_person_fewer_and_leaves_the_lists_as_large(share: float) -> None:
    found = with_false_links(COUNTS, share, np.random.default_rng(1))
    assert found.n_observed == COUNTS.n_observed - round(share * 40)
    assert found.list_sizes.tolist() == COUNTS.list_sizes.tolist()


def test_persons_of_one_list_are_never_joined() -> None:
    alone = make_counts([[1, 0]], [50], ["a", "b"])
    both = make_counts([[1, 0], [1, 1]], [50, 9], ["a", "b"])
    assert with_false_links(alone, 1.0, np.random.default_rng(1)).n_observed == 50
    assert with_false_links(both, 1.0, np.random.default_rng(1)).n_observed == 59
