"""Groups that refuse to grow."""

import numpy as np

from martyrolog.link.groups import Groups


def _groups(opinions: dict[int, dict[int, int]] | None = None, *, largest: int = 99,
            enemies: dict[int, set[int]] | None = None) -> Groups:  # fmt: skip
    return Groups(np.arange(6), enemies=enemies or {}, opinions=opinions or {}, largest=largest)


def test_a_union_is_refused_to_enemies_however_they_meet() -> None:
    groups = _groups(enemies={0: {2}, 2: {0}})
    assert groups.join(0, 1, forced=False)
    assert not groups.join(1, 2, forced=False)
    assert groups.join(1, 2, forced=True)
    assert groups.find(0) == groups.find(2)


def test_opinions_of_joined_groups_add_up() -> None:
    opinions = {0: {2: -5, 1: 9}, 1: {2: 4, 0: 9}, 2: {0: -5, 1: 4}}
    assert _groups(opinions).join(1, 2, forced=False)
    joined = _groups(opinions)
    assert joined.join(0, 1, forced=False)
    assert not joined.join(1, 2, forced=False)


def test_no_group_grows_beyond_its_limit() -> None:
    groups = _groups(largest=2)
    assert groups.join(0, 1, forced=False)
    assert not groups.join(1, 2, forced=False)


def test_two_of_one_group_are_one_group_already() -> None:
    groups = _groups()
    assert groups.join(0, 1, forced=False)
    assert groups.join(1, 0, forced=False)
