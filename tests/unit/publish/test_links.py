"""Pages say in words why records are linked, from what both records show."""

from pathlib import Path

import pytest

from martyrolog.levels import FIELDS
from martyrolog.progress import SILENT
from martyrolog.publish import STAGE
from martyrolog.publish.links import fields_in_words, links_shown, spanning_links
from tests.unit.publish.build import archive_at, match, record, source_list, tables_of

LEFT = record("r1", surname="Tukhachevsky", given_name="Mikhail", birth_date="1893-02-16")
RIGHT = record("r2", surname="Тухачевский", given_name="Михаил", birth_date="1893",
               other_names="Шишков")  # fmt: skip
AGREE = {"surname": FIELDS["surname"].number("same_key"),
         "given_name": FIELDS["given_name"].number("equal"),
         "birth_date": FIELDS["birth_date"].number("compatible")}  # fmt: skip


def test_a_pair_is_explained_field_by_field_in_both_languages() -> None:
    link = match("r1", "r2", **AGREE)
    english, russian = (fields_in_words(link, LEFT, RIGHT, language) for language in ("en", "ru"))
    assert [(field["label"], field["level"], field["words"]) for field in english] == [
        ("surname", "one surname in two spellings",
         "Tukhachevsky = Тухачевский: English spelling"),
        ("given name", "same name", "Mikhail = Михаил: English spelling"),
        ("day of birth", "dates agree as far as they go",
         "born 16 Feb 1893 and 1893: one lies within the other"),
    ]  # fmt: skip
    assert [field["words"] for field in russian][:2] == [
        "Tukhachevsky = Тухачевский: английское написание",
        "Mikhail = Михаил: английское написание",
    ]


@pytest.mark.parametrize("hidden", ["surname", "given_name", "birth_date"])
def test_a_field_that_one_record_does_not_show_is_not_explained(hidden: str) -> None:
    label = FIELDS[hidden].label["en"]
    shown = fields_in_words(match("r1", "r2", **AGREE), {**LEFT, hidden: None}, RIGHT, "en")
    assert label not in [field["label"] for field in shown]
    assert len(shown) == len(AGREE) - 1


def test_a_level_that_rests_on_other_names_is_explained_only_where_they_are_shown() -> None:
    link = match("r1", "r2", surname=FIELDS["surname"].number("alias"))
    (said,) = fields_in_words(link, LEFT, RIGHT, "en")
    assert said["words"] == (
        "Tukhachevsky and Тухачевский: surname of one is another name of the other"
    )
    assert fields_in_words(link, LEFT, {**RIGHT, "other_names": None}, "en") == []


def test_the_strongest_links_join_all_records_and_no_more() -> None:
    links = [match("r1", "r2", 8.0), match("r1", "r3", 20.0), match("r2", "r3", 12.0)]
    kept = [(row["record_id_left"], row["record_id_right"]) for row in spanning_links(links)]
    assert kept == [("r1", "r3"), ("r2", "r3")]
    assert spanning_links(links[::-1]) == spanning_links(links)


def test_only_links_within_a_person_and_doubtful_pairs_are_taken() -> None:
    tables = tables_of(
        {"p1x": [LEFT, RIGHT], "p2x": [record("r3", surname="Пахомов")]},
        possibly_same=[{"person_id_left": "p1x", "person_id_right": "p2x", "record_id_left": "r1",
                        "record_id_right": "r3", "match_weight": 1.0, "match_probability": 0.5,
                        "reason": "x"}],
        match=[match("r1", "r2"), match("r1", "r3", 1.0), match("r2", "r3", 30.0)],
    )  # fmt: skip
    shown = links_shown(
        tables["match"], tables["person_record"], tables["possibly_same"], threshold=0.95
    )
    pairs = zip(shown["record_id_left"].to_pylist(), shown["record_id_right"].to_pylist(),
                strict=True)  # fmt: skip
    assert list(pairs) == [("r1", "r2"), ("r1", "r3")]
    weak = links_shown(
        tables["match"], tables["person_record"], tables["possibly_same"].slice(0, 0), 0.9999
    )
    assert weak.num_rows == 0


def test_a_page_says_why_its_records_are_joined_and_what_people_joined(tmp_path: Path) -> None:
    third = record("r3", surname="Тухачевский")
    tables = tables_of({"p1x": [LEFT, RIGHT, third]}, [source_list("memory", historical=True)],
                       match=[match("r1", "r2", **AGREE)])  # fmt: skip
    archive = archive_at(tmp_path)
    STAGE.run(archive, tables, SILENT)
    english, russian = (
        next(archive.releases.glob(f"*/site/{folder}p/**/p1x/index.html")).read_text("utf-8")
        for folder in ("", "ru/")
    )
    assert "<summary>Sources 1 and 2</summary>" in english
    assert "<bdi>Tukhachevsky = Тухачевский: English spelling</bdi>" in english
    assert "joined by a judgement of people" in english
    assert "<bdi>Tukhachevsky = Тухачевский: английское написание</bdi>" in russian
    assert "объединены решением людей" in russian
