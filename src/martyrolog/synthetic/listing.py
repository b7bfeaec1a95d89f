"""The rows of one list for one block: what it says of the persons it captured.

A row is told first (the true names and days, or those of a list it copies, with their mistakes),
made worse by this list's own mistakes, and worded last. Copies therefore carry errors from list to
list. Columns are named as the standard fields of ``record``; a missing field is None.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from martyrolog.synthetic import wording
from martyrolog.synthetic.drawing import Flags, Ints, Texts, draw_named, generator, texts
from martyrolog.synthetic.fates import NO_DAY, Fates
from martyrolog.synthetic.latin import spell_column
from martyrolog.synthetic.mistakes import make_mistakes, other_forms
from martyrolog.synthetic.name_pools import NamePools
from martyrolog.synthetic.persons import (
    TOWN,
    Households,
    Persons,
    given_names_of,
    patronymics_of,
    surnames_of,
)
from martyrolog.synthetic.recipe import Recipe, SourceList
from martyrolog.synthetic.wording import Places

COLUMNS = (
    "surname", "given_name", "patronymic", "sex", "birth_date", "birth_place", "nationality",
    "occupation", "residence", "arrest_date", "sentence_date", "death_date", "sentencing_body",
    "sentence",
)  # fmt: skip
DAYS = ("birth", "arrest", "sentence", "death")


@dataclass(frozen=True)
class Block:
    """All that is true of one block."""

    recipe: Recipe
    pools: NamePools
    villages: list[str]
    households: Households
    persons: Persons
    fates: Fates
    seed: int
    number: int


@dataclass(frozen=True)
class Told:
    """Names and days as a list has them, before they are worded; one entry a row.

    Attributes:
        person: Position of the person in the block; rising.
        names: surname, given_name, patronymic.
        days: birth, arrest, sentence and death, in days since 1970-01-01 or ``NO_DAY``.
    """

    person: Ints
    names: Mapping[str, Texts]
    days: Mapping[str, Ints]


def make_list(
    block: Block, source: SourceList, captured: Flags, told: Mapping[str, Told]
) -> tuple[Told, Mapping[str, Texts]]:
    """The rows of a list.

    Args:
        block: What is true.
        source: The list.
        captured: Which persons it has.
        told: What the lists before it told, by ``list_id``.

    Returns:
        What it tells, and its columns as written.
    """
    rng = generator(block.seed, 4, block.number, source.number)
    person = np.flatnonzero(captured)
    twice = person[rng.random(len(person)) < source.duplicates]
    person = np.sort(np.concatenate([person, twice]))
    rows = _copied(rng, source, _true(block, person), told)
    rows = _with_wrong_days(rng, block.recipe, source, rows)
    rows = replace(rows, names=_misspelt(rng, block, source, rows))
    columns = _worded(rng, block, source, rows)
    return rows, _left_out(rng, source, _with_slips(rng, block.recipe, source, columns))


def _true(block: Block, person: Ints) -> Told:
    names = {
        "surname": surnames_of(block.pools, block.households, block.persons)[person],
        "given_name": given_names_of(block.pools, block.persons)[person],
        "patronymic": patronymics_of(block.pools, block.persons)[person],
    }
    days = {"birth": block.persons.birth_day[person], "arrest": block.fates.arrest_day[person],
            "sentence": block.fates.sentence_day[person],
            "death": block.fates.death_day[person]}  # fmt: skip
    return Told(person, names, days)


def _copied(
    rng: np.random.Generator, source: SourceList, rows: Told, told: Mapping[str, Told]
) -> Told:
    """The rows, of which a share stand as in the lists that this one copies."""
    names, days = dict(rows.names), dict(rows.days)
    for other, share in source.copies.items():
        chosen = rng.random(len(rows.person)) < share
        if other not in told or not len(told[other].person):
            continue
        original = told[other]
        at = np.minimum(np.searchsorted(original.person, rows.person), len(original.person) - 1)
        chosen &= original.person[at] == rows.person
        for name in names:
            names[name] = np.where(chosen, original.names[name][at], names[name])
        for name in days:
            known = chosen & (original.days[name][at] != NO_DAY)
            days[name] = np.where(known, original.days[name][at], days[name])
    return Told(rows.person, names, days)


def _with_wrong_days(
    rng: np.random.Generator, recipe: Recipe, source: SourceList, rows: Told
) -> Told:
    days = dict(rows.days)
    count = len(rows.person)
    for name in DAYS:
        exchanged = rng.random(count) < recipe.rates["wrong_day_swap"]
        days[name] = np.where(exchanged, wording.exchange_day_and_month(days[name]), days[name])
    julian = rng.random(count) < source.birth["julian"]
    days["birth"] = np.where(julian, wording.to_julian(days["birth"]), days["birth"])
    wrong_year = rng.random(count) < source.birth["year_off"]
    off = 365 * draw_named(rng, recipe.years_off, count)
    days["birth"] = np.where(wrong_year, days["birth"] + off, days["birth"])
    mistaken = (rng.random(count) < recipe.rates["sentence_as_death"]) & (days["death"] != NO_DAY)
    days["death"] = np.where(mistaken, days["sentence"], days["death"])
    return replace(rows, days=days)


def _misspelt(
    rng: np.random.Generator, block: Block, source: SourceList, rows: Told
) -> Mapping[str, Texts]:
    """Names with other forms, other surnames, mistakes of hearing; Latin; other mistakes."""
    recipe, persons = block.recipe, block.persons
    names = dict(rows.names)
    names["given_name"] = other_forms(rng, names["given_name"], source.forms["given_form"])
    names["surname"] = _other_surnames(rng, block, source, rows)
    for name in names:
        names[name] = make_mistakes(rng, names[name], "hearing", source.mistakes["hearing"],
                                    twice=recipe.rates["two_mistakes"])  # fmt: skip
    if source.schools:
        nation = block.households.nation[persons.household[rows.person]]
        schools = _schools(rng, recipe, source, nation)
        names = {name: spell_column(column, schools) for name, column in names.items()}
    for name in names:
        for kind in ("typing", "ocr"):
            names[name] = make_mistakes(rng, names[name], kind, source.mistakes[kind],
                                        twice=recipe.rates["two_mistakes"])  # fmt: skip
    return names


def _other_surnames(
    rng: np.random.Generator, block: Block, source: SourceList, rows: Told
) -> Texts:
    """Surnames, some of women under another surname or in the form of a man."""
    pool, surname = block.pools.surnames, rows.names["surname"]
    household = block.persons.household[rows.person]
    female = block.persons.female[rows.person]
    count = len(household)
    other = pool.female[pool.draw(rng, block.households.nation[household])]
    renamed = female & (rng.random(count) < block.recipe.rates["new_surname"])
    surname = np.where(renamed, other, surname)
    manly = female & (rng.random(count) < source.forms["gender_ending"])
    return np.where(manly, pool.male[block.households.surname[household]], surname)


def _schools(
    rng: np.random.Generator, recipe: Recipe, source: SourceList, nation: Ints
) -> NDArray[np.str_]:
    drawn = draw_named(rng, source.schools, len(nation))
    for number, entry in enumerate(recipe.nations):
        school = source.nation_schools.get(entry["name"])
        if school:
            drawn = np.where((nation == number) & (rng.random(len(nation)) < 0.8), school, drawn)
    return drawn


def _worded(
    rng: np.random.Generator, block: Block, source: SourceList, rows: Told
) -> dict[str, Texts]:
    recipe, persons, fates, person = block.recipe, block.persons, block.fates, rows.person
    which = rng.random((2, len(person)))
    nation = block.households.nation[persons.household[person]]
    latin = bool(source.schools)
    columns = dict(rows.names)
    sexes = texts(["m", "f"] if latin else ["м", "ж"])
    columns["sex"] = sexes[persons.female[person].astype(np.int64)]
    columns["birth_date"] = _birth(rng, source, rows)
    columns["nationality"] = texts([entry["latin" if latin else "name"]
                                    for entry in recipe.nations])[nation]  # fmt: skip
    columns["occupation"] = wording.word_occupations(recipe, persons.occupation[person], which[0])
    columns["sentencing_body"] = wording.word_bodies(recipe, fates.body[person],
                                                     persons.region[person])  # fmt: skip
    columns["sentence"] = wording.word_sentences(fates.fate[person], fates.term[person], which[1])
    columns |= _places(rng, block, source, person)
    for name in DAYS[1:]:
        only_year = rng.random(len(person)) < recipe.rates["year_only"]
        year, day = (wording.word_days(rows.days[name], way) for way in ("year", source.dates))
        columns[f"{name}_date"] = np.where(only_year, year, day)
    return columns


def _birth(rng: np.random.Generator, source: SourceList, rows: Told) -> Texts:
    """The birth as a day, a year, a year reckoned from the age at arrest, or that age."""
    shares = {name: source.birth[name] for name in ("day", "year", "age", "age_as_text")}
    way = draw_named(rng, shares, len(rows.person))
    day, arrest = rows.days["birth"], rows.days["arrest"]
    age = np.floor((arrest - day) / 365.2425).astype(np.int64)
    # a list that knows the age in years misses the year of birth by one before the birthday
    reckoned = day + 365 * (wording.years(arrest) - age - wording.years(day))
    ages = texts([f"{years} лет" for years in range(120)])[np.clip(age, 0, 119)]
    choices = [wording.word_days(day, source.dates), wording.word_days(day, "year"),
               wording.word_days(reckoned, "about"), ages]  # fmt: skip
    made = choices[0]
    for name, column in zip(list(shares)[1:], choices[1:], strict=True):
        made = np.where(way == name, column, made)
    return made


def _places(
    rng: np.random.Generator, block: Block, source: SourceList, person: Ints
) -> Mapping[str, Texts]:
    recipe, persons = block.recipe, block.persons
    household = persons.household[person]
    homes = block.households
    born = Places(homes.region[household], homes.uezd[household], homes.village[household])
    settled = persons.settled[person]
    lives = Places(persons.region[person], np.where(settled, born.uezd, 0),
                   np.where(settled, born.village, TOWN))  # fmt: skip
    confused = rng.random(len(person)) < recipe.rates["residence_as_birth"]
    told = Places(*(np.where(confused, of_life, of_birth)
                    for of_life, of_birth in zip(lives, born, strict=True)))  # fmt: skip
    if source.schools:
        return {"birth_place": wording.word_latin_places(recipe, told.region),
                "residence": wording.word_latin_places(recipe, lives.region)}  # fmt: skip
    ways = [draw_named(rng, source.places, len(person)) for _ in range(2)]
    ways[1] = np.where(ways[1] == "old", "new", ways[1])  # residence is of the list's own time
    return {"birth_place": wording.word_places(recipe, block.villages, told, ways[0]),
            "residence": wording.word_places(recipe, block.villages, lives, ways[1])}  # fmt: skip


def _with_slips(
    rng: np.random.Generator, recipe: Recipe, source: SourceList, columns: dict[str, Texts]
) -> dict[str, Texts]:
    """Initials, exchanged fields, and mistakes in dates, places and occupations."""
    for name in ("birth_date", "arrest_date", "sentence_date", "death_date"):
        columns[name] = make_mistakes(rng, columns[name], "digits", source.mistakes["digits"])
    share = recipe.rates["other_text_mistakes"]
    for name in ("birth_place", "residence", "occupation"):
        for kind in ("typing", "ocr"):
            rate = source.mistakes[kind] * share
            columns[name] = make_mistakes(rng, columns[name], kind, rate)
    count = len(columns["surname"])
    both = rng.random(count) < source.forms["initials"]
    alone = both | (rng.random(count) < source.forms["initial_patronymic"])
    columns["given_name"] = _initials(columns["given_name"], both)
    columns["patronymic"] = _initials(columns["patronymic"], alone)
    first = rng.random(count) < source.forms["swapped"]
    second = ~first & (rng.random(count) < source.forms["swapped"])
    _exchange(columns, "surname", "given_name", first)
    _exchange(columns, "given_name", "patronymic", second)
    return columns


def _initials(column: Texts, chosen: Flags) -> Texts:
    made = column.copy()
    made[chosen] = [text and f"{text[0]}." for text in column[chosen]]
    return made


def _exchange(columns: dict[str, Texts], one: str, other: str, chosen: Flags) -> None:
    left, right = columns[one], columns[other]
    columns[one] = np.where(chosen, right, left)
    columns[other] = np.where(chosen, left, right)


def _left_out(
    rng: np.random.Generator, source: SourceList, columns: Mapping[str, Texts]
) -> Mapping[str, Texts]:
    count = len(columns["surname"])
    left_out = {}
    for name in COLUMNS:
        left_out[name] = columns[name].copy()
        left_out[name][rng.random(count) < source.missing.get(name, 0.0)] = None
    return left_out
