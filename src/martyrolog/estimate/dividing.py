"""What divides the persons of an archive into strata: the value of each column, and its name.

Values are coded where a vocabulary or the gazetteer knows them, so that «русский» and «русская»
are one stratum, and so are the guberniya and the oblast of one land; what neither knows is a
stratum of its own text, and what no list states is ``unstated``, never left out.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import cache

import pyarrow as pa

from martyrolog.history.groups import UNSTATED, VOCABULARY_OF, WORDS, group_of
from martyrolog.messages import text
from martyrolog.places import Province, parse_place, provinces
from martyrolog.stage import Tables
from martyrolog.terms import vocabulary

PERIOD, REGION = "period", "region"
OF_PERSON = ("sex", "fate")
DATES = ("death_date", "sentence_date", "arrest_date")
PLACES = ("arrest_place", "residence", "sentencing_body")
"""Statements that may name the region in which a person was seized; the first that names one."""
CODED: Mapping[str, str] = {"nationality": "nationality", "sentencing_body": "body"}
"""Columns of statements whose values a vocabulary codes, and their dimension."""
THEN = 1937

_Values = dict[str, str]
"""person_id -> value; persons without one are left out."""


def stratum_keys(strata: Sequence[str], tables: Tables) -> dict[str, tuple[str, ...]]:
    """The value of each victim in each column.

    Args:
        strata: ``period`` (year of death, else of sentence, else of arrest), ``region`` (by the
            place of arrest, else the residence, else the body that sentenced), ``sex``, ``fate``,
            or a field of statements such as ``nationality``, whose preferred value counts.
        tables: ``person`` and ``statement``.

    Returns:
        person_id to as many values as columns.
    """
    person = tables["person"].filter(tables["person"]["victim"])
    values = [_values(column, person, tables["statement"]) for column in strata]
    return {one: tuple(value.get(one, UNSTATED) for value in values)
            for one in person["person_id"].to_pylist()}  # fmt: skip


def _values(column: str, person: pa.Table, statement: pa.Table) -> _Values:
    if column in OF_PERSON:
        pairs = zip(person["person_id"].to_pylist(), person[column].to_pylist(), strict=True)
        return {key: value for key, value in pairs if value}
    preferred = statement.filter(statement["preferred"])
    if column == PERIOD:
        return _first_of(DATES, _year, preferred)
    if column == REGION:
        return _first_of(PLACES, _region, preferred)
    dimension = CODED.get(column, column)
    return _first_of((column,), lambda value: group_of(dimension, value).value, preferred)


def _first_of(
    fields: Sequence[str], code: Callable[[str], str | None], preferred: pa.Table
) -> _Values:
    """What the first field that gives a value says of each person; each text is coded once."""
    coded = cache(code)
    found: _Values = {}
    names = preferred.select(["person_id", "field", "value"]).to_pydict()
    rows = list(zip(*names.values(), strict=True))
    for name in reversed(fields):
        values = ((person, coded(value)) for person, field, value in rows if field == name)
        found |= {person: value for person, value in values if value}
    return found


def _year(value: str) -> str | None:
    return value[:4] if value[:4].isdigit() else None


def _region(value: str) -> str | None:
    """The region, one through all renamings of its provinces, that a text names.

    A town alone stands for the province that it governed in 1937, else for that of 1914.
    """
    place = parse_place(value)
    if not place.province_said and place.settlement_id in _governed():
        return _governed()[place.settlement_id]
    return provinces()[place.province_id].region if place.province_id else None


@cache
def _governed() -> Mapping[str | None, str]:
    """Seat -> region of the province that it governed in 1937, the largest where of several."""
    held = [one for one in provinces().values() if one.seat and _existed(one)]
    order = ("okrug", "ao", "assr", "oblast", "krai")
    return {one.seat: one.region for one in
            sorted(held, key=lambda one: (order.index(one.kind) if one.kind in order else -1))
            if not one.is_state}  # fmt: skip


def _existed(province: Province) -> bool:
    return (province.begin or 0) <= THEN <= (province.end or THEN)


def stratum_label(stratum: Mapping[str, str], language: str) -> str:
    """A stratum as a report names it, such as ``region: Omsk oblast, sex: women``."""
    return ", ".join(f"{text(f'estimate.column_{column}', language)}: "
                     f"{_value_label(column, value, language)}"
                     for column, value in stratum.items())  # fmt: skip


def _value_label(column: str, value: str, language: str) -> str:
    if value == UNSTATED:
        return text("history.unstated", language)
    if column == REGION:
        province = _province_then(value)
        return province.name_ru if language == "ru" else province.name_en
    dimension = CODED.get(column, column)
    terms = vocabulary(VOCABULARY_OF[dimension]) if dimension in VOCABULARY_OF else {}
    if value in terms:
        return terms[value].label_ru if language == "ru" else terms[value].label_en
    return text(f"history.{value}", language) if value in WORDS else value


@cache
def _province_then(region: str) -> Province:
    """The province that held a region in 1937; else the last one before, else one after."""
    held = [one for one in provinces().values() if one.region == region]
    return max(held, key=lambda one: (_existed(one), (one.begin or 0) <= THEN, one.begin or 0))
