"""Person ids through the life of an archive: growth, merges, splits, corrections, removals."""

from martyrolog.resolve.assignment import assign, inherit
from martyrolog.resolve.identity import Identity

Groups = list[list[str]]


class Life:
    """One archive, built again and again; the log is all that it remembers."""

    def __init__(self) -> None:
        self.lines: list[tuple[str, dict[str, object]]] = []

    def build(self, *groups: str, supersedes: dict[str, str] | None = None) -> dict[str, str]:
        """Records of each cluster as letters; gives record -> person."""
        identity = self.identity
        clusters = sorted(sorted(group) for group in groups)
        operations = inherit(identity, [one for group in groups for one in group], supersedes or {})
        assignment = assign(identity, clusters, "test")
        self.lines += [(name, dict(content)) for name, content in
                       [*operations, *assignment.operations]]  # fmt: skip
        return {record: person for group, person in zip(clusters, assignment.persons, strict=True)
                for record in group}  # fmt: skip

    @property
    def identity(self) -> Identity:
        identity = Identity()
        for operation, content in self.lines:
            identity.apply(operation, content)
        return identity

    @property
    def redirects(self) -> dict[str, list[str]]:
        return self.identity.redirects()


def test_building_again_keeps_every_id_and_logs_nothing() -> None:
    life = Life()
    before = life.build("ab", "c", "def")
    lines = len(life.lines)
    assert life.build("def", "c", "ab") == before
    assert len(life.lines) == lines


def test_a_record_that_is_added_takes_the_id_of_its_cluster() -> None:
    life = Life()
    before = life.build("b")
    after = life.build("ab")
    assert after["a"] == after["b"] == before["b"]
    assert life.redirects == {}


def test_of_two_persons_that_merge_the_one_with_more_records_stays() -> None:
    life = Life()
    before = life.build("a", "bc")
    assert set(life.build("abc").values()) == {before["b"]}
    assert life.redirects == {before["a"]: [before["b"]]}


def test_of_two_equally_large_persons_that_merge_the_older_stays() -> None:
    life = Life()
    older = life.build("b")["b"]
    younger = life.build("b", "a")["a"]
    assert set(life.build("ab").values()) == {older}
    assert life.redirects == {younger: [older]}


def test_a_merge_that_is_undone_gives_both_their_ids_back() -> None:
    life = Life()
    before = life.build("a", "bc")
    life.build("abc")
    assert life.build("a", "bc") == before
    assert life.redirects == {}


def test_a_survivor_stays_though_the_merged_one_comes_to_have_more_records() -> None:
    life = Life()
    before = life.build("abx", "cd", "e")
    life.build("abxcd", "e")
    after = life.build("acd", "e")
    assert set(after.values()) == {before["a"], before["e"]}


def test_dividing_the_founding_records_retires_the_id_for_all_its_parts() -> None:
    life = Life()
    before = life.build("abc")["a"]
    after = life.build("ab", "c")
    assert before not in after.values()
    assert life.redirects == {before: sorted({after["a"], after["c"]})}


def test_a_later_record_that_leaves_does_not_cost_the_id() -> None:
    life = Life()
    before = life.build("a")["a"]
    life.build("ab")
    after = life.build("a", "b")
    assert after["a"] == before
    assert after["b"] != before
    assert life.redirects == {}


def test_parts_that_merge_again_get_one_of_their_own_ids_and_the_retired_one_follows() -> None:
    life = Life()
    retired = life.build("ab")["a"]
    parts = life.build("a", "b")
    together = life.build("ab")["a"]
    assert together in parts.values()
    other = next(person for person in parts.values() if person != together)
    assert life.redirects == {retired: [together], other: [together]}


def test_a_part_that_joins_another_person_takes_its_id() -> None:
    life = Life()
    before = life.build("ab", "c")
    after = life.build("a", "bc")
    assert after["b"] == after["c"] == before["c"]
    assert life.redirects == {before["a"]: sorted({after["a"], before["c"]})}


def test_a_person_whose_records_are_gone_becomes_a_tombstone() -> None:
    life = Life()
    before = life.build("a", "b")
    life.build("b")
    assert life.redirects == {before["a"]: []}


def test_records_that_come_back_get_their_id_back() -> None:
    life = Life()
    before = life.build("a", "b")
    life.build("b")
    assert life.build("a", "b") == before
    assert life.redirects == {}


def test_the_id_outlives_its_founding_record_while_another_stands_under_it() -> None:
    life = Life()
    before = life.build("a")["a"]
    life.build("ab")
    assert life.build("b") == {"b": before}


def test_a_founding_record_that_comes_back_apart_from_its_successors_divides_the_id() -> None:
    life = Life()
    before = life.build("a")["a"]
    life.build("ab")
    life.build("b")
    after = life.build("a", "b")
    assert life.redirects == {before: sorted(after.values())}


def test_records_that_join_a_person_without_founding_records_take_their_place_at_once() -> None:
    life = Life()
    life.build("abdefcg")
    life.build("abde", "c", "f", "g")
    life.build("acfg", "bde")
    before = life.build("bdfg", "e")
    lines = len(life.lines)
    assert life.build("bdfg", "e") == before
    assert len(life.lines) == lines


def test_the_survivor_of_a_merge_keeps_the_others_records_when_its_own_are_gone() -> None:
    life = Life()
    before = life.build("ab", "c")
    life.build("abc")
    assert life.build("c") == {"c": before["a"]}
    assert life.redirects == {before["c"]: [before["a"]]}


def test_a_survivor_without_records_leads_to_all_that_were_merged_into_it() -> None:
    life = Life()
    before = life.build("ab", "c", "d")
    life.build("abcd")
    after = life.build("c", "d")
    assert after == {"c": before["c"], "d": before["d"]}
    assert life.redirects == {before["a"]: sorted(after.values())}


def test_a_corrected_row_inherits_the_id_of_the_one_it_supersedes() -> None:
    life = Life()
    before = life.build("a", "b")
    after = life.build("x", "b", supersedes={"x": "a"})
    assert after == {"x": before["a"], "b": before["b"]}
    assert life.build("x", "b", supersedes={"x": "a"}) == after


def test_inheritance_goes_through_several_editions() -> None:
    life = Life()
    before = life.build("a")["a"]
    life.build("x", supersedes={"x": "a"})
    assert life.build("y", supersedes={"y": "x"}) == {"y": before}


def test_a_superseded_row_that_is_still_there_keeps_its_own_id() -> None:
    life = Life()
    before = life.build("a")["a"]
    after = life.build("a", "x", supersedes={"x": "a"})
    assert after["a"] == before
    assert after["x"] != before


def test_two_rows_that_supersede_one_divide_its_id() -> None:
    life = Life()
    before = life.build("a")["a"]
    after = life.build("x", "y", supersedes={"x": "a", "y": "a"})
    assert life.redirects == {before: sorted(after.values())}


def test_an_id_that_was_split_is_never_given_again() -> None:
    life = Life()
    retired = life.build("ab")["a"]
    life.build("a", "b")
    life.build("c")
    assert retired not in life.build("a", "b", "c").values()
    assert retired not in life.build("ab", "c").values()
