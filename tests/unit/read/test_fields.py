"""The reading profile applied to one row; links and references."""

from collections.abc import Mapping

import pytest

from martyrolog.read.fields import filled, filled_link, make_reader, safe_link
from martyrolog.read.row import Row

from .sources import profile


def fields(cells: dict[str, str], raw: Mapping[str, object] | None = None) -> dict[str, str]:
    return make_reader(profile(raw), "person").read(Row("S", 3, cells), "lists/a/page 7.htm")


def test_several_columns_are_joined_without_empty_ones() -> None:
    raw = {"columns": {"birth_place": {"source": ["oblast", "raion", "village"], "join": ", "}}}
    assert fields({"oblast": "Киевская", "raion": " ", "village": "Умань"}, raw) == {
        "birth_place": "Киевская, Умань"
    }


def test_values_are_mapped_and_empty_ones_fall_away() -> None:
    raw = {
        "columns": {"fate": "f", "residence": "r"},
        "values": {"fate": {"р": "executed"}},
        "empty": ["."],
    }
    assert fields({"f": "р", "r": "."}, raw) == {"fate": "executed"}


def test_constants_stand_in_every_row_and_give_way_to_columns() -> None:
    raw = {"columns": {"party": "p"}, "constants": {"party": "б/п", "fate": "executed"}}
    assert fields({"p": ""}, raw) == {"party": "б/п", "fate": "executed"}
    assert fields({"p": "ВКП(б)"}, raw)["party"] == "ВКП(б)"


def test_patterns_read_a_column_and_give_way_to_other_columns() -> None:
    raw = {
        "columns": {"birth_date": "year"},
        "patterns": {
            "column": "about",
            "steps": [{"find": r"(?P<birth_date>\d{4}), (?P<note>.+)"}],
        },
    }
    assert fields({"year": "1893", "about": "1896, army"}, raw) == {
        "birth_date": "1893",
        "note": "army",
    }


def test_described_columns_are_not_matched_by_name_unless_asked() -> None:
    raw: dict[str, object] = {"columns": {"surname": "s"}}
    cells = {"s": "Якир", "Партийность": "ВКП(б)"}
    assert "party" not in fields(cells, raw)
    assert fields(cells, {**raw, "matched": True})["party"] == "ВКП(б)"


def test_columns_that_nobody_knows_are_reported() -> None:
    reader = make_reader(profile(), "person")
    reader.read(Row(None, 1, {"Surname": "a", "Shoe size": "44", "unverified": ""}), "f.csv")
    assert list(reader.unmatched) == ["Shoe size"]
    assert reader.matched == {"Surname": "surname"}


def test_unverified_columns_are_named_as_fields() -> None:
    reader = make_reader(profile(), "person")
    row = Row(None, 1, {"Born": "1896", "unverified": " Born; death_date ;"})
    reader.read(row, "f.csv")
    assert reader.unverified(row) == ["birth_date", "death_date"]


def test_a_link_is_built_from_columns_and_the_place_of_the_row() -> None:
    raw = {"columns": {"surname": "s"}, "source_url": "https://e.org/{stem}?p={page}&r={row}#{id}"}
    assert fields({"s": "x", "id": "а/б"}, raw)["source_url"] == (
        "https://e.org/page%207?p=S&r=3#%D0%B0%2F%D0%B1"
    )
    assert "source_url" not in fields({"s": "x", "id": " "}, raw)


@pytest.mark.parametrize(
    "link",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "//example.org/x",
        "ftp://example.org/x",
        "https://",
        "https://example.org/a b",
        "https://example.org/<x>",
        'https://example.org/"x',
        "https://user:pass@example.org/",
        "https://[::1",
        "https://example.org/" + "x" * 3_000,
        "",
    ],
)
def test_what_is_no_plain_web_link_is_dropped(link: str) -> None:
    assert safe_link(link) == ""
    assert "source_url" not in fields({"surname": "x", "url": link})


@pytest.mark.parametrize("link", ["http://example.org/a?b=c#d", "https://пример.рф/путь"])
def test_plain_web_links_are_kept(link: str) -> None:
    assert fields({"surname": "x", "url": link})["source_url"] == link


def test_column_values_cannot_leave_their_place_in_a_link() -> None:
    assert filled_link("https://e.org/{id}", {"id": "../../x?y#z"}) == (
        "https://e.org/..%2F..%2Fx%3Fy%23z"
    )


def test_an_archival_reference_leaves_out_what_is_missing() -> None:
    template = "ЦА ФСБ[, ф. {fond}][, д. {delo}]"
    assert filled(template, {"fond": "", "delo": "П-1234"}) == "ЦА ФСБ, д. П-1234"
    assert filled(template, {"fond": "", "delo": ""}) == ""


def test_a_column_marked_unverified_is_the_field_it_is_in_its_own_row() -> None:
    reader = make_reader(profile(), "person")
    alone = Row("S", 1, {"Name": "Якир Иона", "unverified": "Name"})
    beside = Row("S", 2, {"Surname": "Якир", "Name": "Иона", "unverified": "Name"})
    for rows in ((alone, beside), (beside, alone)):
        for row in rows:
            reader.read(row, "a.jsonl")
        assert reader.unverified(alone) == ["full_name"]
        assert reader.unverified(beside) == ["given_name"]
