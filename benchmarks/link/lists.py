"""Invented lists of invented persons, with the truth: for tests and measurements of linkage.

:func:`make_lists` draws persons (names by the frequencies of the table of given names, surnames
made from these; families, namesakes of one village, days on which many died) and three lists that
each name part of them with errors of their own. Always holds: the same seed gives the same lists.
Nobody in them ever lived; dates and places are drawn. What it lacks of real lists: errors that one
list copies from another, calendars, ages.
"""

import csv
from collections.abc import Callable
from dataclasses import dataclass, replace
from importlib import resources

import numpy as np
import pyarrow as pa

from martyrolog.names import patronymic_of, to_latin

_LETTERS = "абвгдежзиклмнопрстуфхцчшщыьэюя"
_DISTRICTS = 120
_VILLAGES_OF_DISTRICT = 25
_CAPTURED = (0.7, 0.55, 0.4)
"""Share of the persons that each list names."""

_LEFT_OUT = {"birth_place": (0.1, 0.7, 0.9), "arrest_date": (0.2, 0.8, 1.0),
             "death_date": (0.1, 0.3, 0.4), "nationality": (0.2, 0.5, 1.0)}  # fmt: skip
"""Share of the rows of each list that lack a field."""

_TRADES = [
    "крестьянин", "рабочий", "слесарь", "счетовод", "учитель", "инженер", "священник", "сторож",
    "врач", "шофёр",
]  # fmt: skip
_PEOPLES = ["русский", "украинец", "поляк", "еврей", "немец", "латыш", "белорус", "татарин"]


@dataclass(frozen=True)
class Person:
    """One invented person; also one row of a list, where fields may be empty or wrong."""

    surname: str
    given_name: str
    patronymic: str
    sex: str
    birth_date: str
    birth_place: str
    nationality: str
    occupation: str
    residence: str
    arrest_date: str
    death_date: str


def make_lists(persons: int, seed: int, *, noise: float = 1.0) -> tuple[pa.Table, list[int]]:
    """Three lists in one table, and the person of each row.

    Args:
        persons: Number of persons drawn.
        seed: Any number.
        noise: Factor on the rates of all errors; 0 for none.

    Returns:
        Table with ``record_id``, ``list_id`` and the fields of ``Person``, as text; persons by row.
    """
    rng = np.random.default_rng(seed)
    drawn = _draw_persons(persons, rng)
    rows, truth, lists = [], [], []
    for list_number, share in enumerate(_CAPTURED):
        for number in np.flatnonzero(rng.random(persons) < share).tolist():
            rows.append(_written(drawn[number], list_number, noise, rng))
            truth.append(number)
            lists.append(f"list-{list_number + 1}")
    order = rng.permutation(len(rows)).tolist()
    columns = {name: [getattr(rows[at], name) for at in order] for name in Person.__annotations__}
    ids = [f"r{place:07d}" for place in range(len(rows))]
    table = pa.table({"record_id": ids, "list_id": [lists[at] for at in order], **columns})
    return table, [truth[at] for at in order]


def _given_names() -> dict[str, tuple[list[str], np.ndarray]]:
    source = resources.files("martyrolog.names") / "data/given_name_counts.csv"
    found: dict[str, tuple[list[str], list[int]]] = {"m": ([], []), "f": ([], [])}
    for row in csv.DictReader(source.read_text(encoding="utf-8").splitlines()):
        if row["sex"] in found:
            found[row["sex"]][0].append(row["given_name"])
            found[row["sex"]][1].append(int(row["count"]))
    return {sex: (names, np.array(counts) / sum(counts)) for sex, (names, counts) in found.items()}


def _surnames(names: list[str]) -> tuple[list[str], np.ndarray]:
    """Surnames by a law of ranks, the commonest borne by about 1 in 150."""
    endings = ("ов", "ев", "ин", "енко", "ский", "ук")
    stems = [name[:-1] if name[-1] in "аяьй" else name for name in names]
    made = list(dict.fromkeys(stem + ending for ending in endings for stem in stems))
    weight = 1.0 / (np.arange(len(made)) + 20.0)
    return made, weight / weight.sum()


def _draw_persons(count: int, rng: np.random.Generator) -> list[Person]:
    given, (surnames, share) = _given_names(), _surnames(_given_names()["m"][0])
    sexes = np.where(rng.random(count) < 0.88, "m", "f")
    chosen = {sex: rng.choice(given[sex][0], count, p=given[sex][1]) for sex in "mf"}
    fathers = rng.choice(given["m"][0], count, p=given["m"][1])
    family = rng.choice(surnames, count, p=share)
    born = rng.integers(1868, 1917, count) * 372 + rng.integers(0, 372, count)
    home = rng.integers(0, _DISTRICTS, count), rng.integers(0, _VILLAGES_OF_DISTRICT, count)
    died = _days_of_death(count, rng)
    persons: list[Person] = []
    for at in range(count):
        sex = str(sexes[at])
        person = Person(
            _gendered(str(family[at]), sex), str(chosen[sex][at]),
            patronymic_of(str(fathers[at]), "f" if sex == "f" else "m"), sex, _day(int(born[at])),
            f"д. Село-{home[0][at]}-{home[1][at]}, Район-{home[0][at]} р-н",
            _PEOPLES[min(int(rng.geometric(0.5)) - 1, 7)], _TRADES[int(rng.integers(10))],
            f"Город-{home[0][at]}, ул. {int(rng.integers(400))}",
            _day(int(died[at]) - 60), _day(int(died[at])),
        )  # fmt: skip
        if persons and rng.random() < 0.08:
            person = _relative(persons[-1], person, rng)
        persons.append(person)
    return persons


