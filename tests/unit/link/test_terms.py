"""Term frequencies."""

import numpy as np

from martyrolog.levels import FIELDS, MISSING
from martyrolog.link.keys import make_keys
from martyrolog.link.terms import make_terms, term_weights
from tests.unit.link.build import Row, records_of

NAMES = list(FIELDS)


def _bits(rows: list[Row], left: str, right: str, **levels: str) -> np.ndarray:
    records = records_of(rows)
    ids = records.ids.to_pylist()
    row = [FIELDS[name].number(levels[name]) if name in levels else MISSING for name in NAMES]
    terms = make_terms(records, make_keys(records))
    at = [np.array([ids.index(record)], np.int32) for record in (left, right)]
    bits = term_weights(terms, np.array([row], np.int8), at[0], at[1])
    return np.array([bits[field][0] if field in bits else 0.0 for field in range(len(NAMES))])


COMMON: list[Row] = [{"surname": "Иванов", "record_id": f"common{at:04d}"} for at in range(500)]
RARE: list[Row] = [
    {"surname": "Пятницкий", "record_id": "rare1"},
    {"surname": "Pyatnitsky", "record_id": "rare2"},
]


def test_a_rare_surname_in_common_weighs_more_than_a_common_one() -> None:
    rare = _bits(COMMON + RARE, "rare1", "rare2", surname="same_key")[0]
    common = _bits(COMMON + RARE, "common0001", "common0002", surname="equal")[0]
    assert rare > 4 > 1 > common


def test_only_agreement_is_weighed_by_frequency() -> None:
    assert not _bits(COMMON + RARE, "rare1", "rare2", surname="different").any()
    assert not _bits(COMMON + RARE, "rare1", "rare2").any()


def test_in_a_small_archive_no_name_is_called_common_for_standing_twice() -> None:
    rows: list[Row] = [
        {"surname": name} for name in ("Якир", "Якир", "Уборевич", "Корк", "Эйдеман")
    ]
    assert abs(_bits(rows, "r0", "r1", surname="equal")[0]) < 2.5


def _latvians(surnames: int) -> list[Row]:
    """Ян Янович under many surnames, among many who share neither."""
    given = ["Иван", "Пётр", "Павел", "Сергей", "Фёдор", "Яков", "Григорий", "Андрей"]
    stems = ["Бобров", "Волков", "Зайцев", "Медведев", "Лисицын", "Орлов", "Соколов", "Голубев"]
    rows: list[Row] = [{"surname": stem + end, "given_name": name,
             "patronymic": f"{name}ович"}
            for name in given for stem in stems for end in ("", "ский")]  # fmt: skip
    return rows + [{"surname": f"Озол{'аеиоу'[at % 5]}{'нркл'[at % 4]}с", "given_name": "Ян",
                    "patronymic": "Янович", "record_id": f"yan{at:02d}"}
                   for at in range(surnames)]  # fmt: skip


def test_given_name_and_patronymic_that_come_together_weigh_less_than_each_alone() -> None:
    at = NAMES.index("patronymic")
    rows = _latvians(20)
    both = _bits(rows, "yan00", "yan01", given_name="equal", patronymic="equal")
    alone = _bits(rows, "yan00", "yan01", patronymic="equal")
    assert both[at] < alone[at] - 1


def test_many_records_of_one_person_do_not_make_a_rare_name_common() -> None:
    rows: list[Row] = [*_latvians(0), *({"surname": "Тухачевский", "given_name": "Михаил",
                              "record_id": f"t{at}",
                              "patronymic": "Николаевич"} for at in range(6))]  # fmt: skip
    at = NAMES.index("patronymic")
    both = _bits(rows, "t0", "t1", given_name="equal", patronymic="equal")
    assert both[at] == _bits(rows, "t0", "t1", patronymic="equal")[at]
