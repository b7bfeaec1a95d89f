import pyarrow as pa

from martyrolog.resolve.clusters import judged_clusters
from martyrolog.resolve.judgements import Judgement
from martyrolog.tables import make_table
from tests.unit.resolve.world import match


def clusters(*groups: str) -> dict[str, str]:
    return {record: min(group) for group in groups for record in group}


def links(**weights: float) -> pa.Table:
    rows = [match(pair[0], pair[1], 0.99, weight) for pair, weight in weights.items()]
    return make_table("match", rows)


SAME_AC = Judgement("a", "c", "same")
DIFFERENT_AB = Judgement("a", "b", "different")


def test_clusters_that_no_judgement_contradicts_stay_as_they_are() -> None:
    before = clusters("abc", "d")
    judgements = [SAME_AC, Judgement("a", "d", "different"), Judgement("a", "b", "unsure")]
    assert judged_clusters(before, links(ab=1), judgements) == before


def test_a_cluster_with_a_pair_judged_different_is_divided_at_its_weaker_link() -> None:
    divided = judged_clusters(clusters("abc"), links(ac=2, bc=9), [DIFFERENT_AB])
    assert divided == clusters("a", "bc")


def test_clusters_that_separate_a_pair_judged_same_are_joined_whole() -> None:
    joined = judged_clusters(clusters("ab", "cd", "e"), links(ab=2, cd=2), [SAME_AC])
    assert joined == clusters("abcd", "e")


def test_a_judgement_outweighs_any_match_weight() -> None:
    assert judged_clusters(clusters("ab"), links(ab=99), [DIFFERENT_AB]) == clusters("a", "b")


def test_of_contradicting_judgements_the_newest_is_followed() -> None:
    same = [Judgement("b", "c", "same"), SAME_AC]
    assert judged_clusters(clusters("a", "b", "c"), links(), [*same, DIFFERENT_AB]) == clusters(
        "abc"
    )
    newest_first = [DIFFERENT_AB, *same]
    assert judged_clusters(clusters("a", "b", "c"), links(), newest_first) == clusters("a", "bc")


def test_a_record_without_a_link_stays_with_the_smallest_of_its_cluster() -> None:
    assert judged_clusters(clusters("abc"), links(), [DIFFERENT_AB]) == clusters("ac", "b")


def test_records_that_linking_kept_apart_are_not_joined_by_a_link_of_theirs() -> None:
    joined = judged_clusters(
        clusters("a", "bc", "d"), links(bc=5, cd=50), [Judgement("a", "b", "same")]
    )
    assert joined == clusters("abc", "d")


def test_what_was_judged_of_a_record_holds_for_all_that_join_it() -> None:
    judgements = [Judgement("b", "c", "different"), Judgement("a", "b", "same")]
    assert judged_clusters(clusters("abc"), links(ac=9), judgements) == clusters("ab", "c")


def test_two_clusters_that_are_both_made_again_are_not_joined_by_a_link_between_them() -> None:
    judgements = [DIFFERENT_AB, Judgement("c", "d", "different")]
    parted = judged_clusters(clusters("ab", "cd"), links(bc=50), judgements)
    assert parted == clusters("a", "b", "c", "d")
