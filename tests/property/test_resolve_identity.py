"""The ids of persons under any sequence of builds."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from martyrolog.resolve.assignment import Assignment, assign
from martyrolog.resolve.identity import Identity

RECORDS = "abcdefg"
Partition = list[list[str]]


@st.composite
def partitions(draw: st.DrawFn, records: str = RECORDS) -> Partition:
    """Some of the records, in clusters."""
    numbers = draw(st.lists(st.integers(-1, 3), min_size=len(records), max_size=len(records)))
    groups: dict[int, list[str]] = {}
    for record, number in zip(records, numbers, strict=True):
        if number >= 0:
            groups.setdefault(number, []).append(record)
    return sorted(groups.values())


class Log:
    """What outlives a build: nothing but the lines of the log."""

    def __init__(self) -> None:
        self.lines: list[tuple[str, Any]] = []

    def read(self) -> Identity:
        identity = Identity()
        for operation, content in self.lines:
            identity.apply(operation, content)
        return identity

    def build(self, partition: Partition) -> Assignment:
        assignment = assign(self.read(), partition, "test")
        self.lines += assignment.operations
        return assignment


@given(st.lists(partitions(), min_size=1, max_size=8))
def test_every_cluster_has_an_id_of_its_own_and_every_other_id_leads_to_living_persons(
    builds: list[Partition],
) -> None:
    log = Log()
    given_ids: set[str] = set()
    for partition in builds:
        persons = log.build(partition).persons
        identity = log.read()
        given_ids |= set(persons)
        assert len(set(persons)) == len(partition)
        assert {person for person in identity.age if identity.alive(person)} == set(persons)
        redirects = identity.redirects()
        assert redirects.keys() == given_ids - set(persons)
        assert all(set(targets) <= set(persons) for targets in redirects.values())


@given(st.lists(partitions(), min_size=1, max_size=8))
def test_building_again_gives_the_same_ids_and_logs_nothing(builds: list[Partition]) -> None:
    log = Log()
    for partition in builds:
        before = log.build(partition)
        again = assign(log.read(), partition, "test")
        assert again.persons == before.persons
        assert again.operations == []


@given(st.lists(partitions(), min_size=1, max_size=8))
def test_the_log_alone_tells_what_a_build_knew(builds: list[Partition]) -> None:
    log, kept = Log(), Identity()
    for partition in builds:
        log.lines += assign(kept, partition, "test").operations
        assert log.read() == kept


@given(st.lists(partitions(), min_size=1, max_size=8))
def test_a_retired_id_is_never_given_again(builds: list[Partition]) -> None:
    log = Log()
    retired: set[str] = set()
    for partition in builds:
        assert retired.isdisjoint(log.build(partition).persons)
        retired |= log.read().split.keys()


@given(st.lists(partitions(), min_size=1, max_size=5), st.data())
def test_a_cluster_that_stays_as_it_is_keeps_its_id_whatever_becomes_of_the_others(
    builds: list[Partition], data: st.DataObject
) -> None:
    log = Log()
    for partition in builds:
        persons = log.build(partition).persons
    before = dict(zip(map(tuple, builds[-1]), persons, strict=True))
    known = "".join(record for group in builds[-1] for record in group)
    after = data.draw(partitions(known).filter(lambda found: sum(map(len, found)) == len(known)))
    now = dict(zip(map(tuple, after), log.build(after).persons, strict=True))
    assert all(now[cluster] == before[cluster] for cluster in now.keys() & before.keys())
