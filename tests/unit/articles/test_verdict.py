import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from martyrolog.articles import VERDICTS, Case, judge_claims, verdict_of
from martyrolog.articles.parse import ClaimText, parse_article
from martyrolog.errors import QueryError

TRUE, FALSE = Case(True, True, None, {}), Case(False, True, None, {})
OPEN, UNVERIFIED = Case(None, True, None, {}), Case(False, False, None, {})
ALL = ClaimText(sentence="All were shot.")
MOST = ClaimText(sentence="Most were shot.", supported_at=0.75, partly_at=0.5)


@pytest.mark.parametrize(
    ("cases", "text", "verdict"),
    [
        ([TRUE, TRUE], ALL, "supported"),
        ([TRUE, FALSE], ALL, "contradicted"),
        ([TRUE, OPEN], ALL, "undecidable"),
        ([FALSE, OPEN], ALL, "contradicted"),
        ([TRUE, UNVERIFIED], ALL, "undecidable"),
        ([], ALL, "undecidable"),
        ([TRUE, TRUE, TRUE, FALSE], MOST, "supported"),
        ([TRUE, FALSE], MOST, "partly"),
        ([TRUE, FALSE, FALSE], MOST, "contradicted"),
        ([TRUE, TRUE, TRUE, TRUE, OPEN], MOST, "supported"),
        ([TRUE, TRUE, FALSE, OPEN], MOST, "undecidable"),
    ],
)
def test_the_verdict_follows_from_the_cases(
    cases: list[Case], text: ClaimText, verdict: str
) -> None:
    assert verdict_of(cases, text)[0] == verdict


@given(st.lists(st.sampled_from([TRUE, FALSE, OPEN, UNVERIFIED])), st.sampled_from([ALL, MOST]))
def test_settling_open_cases_never_overturns_a_verdict(cases: list[Case], text: ClaimText) -> None:
    verdict, least, most = verdict_of(cases, text)
    assert verdict in VERDICTS
    if verdict == "undecidable":
        return
    assert least is not None
    assert most is not None
    for settled in (TRUE, FALSE):
        later = [case if case in (TRUE, FALSE) else settled for case in cases]
        assert verdict_of(later, text)[0] == verdict


def article(query: str, evidence: str = "") -> str:
    head = f'---\ntitle: x\n---\n\n```claim shot\nsentence: a\nevidence: "{evidence}"\n'
    return f"{head}query: {query}\n```\n"


def judged(query: str, evidence: str = "", **columns: list[object]) -> object:
    tables = {"person": pa.table(columns)}
    return judge_claims(parse_article(article(query, evidence), "a", "en"), tables)[0]


def test_changing_one_row_changes_the_verdict() -> None:
    query = "SELECT fate = 'executed' AS supports, person_id FROM person"
    persons: list[object] = ["a", "b"]
    before = judged(query, person_id=persons, fate=["executed", "executed"])
    after = judged(query, person_id=persons, fate=["executed", "natural"])
    assert (before.verdict, after.verdict) == ("supported", "contradicted")  # type: ignore[attr-defined]
    assert [case.person_id for case in after.cases] == ["b", "a"]  # type: ignore[attr-defined]


def test_counter_examples_come_first_and_open_cases_last() -> None:
    made = judged("SELECT supports, verified, e FROM person", "case {e}",
                  supports=[True, False, False, None], verified=[True, False, True, True],
                  e=["1", "2", "3", "4"])  # fmt: skip
    assert [case.values["e"] for case in made.cases] == ["3", "1", "2", "4"]  # type: ignore[attr-defined]


def test_what_is_not_said_to_be_verified_where_others_are_decides_nothing() -> None:
    made = judged("SELECT supports, verified FROM person", supports=[True, False],
                  verified=[True, None])  # fmt: skip
    assert made.verdict == "undecidable"  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("SELECT 1 AS one", "no column 'supports'"),
        ("SELECT true AS supports, 1 AS colour", "knows a column 'colour'"),
        ("SELECT 1 AS supports", "'supports' must be of the type bool"),
        ("SELECT true AS supports, 5 AS person_id", "'person_id' must be of the type str"),
    ],
)
def test_a_claim_with_other_columns_is_refused(query: str, message: str) -> None:
    with pytest.raises(QueryError, match=message):
        judged(query, person_id=["a"])


def test_evidence_that_the_query_does_not_give_is_refused() -> None:
    with pytest.raises(QueryError, match="names a column 'day' that the query does not give"):
        judged("SELECT true AS supports", "on {day}", person_id=["a"])
