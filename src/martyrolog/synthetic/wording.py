"""How lists word what they know: days, places, occupations, bodies, sentences.

A wording is made once for each distinct value and then taken by position.
"""

from collections.abc import Callable
from datetime import date, timedelta
from functools import cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from martyrolog.synthetic.drawing import Ints, Texts, texts
from martyrolog.synthetic.fates import NO_DAY
from martyrolog.synthetic.persons import TOWN
from martyrolog.synthetic.recipe import Recipe

FIRST_DAY, LAST_DAY = date(1800, 1, 1), date(1979, 12, 31)
_OFFSET = (date(1970, 1, 1) - FIRST_DAY).days
_MONTHS = ("января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября",
           "октября", "ноября", "декабря")  # fmt: skip
_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
_WAYS: dict[str, Callable[[date], str]] = {
    "numeric": lambda day: f"{day.day:02}.{day.month:02}.{day.year}",
    "words": lambda day: f"{day.day} {_MONTHS[day.month - 1]} {day.year} г.",
    "roman": lambda day: f"{day.day}/{_ROMAN[day.month - 1]}-{day.year}",
    "year": lambda day: str(day.year),
    "about": lambda day: f"ок. {day.year}",
}


@cache
def _days() -> list[date]:
    return [FIRST_DAY + timedelta(number) for number in range((LAST_DAY - FIRST_DAY).days + 1)]


@cache
def _day_texts(way: str) -> Texts:
    return texts([_WAYS[way](day) for day in _days()] + [None])


def word_days(days: Ints, way: str) -> Texts:
    """Days since 1970-01-01 in words; ``NO_DAY`` is None.

    Args:
        days: From 1800 to 1979.
        way: numeric (12.03.1937), words (12 марта 1937 г.), roman (12/III-1937), year (1937)
            or about (ок. 1937).
    """
    table = _day_texts(way)
    return table[np.where(days == NO_DAY, len(table) - 1, days + _OFFSET)]


@cache
def _parts_of_days() -> tuple[NDArray[Any], NDArray[Any], NDArray[Any]]:
    days = _days()
    return (np.array([day.year for day in days]), np.array([day.month for day in days]),
            np.array([day.day for day in days]))  # fmt: skip


def years(days: Ints) -> Ints:
    """The year of each day; 1800 for ``NO_DAY``."""
    return _parts_of_days()[0][np.where(days == NO_DAY, 0, days + _OFFSET)]


def to_julian(days: Ints) -> Ints:
    """The number that the Julian calendar gave to a day before 14 February 1918, as a day here.

    Twelve days earlier in the 19th century, thirteen from 13 March 1900; later days stay.
    """
    turn = (date(1900, 3, 13) - date(1970, 1, 1)).days
    reform = (date(1918, 2, 14) - date(1970, 1, 1)).days
    back = np.where(days < turn, 12, np.where(days < reform, 13, 0))
    return np.where(days == NO_DAY, NO_DAY, days - back)


def exchange_day_and_month(days: Ints) -> Ints:
    """The days with day and month exchanged, where the day is below 13."""
    known = days != NO_DAY
    position = np.where(known, days + _OFFSET, 0)
    _, month, day = _parts_of_days()
    month, day = month[position], day[position]
    year = years(days)
    start = np.array([f"{y}-01-01" for y in range(1800, 1980)], "datetime64[D]")[year - 1800]
    months = start.astype("datetime64[M]") + np.where(day < 13, day - 1, 0)
    made = months.astype("datetime64[D]").astype(np.int64) + month - 1
    return np.where(known & (day < 13), made, days)


class Places(NamedTuple):
    """Places, one entry each.

    Attributes:
        region: Position among the regions.
        uezd: Position among those of the region.
        village: Position among the names of villages, ``TOWN`` for the chief town of the region.
    """

    region: Ints
    uezd: Ints
    village: Ints


