"""Rows of a list of persons as records: names split, dates read, ids given.

Enters: rows with their fields (``fields.py``). Leaves: the rows of the tables ``record`` and
``reject``. A row is rejected only where it cannot be taken apart, where what names the person
cannot be decoded, or where nothing in it names or describes a person. A date that cannot be
(31.02.1938) keeps its verbatim text and has no EDTF.
"""

from collections.abc import Mapping, Sequence
from typing import Any, get_args

from martyrolog.dates import parse_date
from martyrolog.names import sex_of, split_name
from martyrolog.read.encoding import ESCAPED_BYTE
from martyrolog.read.fields import FieldReader
from martyrolog.read.identity import Identifier
from martyrolog.read.profile import Profile, Role
from martyrolog.read.row import Row

NAMING = ("full_name", "surname", "given_name", "patronymic")
_SAYS_NOTHING = frozenset(
    {
        "role",
        "source_url",
        "sex",
        "sources",
        "note",
        "trial_id",
        "cohort_id",
        "office_id",
        "archival_reference",
    }
)
SEXES = ("m", "f")
_ROLES = frozenset(get_args(Role))

MAX_NAME = 1_000
"""Characters of a name; a row with a longer one is rejected and kept."""

MAX_DATE = 200
"""Characters of a date; a longer text is kept as it is and not read as a date."""

Values = dict[str, Any]


def locator(row: Row, list_id: str, file: str) -> Values:
    """The columns that say where a row stands and what it says unchanged."""
    return {
        "list_id": list_id,
        "verbatim": row.verbatim,
        "verbatim_kind": row.verbatim_kind,
        "file": file,
        "page": row.page,
        "row": row.number,
    }


def reject(row: Row, list_id: str, file: str, reason: str, detail: str | None = None) -> Values:
    """A row of the table ``reject``."""
    return {**locator(row, list_id, file), "reason": reason, "detail": detail}


def rejection(
    row: Row, fields: Mapping[str, str], profile: Profile, *, broken: bool
) -> tuple[str, str | None] | None:
    """Reason and detail why a row becomes no record, or None.

    Args:
        row: The row.
        fields: What it says.
        profile: May require fields.
        broken: Whether the file has bytes that could not be decoded.
    """
    if not fields.keys() - _SAYS_NOTHING - profile.constants.keys():
        return "read.nothing_known", None
    missing = [name for name in profile.required if name not in fields]
    if missing:
        return "read.required_missing", ", ".join(missing)
    names = [fields.get(name, "") for name in NAMING]
    if max(map(len, names)) > MAX_NAME:
        return "read.oversize_name", str(max(map(len, names)))
    if broken and any(ESCAPED_BYTE.search(name) for name in names):
        return "read.undecodable", ", ".join(ESCAPED_BYTE.findall(row.verbatim)[:8])
    return None


def record_values(
    row: Row,
    fields: dict[str, str],
    reader: FieldReader,
    identifier: Identifier,
    *,
    file: str,
    role: str,
    broken: bool,
) -> Values:
    """A row of the table ``record``.

    Args:
        row: A row that :func:`rejection` lets pass.
        fields: What it says.
        reader: Reader of its list.
        identifier: Gives ids; must see every row of the list once.
        file: Its file.
        role: Role of those the list names, where the row says none.
        broken: Whether the file has bytes that could not be decoded: fields that hold such bytes
            count as unverified.
    """
    record_id, occurrence = identifier.identify(row)
    unverified = set(reader.unverified(row))
    if broken:
        unverified |= {name for name, text in fields.items() if ESCAPED_BYTE.search(text)}
    values: Values = {**fields, **locator(row, identifier.list_id, file)}
    _split_full_name(values, reader.profile)
    values["sex"] = _sex(values)
    values["role"] = _role(values.get("role"), role, unverified)
    values.update(date_values(fields, reader.date_fields, reader.profile))
    values |= {"record_id": record_id, "occurrence": occurrence, "unverified": sorted(unverified)}
    return values


def _split_full_name(values: Values, profile: Profile) -> None:
    """Fill the parts of the name, and the sex that it says, where no column gives them."""
    full_name = values.pop("full_name", None)
    if full_name is None:
        return
    parts = split_name(full_name, order=profile.name_order)
    for name in ("surname", "given_name", "patronymic"):
        values.setdefault(name, getattr(parts, name) or None)
    others = [*parts.other_names, *filter(None, [values.get("other_names")])]
    values["other_names"] = "; ".join(dict.fromkeys(others)) or None
    if values.get("sex") not in SEXES:
        values["sex"] = parts.sex
    if not any(values.get(name) for name in NAMING):
        values["surname"] = full_name  # a name without a letter is still what the list says


def _sex(values: Mapping[str, Any]) -> str | None:
    if values.get("sex") in SEXES:
        return str(values["sex"])
    names = [values.get(name) or "" for name in ("surname", "given_name", "patronymic")]
    return sex_of(*names) if any(names) else None


def _role(said: str | None, role: str, unverified: set[str]) -> str:
    if said is None or said in _ROLES:
        return said or role
    unverified.add("role")
    return role


def date_values(fields: Mapping[str, str], names: Sequence[str], profile: Profile) -> Values:
    """The four columns of each date that a row gives."""
    values: Values = {}
    for name in names:
        text = fields.get(name)
        if text is None:
            continue
        manner = profile.dates_of.get(name, profile.dates)
        if len(text) > MAX_DATE:
            values |= {name: None, f"{name}_verbatim": text}
            continue
        date = parse_date(
            text, order=manner.order, calendar=manner.calendar, century=manner.century
        )
        values |= {
            name: date.edtf,
            f"{name}_earliest": date.earliest,
            f"{name}_latest": date.latest,
            f"{name}_verbatim": text,
        }
    return values
