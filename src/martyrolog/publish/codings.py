"""What the values of lists are coded to: occupations to terms, birth places, streets and houses.

Coding reads a text against some hundred patterns, so each distinct value is coded once and its
coding kept in ``build/codings.json`` for the next run, under a hash of the value: no text of a list
stands there. It holds while the program is the same; only values of the present run are kept. New
values are coded in a process of their own while the rest is made ready.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from pathlib import Path

from martyrolog.places import Address, address_key, is_address, locate, parse_address
from martyrolog.provenance import hash_bytes, read_json, write_json
from martyrolog.publish.workers import beside
from martyrolog.terms import code_term

FILE = "codings.json"
ANY_HOUSE = "д. 1"  # makes an address of a street, so that its spellings can be compared
FEW = 200  # new values that are coded sooner than another process begins

Coding = list[str] | None
"""What a value is coded to; None where it is coded to nothing."""
Codings = Mapping[str, Mapping[str, Coding]]
"""Of each field, the coding of each value."""


def code_occupation(value: str) -> Coding:
    """The term of an occupation, that of the post before that of the employer."""
    post = normal(value.rpartition(":")[2])  # «завод: слесарь»: the post stands at the end
    term = code_term("occupation", post) or code_term("occupation", value)
    return [term.term_id] if term else None


def code_birth_place(value: str) -> Coding:
    """The place of the gazetteer: the town, or the province of a village."""
    place_id = locate(value).place_id
    return [place_id] if place_id else None


def code_residence(value: str) -> Coding:
    """Street, house, and the form in which spellings of the street meet."""
    address = street_address(value)
    return [address.street, address.house, _street_key(address.street)] if address else None


CODERS: Mapping[str, Callable[[str], Coding]] = {
    "occupation": code_occupation,
    "residence": code_residence,
    "birth_place": code_birth_place,
}


def begin_codings(
    values: Mapping[str, Iterable[str]], folder: Path, program: str
) -> Callable[[], Codings]:
    """Begin to code values; what is returned waits for the codings and keeps them.

    Args:
        values: Values of each field of ``CODERS``.
        folder: Where earlier codings are kept.
        program: Hash of the rules; codings made by others are not used.
    """
    kept = read_json(folder / FILE)
    known = kept["codings"] if kept.get("program") == program else {}
    keys = {field: {v: _key(v) for v in sorted(set(found))} for field, found in values.items()}
    new = {
        field: [value for value, key in found.items() if key not in known.get(field, ())]
        for field, found in keys.items()
    }
    count = sum(map(len, new.values()))
    coded = beside(lambda: _coded(new)) if count > FEW else lambda: _coded(new)

    def finish() -> Codings:
        made = coded()
        codings = {
            field: {v: made[field][v] if v in made[field] else known[field][key]
                    for v, key in found.items()}
            for field, found in keys.items()
        }  # fmt: skip
        if count or any(len(found) != len(known.get(field, ())) for field, found in keys.items()):
            by_key = {f: {keys[f][v]: coding for v, coding in codings[f].items()} for f in codings}
            write_json(folder / FILE, {"program": program, "codings": by_key})
        return codings

    return finish


def _coded(values: Mapping[str, Iterable[str]]) -> dict[str, dict[str, Coding]]:
    return {field: {value: CODERS[field](value) for value in found}
            for field, found in values.items()}  # fmt: skip


def _key(value: str) -> str:
    return hash_bytes(value.encode("utf-8", "surrogatepass"))[:32]


def normal(value: str) -> str:
    """The value without differences of letter case, ё, spaces and a final stop."""
    return " ".join(value.casefold().replace("ё", "е").split()).rstrip(" .;,")


def street_address(residence: str) -> Address | None:
    """Street and house of a place of residence, the town before them left out.

    None where no part names a kind of street and the whole is no address.

    >>> street_address("г. Кунцево, Аминьевское ш., д. 1").street
    'Аминьевское шоссе'
    """
    parts = [part.strip() for part in re.split("[,;]", residence)]
    for place, part in enumerate(parts):
        if _names_street(part):
            return parse_address(", ".join(parts[place:]))
    return parse_address(residence) if is_address(residence) else None


@cache
def _names_street(part: str) -> bool:
    return is_address(f"{part}, {ANY_HOUSE}")


@cache
def _street_key(street: str) -> str:
    """The form in which spellings of a street meet: «ул. Врубеля» and «Врубеля ул.»."""
    return address_key(f"{street}, {ANY_HOUSE}")