def _relative(of: Person, person: Person, rng: np.random.Generator) -> Person:
    """A brother or sister, or a child, of the same village, sometimes of the same case."""
    child = rng.random() < 0.3 and of.sex == "m"
    father = of.given_name if child else None
    patronymic = (
        patronymic_of(father, "f" if person.sex == "f" else "m") if father else _sister(of, person)
    )
    surname = _gendered(of.surname.removesuffix("а") if of.sex == "f" else of.surname, person.sex)
    relative = replace(person, surname=surname, patronymic=patronymic, birth_place=of.birth_place,
                       nationality=of.nationality, residence=of.residence)  # fmt: skip
    if rng.random() < 0.3:
        relative = replace(relative, death_date=of.death_date, arrest_date=of.arrest_date)
    return relative


def _sister(of: Person, person: Person) -> str:
    if of.sex == person.sex:
        return of.patronymic
    male, female = of.patronymic.removesuffix("ич"), of.patronymic.removesuffix("на")
    return male + "на" if of.sex == "m" else female + "ич"


def _gendered(surname: str, sex: str) -> str:
    if sex == "m" or surname.endswith(("енко", "ук")):
        return surname
    return surname.removesuffix("ский") + "ская" if surname.endswith("ский") else surname + "а"


def _days_of_death(count: int, rng: np.random.Generator) -> np.ndarray:
    """About 120 days between autumn 1937 and autumn 1938, some with many deaths."""
    days = 1937 * 372 + 8 * 31 + np.sort(rng.choice(420, 120, replace=False))
    weight = rng.gamma(0.7, size=120) + 0.02
    return rng.choice(days, count, p=weight / weight.sum())


def _day(number: int) -> str:
    year, rest = divmod(number, 372)
    month, day = divmod(rest, 31)
    return f"{year}-{month + 1:02d}-{min(day + 1, 28):02d}"


def _written(person: Person, style: int, noise: float, rng: np.random.Generator) -> Person:
    """How a list names a person: 0 a book of memory, 1 a brief index, 2 a Latin list."""

    def chance(rate: float) -> bool:
        return bool(rng.random() < rate * noise)

    row = person
    for name in ("surname", "given_name", "patronymic", "birth_place"):
        if chance(0.03):
            row = replace(row, **{name: _mistyped(getattr(row, name), rng)})
    if chance(0.02):
        row = replace(row, birth_date=_misdated(row.birth_date, rng))
    row = _without_parts(row, style, chance)
    if chance(0.004):
        row = replace(row, surname=row.given_name, given_name=row.surname)
    if style == 2 and noise:
        row = replace(row, surname=to_latin(row.surname), given_name=to_latin(row.given_name),
                      patronymic=to_latin(row.patronymic))  # fmt: skip
    return row


def _without_parts(row: Person, style: int, chance: Callable[[float], bool]) -> Person:
    """What a list leaves out or shortens."""
    missing = ((0.05, 0.25, 0.5), (0.02, 0.05, 0.3), (0.3, 0.6, 0.9), (0.1, 0.3, 0.3))
    for name, rates in zip(
        ("patronymic", "birth_date", "residence", "occupation"), missing, strict=True
    ):
        if chance(rates[style]):
            row = replace(row, **{name: ""})
    if chance((0.2, 0.7, 0.6)[style]):
        row = replace(row, birth_date=row.birth_date[:4])
    for name, rates in _LEFT_OUT.items():
        if chance(rates[style]):
            row = replace(row, **{name: ""})
    if chance((0.01, 0.15, 0.1)[style]) and row.given_name:
        patronymic = row.patronymic[:1] + "." if row.patronymic else ""
        row = replace(row, given_name=row.given_name[0] + ".", patronymic=patronymic)
    return replace(row, sex="") if chance(1.0) else row


def _mistyped(text: str, rng: np.random.Generator) -> str:
    if len(text) < 4:
        return text
    at, letter = int(rng.integers(1, len(text) - 1)), _LETTERS[int(rng.integers(len(_LETTERS)))]
    slips = (
        text[:at] + letter + text[at + 1 :],
        text[:at] + text[at + 1 :],
        text[:at] + letter + text[at:],
        text[: at - 1] + text[at] + text[at - 1] + text[at + 1 :],
    )
    return slips[int(rng.integers(4))]


def _misdated(text: str, rng: np.random.Generator) -> str:
    year = int(text[:4]) + int(rng.choice([-10, -2, -1, 1, 2, 10]))
    return (
        f"{year}{text[4:]}" if rng.random() < 0.6 else f"{text[:8]}{int(rng.integers(1, 29)):02d}"
    )
