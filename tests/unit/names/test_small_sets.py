"""Small sets of texts as integers."""

import numpy as np

from martyrolog.names.small_sets import member_pairs, small_sets


def test_every_member_meets_every_member_of_the_other_side_and_no_missing_one() -> None:
    sets = small_sets([("a", "b", "c"), (), ("b", "d"), ("e",)])
    lefts, rights = np.array([0, 1, 2, 3, 0]), np.array([2, 0, 0, 3, 1])
    found: list[set[tuple[str, str]]] = [set() for _ in lefts]
    for rows, one, other in member_pairs(sets.members, lefts, sets.members, rights):
        for row, left, right in zip(rows, one, other, strict=True):
            found[row].add((sets.texts[left], sets.texts[right]))
    assert found[0] == {(left, right) for left in "abc" for right in "bd"}
    assert found[2] == {(left, right) for left in "bd" for right in "abc"}
    assert found[3] == {("e", "e")}
    assert found[1] == found[4] == set()
    assert sets.meet(lefts, rights).tolist() == [True, False, True, True, False]