def word_places(recipe: Recipe, names: list[str], places: Places, way: NDArray[Any]) -> Texts:
    """Places in words.

    Args:
        recipe: The regions.
        names: Names of villages.
        places: Which places.
        way: old (guberniya and uezd), new (oblast), region_only or village_only, for each place.
    """
    ways = ("old", "new", "region_only", "village_only")
    number = np.select([way == name for name in ways], range(len(ways)), 0)
    home = (places.region * 16 + places.uezd) * (len(names) + 1) + places.village + 1
    _, first, inverse = np.unique(home * len(ways) + number, return_index=True, return_inverse=True)
    worded = [
        _word_place(recipe.regions[places.region[row]], int(places.uezd[row]),
                    int(places.village[row]), names, str(way[row]))
        for row in first.tolist()
    ]  # fmt: skip
    return texts(worded)[inverse]


def _word_place(region: Any, uezd: int, village: int, names: list[str], way: str) -> str:
    if village == TOWN:
        return str(region["oblast"]) if way == "region_only" else f"г. {region['town']}"
    if way == "old":
        old = f"{_genitive(region['uezds'][uezd])} у. {_genitive(region['guberniya'])}"
        return f"{names[village]} {old}"
    if way == "new":
        return f"{region['oblast']}, {names[village]}"
    return str(region["oblast"]) if way == "region_only" else names[village]


def _genitive(name: str) -> str:
    """Of a guberniya or uezd: Тверская губ. - Тверской губ., Ржевский - Ржевского."""
    for ending, genitive in (("ая губ.", "ой губ."), ("ая область", "ой области"),
                             ("ий", "ого"), ("ой", "ого")):  # fmt: skip
        if name.endswith(ending):
            return name[: -len(ending)] + genitive
    return name.replace("Область", "Области")


def word_latin_places(recipe: Recipe, region: Ints) -> Texts:
    """The chief town of each region, as English maps of the time write it."""
    return texts([place["latin"] for place in recipe.regions])[region]


def word_occupations(recipe: Recipe, occupation: Ints, which: NDArray[np.float64]) -> Texts:
    """An occupation in one of its wordings, chosen by a number in [0, 1)."""
    wordings = [entry["words"] for entry in recipe.occupations]
    most = max(len(words) for words in wordings)
    table = texts([words[int(column * len(words) / most)]
                   for words in wordings for column in range(most)]).reshape(-1, most)  # fmt: skip
    return table[occupation, (which * most).astype(np.int64)]


def word_bodies(recipe: Recipe, body: Ints, region: Ints) -> Texts:
    """The sentencing body; a troika and a court are those of the region."""
    table = texts([text for place in recipe.regions for text in (
        f"тройка при УНКВД ({place['oblast']})", "Комиссия НКВД СССР и Прокурора СССР",
        "ВКВС СССР", "Особое совещание при НКВД СССР", f"спецколлегия суда ({place['oblast']})",
    )]).reshape(-1, 5)  # fmt: skip
    return table[region, body]


# by fate, then term, then wording
_SENTENCES = {
    "shot": (("ВМН", "высшая мера наказания", "расстрел"),) * 3,
    "camp": tuple((f"{years} лет ИТЛ", f"{years} лет лишения свободы", f"ИТЛ, {years} лет")
                  for years in (10, 8, 5)),
    "exile": tuple((f"{years} ссылки", f"ссылка на {years}", f"выслан на {years}")
                   for years in ("3 года", "5 лет", "10 лет")),
    "released": (("дело прекращено", "освобождён", "дело прекр."),) * 3,
}  # fmt: skip


def word_sentences(fate: NDArray[np.str_], term: Ints, which: NDArray[np.float64]) -> Texts:
    """The sentence, in one of three wordings, chosen by a number in [0, 1)."""
    made = np.empty(len(fate), object)
    for name, terms in _SENTENCES.items():
        here = fate == name
        table = texts([wording for wordings in terms for wording in wordings]).reshape(3, 3)
        made[here] = table[term[here], (which[here] * 3).astype(np.int64)]
    return made
