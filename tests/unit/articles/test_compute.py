from datetime import date
from decimal import Decimal

import pyarrow as pa
import pytest

from martyrolog.articles import ComputedArticle, compute_article
from martyrolog.articles.evidence import in_words, shown
from martyrolog.articles.parse import parse_article
from martyrolog.errors import QueryError

TABLES = {"person": pa.table({"name": ['<b>&"x"'], "n": [681692], "day": [date(1938, 4, 8)]})}
QUERY = "\n\n```query one\nSELECT n, name, day FROM person\n```\n"


def computed(prose: str, language: str = "en") -> ComputedArticle:
    text = f"---\ntitle: x\n---\n{prose}{QUERY}"
    return compute_article(parse_article(text, "a", language), TABLES)


def test_a_value_stands_in_the_prose_and_leads_to_its_rows() -> None:
    made = computed("There were {{ one }} on **{{ one.day }}**.")
    assert made.parts[0].html == (
        '<p>There were <a class="computed" href="#rows-one">681,692</a> on <strong>'
        '<a class="computed" href="#rows-one">8 April 1938</a></strong>.</p>\n'
    )
    assert made.results["one"].num_rows == 1


def test_values_are_written_in_the_manner_of_the_language() -> None:
    assert "681\N{NO-BREAK SPACE}692" in computed("{{ one }}", "ru").parts[0].html
    assert "8 апреля 1938" in computed("{{ one.day }}", "ru").parts[0].html


def test_neither_a_value_nor_the_prose_can_bring_in_html() -> None:
    html = computed("<script>x</script> {{ one.name }} [a](javascript:alert)").parts[0].html
    assert "<script" not in html
    assert "<b>" not in html
    assert 'href="javascript' not in html
    assert "&lt;b&gt;&amp;&quot;x&quot;" in html


def test_a_value_of_a_query_column_or_row_that_is_not_there_is_an_error_with_its_place() -> None:
    with pytest.raises(QueryError, match=r"a\.en\.md, line 1: there is no query 'two'"):
        computed("{{ two }}")
    with pytest.raises(QueryError, match=r"line \d+, query 'one': .*'colour'"):
        computed("{{ one.colour }}")


def test_code_keeps_its_braces() -> None:
    assert "{{ one }}" in computed("`{{ one }}`").parts[0].html


@pytest.mark.parametrize(
    ("value", "english", "russian"),
    [(None, "—", "—"), (Decimal(5), "5", "5"), (0.705, "0.705", "0,705"), ("a", "a", "a"),
     (12345, "12,345", "12\N{NO-BREAK SPACE}345"), (True, "true", "true")],
)  # fmt: skip
def test_values_are_shown_as_readers_expect(value: object, english: str, russian: str) -> None:
    assert (shown(value, "en"), shown(value, "ru")) == (english, russian)


def test_a_query_may_read_those_above_it_and_a_claim_all_of_them() -> None:
    text = "---\ntitle: x\n---\n{{ b }}\n\n```query a\nSELECT n FROM person\n```\n\n"
    text += "```query b\nSELECT n + 1 AS n FROM a\n```\n\n"
    text += "```claim c\nsentence: s\nquery: SELECT n > 681692 AS supports FROM b\n```\n"
    made = compute_article(parse_article(text, "a", "en"), TABLES)
    assert made.results["b"]["n"].to_pylist() == [681693]
    assert made.claims[0].verdict == "supported"


def test_a_query_cannot_take_the_name_of_a_table() -> None:
    text = "---\ntitle: x\n---\n```query person\nSELECT 1\n```\n"
    with pytest.raises(QueryError, match="line 4: the query 'person' has the name of a table"):
        compute_article(parse_article(text, "a", "en"), TABLES)


def test_words_are_made_of_a_row_in_the_manner_of_the_language() -> None:
    row = {"n": 681692, "day": date(1938, 4, 8), "signed_date": "1938-11", "fates": ["a", "b"],
           "open": True}  # fmt: skip

    def label(column: str, value: str, language: str) -> str:
        return f"{language}:{column}:{value}"

    assert in_words("{n} {day}, {signed_date} {{x}}", row | {"x": "{n}"}, "en", label) == (
        "681,692 8 April 1938, November 1938 {en:x:{n}}"
    )
    assert in_words("{fates} {open}", row, "ru", label) == "ru:fates:a, ru:fates:b ru:open:true"
    assert in_words("{d_date}", {"d_date": "before the war"}, "en", label) == "before the war"


