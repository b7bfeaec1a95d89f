"""Sentencing bodies: what one abbreviation may not be taken for, and bodies of other languages."""

import pytest

from martyrolog.terms import code_term

CODED = [
    ("Ос. Тр. УНКВД по Энской обл.", "nkvd-troika"),
    ("Ос. Тр. УНКВД ЛО 5 октября 1938 г.", "special-troika"),
    ("Особой тройкой УНКВД ЛО 5 октября 1938 г.", "special-troika"),
    ("особая тройка при УНКВД 16 ноября 1938 г.", "special-troika"),
    ("особая тройка при УНКВД 17 ноября 1938 г.", "nkvd-troika"),
    ("Особой тройкой УНКВД ЛО 5 октября 1937 г.", "nkvd-troika"),
    ("особой тройкой УНКВД в 1938 г.", "nkvd-troika"),
    ("особой тройкой УНКВД в октябре 1938 г.", "special-troika"),
    ("тройкой УНКВД 5 октября 1938 г.", "nkvd-troika"),
    ("special troikas of September-November 1938", "special-troika"),
    ("без решения суда", "not-stated"),
    ("выслан без суда", "not-stated"),
    ("не судим", "not-stated"),
    ("выслан без суда тройкой ОГПУ", "ogpu-troika"),
    ("Суд. Тр. при КГПУ УССР", "ogpu-troika"),
    ("ОСНКВД", "special-council"),
    ("СНК УССР", "government-decree"),
    ("выездная сессия военного трибунала Энского округа", "military-tribunal"),
    ("Sondergericht Krakau", "foreign-body"),
    ("Volksgerichtshof Berlin", "foreign-body"),
    ("Sąd Wojskowy w Wilnie", "foreign-body"),
    ("Wojskowy Sąd Rejonowy w Lublinie", "foreign-body"),
    ("Асобая нарада пры НКУС", "special-council"),
    ("Особлива нарада при НКВС", "special-council"),
    ("Trojka NKWD", "nkvd-troika"),
    ("OSO NKWD", "special-council"),
    ("Kolegium Specjalne NKWD", "special-council"),
    ("troika of the OGPU", "ogpu-troika"),
    ("Спецтройка НКВД", "nkvd-troika"),
    ("губревтрибунал", "revolutionary-tribunal"),
    ("Военным трибуналом войск НКВД", "military-tribunal"),
    ("облпрокуратура", "prosecutors-office"),
]


@pytest.mark.parametrize(("text", "term_id"), CODED)
def test_a_body_is_told_from_those_that_are_written_alike(text: str, term_id: str | None) -> None:
    code = code_term("sentencing_body", text)
    assert (code and code.term_id) == term_id


@pytest.mark.parametrize(
    ("text", "term_id"),
    [
        ("УРКМ НКВД", "police"),
        ("погранотряд НКВД", "border-guard"),
        ("НКВД Энской ж-д", "transport-department"),
        ("Н-губчека", "cheka"),
        ("ЯОООГПУ", "ogpu"),
        ("в-ч 0000", "army"),
        ("УМГБ по Энской обл.", "mgb"),
    ],
)
def test_an_arresting_body_is_told_by_its_own_name_before_that_of_its_commissariat(
    text: str, term_id: str
) -> None:
    code = code_term("arresting_body", text)
    assert code is not None
    assert code.term_id == term_id


def test_the_prosecutor_of_a_region_is_none_of_a_military_district() -> None:
    codes = [code_term("rehabilitating_body", t) for t in ("прокуратура СКО", "прокуратура ПриВО")]
    assert [code and code.term_id for code in codes] == [
        "prosecutors-office",
        "military-prosecutor",
    ]


def test_a_court_of_a_district_is_no_regional_court() -> None:
    codes = [code_term("rehabilitating_body", t) for t in ("Энский райсуд", "Энский облсуд")]
    assert [code and code.term_id for code in codes] == ["court", "regional-court"]


def test_the_presidium_of_the_supreme_soviet_is_its_decree_only_from_1989_on() -> None:
    phrase = "постановлением Президиума Верховного Совета СССР"
    codes = [code_term("rehabilitating_body", f"{phrase} в июле {y} г.") for y in (1989, 1960)]
    assert [code and code.term_id for code in codes] == ["decree-1989", "state-decree"]


def test_the_district_department_of_the_nkvd_is_no_executive_committee() -> None:
    code = code_term("sentencing_body", "Энский районный отдел УНКВД")
    assert code is not None
    assert code.term_id == "state-security"