@pytest.mark.parametrize("block", ["list one\nitem: '{colour}'", "chart one\nx: name\ny: colour"])
def test_a_block_that_shows_a_column_that_is_not_there_names_its_place(block: str) -> None:
    with pytest.raises(QueryError, match=r"line 4: the block shows a column 'colour'"):
        computed(f"```{block}\n```")


def article(prose: str, *queries: str) -> ComputedArticle:
    blocks = "".join(f"\n\n```query {query}\n```\n" for query in queries)
    return compute_article(parse_article(f"---\ntitle: x\n---\n{prose}{blocks}", "a", "en"), LIVES)


LIVES = {
    "life": pa.table({"person_id": ["p1", "p2", "p3"], "shot": [True, False, True]}),
    "order": pa.table({"name": ["b", "a"], "signed": ["1937", None], "shot": [1, 2],
                       "unverified": [["shot"], []]}),
}  # fmt: skip


def test_a_value_that_is_not_known_is_an_error_with_its_place() -> None:
    with pytest.raises(QueryError, match=r"a\.en\.md, line 6, query 'one': .* 'n' is not known"):
        article("{{ one.n }}", "one\nSELECT CAST(NULL AS INT) AS n")


def test_the_author_may_say_what_stands_for_a_value_that_is_not_known() -> None:
    unknown, nowhere = "one\nSELECT CAST(NULL AS INT) AS n", "two\nSELECT 1 AS n WHERE false"
    made = article("{{ one | an unknown number }}, {{ two|none }}", unknown, nowhere)
    assert ">an unknown number</a>, <a" in made.parts[0].html
    assert ">none</a>" in made.parts[0].html


def test_a_known_value_needs_no_words_in_its_place() -> None:
    assert ">5</a>" in article("{{ one | words }}", "one\nSELECT 5 AS n").parts[0].html


def test_behind_a_count_stand_the_rows_that_it_counts() -> None:
    made = article("{{ one }}", "one\nSELECT count(*) AS n FROM life WHERE shot")
    rows = made.behind["one"]
    assert (rows.number, rows.answer.table["person_id"].to_pylist()) == (2, ["p1", "p3"])


def test_behind_a_value_of_a_row_stands_that_row() -> None:
    assert article("{{ one }}", "one\nSELECT shot FROM life LIMIT 1").behind == {}


def test_of_very_many_rows_the_first_are_given_and_their_number() -> None:
    made = article("{{ one }}", "one\nSELECT count(*) AS n FROM range(5000)")
    assert (made.behind["one"].number, made.behind["one"].answer.table.num_rows) == (5000, 1000)


def test_an_author_may_name_the_rows_behind_a_value() -> None:
    made = article("{{ one }}", "dead\nSELECT person_id FROM life WHERE shot",
                   "one rows dead\nSELECT 2 * (SELECT count(*) FROM dead) AS n")  # fmt: skip
    assert made.behind["one"].answer.table["person_id"].to_pylist() == ["p1", "p3"]


def test_rows_can_only_be_those_of_a_query() -> None:
    with pytest.raises(QueryError, match="the block 'query one rows 7 8'"):
        article("x", "one rows 7 8\nSELECT 1 AS n")


def test_a_cell_is_marked_where_its_table_says_that_it_is_not_verified() -> None:
    made = article("x", 'one\nSELECT name, o.shot AS "the dead" FROM "order" AS o ORDER BY name')
    assert made.results["one"].column_names == ["name", "the dead"]
    assert made.unverified["one"] == {"name": [False, False], "the dead": [False, True]}


def test_a_row_is_marked_where_an_earlier_query_says_so() -> None:
    raw = "SELECT shot, NOT list_contains(unverified, 'shot') AS verified FROM \"order\""
    made = article("x", f"raw\n{raw}", "one\nSELECT shot + 1 AS n FROM raw ORDER BY n")
    assert made.unverified["one"] == {"n": [True, False]}


@pytest.mark.parametrize("counting", ["sum(shot) AS n", "DISTINCT shot AS n"])
def test_of_counts_and_distinct_rows_no_mark_is_known(counting: str) -> None:
    made = article("x", f'one\nSELECT {counting} FROM "order"')
    assert made.unverified["one"] == {}


def test_a_row_that_its_table_does_not_verify_as_a_whole_is_marked_once() -> None:
    made = article("x", 'raw\nSELECT name, shot, false AS verified FROM "order"',
                   "one\nSELECT name, shot FROM raw")  # fmt: skip
    assert made.unverified["one"] == {"shot": [True, True]}
