"""Cohorts: what became of the members of a named group, year by year, and who lived.

A cohort is a whole group, no sample, so its shares carry no sampling error. Where the year of a
death is not known the member leaves the count at the last day they are known to have lived, and the
cumulative incidence of each cause is that of Aalen and Johansen (1978, equation 2.5): causes
compete, and one minus their sum is the Kaplan-Meier estimate of survival (a test holds it to
`scipy.stats.ecdf`).
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa

from martyrolog.history.timeline import Floats, Ints, as_day
from martyrolog.tables import make_table

LAST_YEAR = 1956
"""Last year followed, of those in which a cohort is followed at least 30 years."""

FEWEST_YEARS = 30
UNKNOWN = "unknown"


@dataclass(frozen=True)
class Member:
    """One member of a cohort.

    Attributes:
        joined: First day that membership or the cohort itself can have begun.
        died: Earliest and latest day of death; None where no list gives any.
        fate: Fate class; None where unknown.
    """

    person_id: str
    joined: date
    died: tuple[date, date] | None
    fate: str | None


def members_of(
    cohort: pa.Table, membership: pa.Table, person: pa.Table, event: pa.Table
) -> dict[str, list[Member]]:
    """The members of each cohort, each person once, by person_id.

    Args:
        cohort: Table ``cohort``: its day of forming where a membership has no day.
        membership: Table ``membership``.
        person: Table ``person``: fates.
        event: Table ``event``: deaths and executions.
    """
    formed = {row["cohort_id"]: row["formed_date_earliest"] for row in cohort.to_pylist()}
    fates = dict(zip(person["person_id"].to_pylist(), person["fate"].to_pylist(), strict=True))
    deaths = _deaths(event)
    joined: dict[str, dict[str, date]] = defaultdict(dict)
    for row in membership.to_pylist():
        day = row["held_from_earliest"] or formed.get(row["cohort_id"])
        if day is not None:
            known = joined[row["cohort_id"]].get(row["person_id"], day)
            joined[row["cohort_id"]][row["person_id"]] = min(day, known)
    return {
        cohort_id: [Member(one, day, deaths.get(one), fates.get(one))
                    for one, day in sorted(persons.items())]
        for cohort_id, persons in sorted(joined.items())
    }  # fmt: skip


def _deaths(event: pa.Table) -> dict[str, tuple[date, date]]:
    """The days on which each person's death can have been, over all that lists say of it."""
    found: dict[str, tuple[date, date]] = {}
    for row in event.select(["person_id", "kind", "date_earliest", "date_latest"]).to_pylist():
        first, last = row["date_earliest"], row["date_latest"]
        if row["kind"] in ("death", "execution") and first and last:
            known = found.get(row["person_id"], (first, last))
            found[row["person_id"]] = min(first, known[0]), max(last, known[1])
    return found


def survivors(members: Sequence[Member], day: date) -> tuple[list[str], list[str]]:
    """Who of a cohort lived at the end of a day: person_ids sure, and person_ids possible.

    Of a member without a day of death a fate 'survived' is sure; otherwise nothing is known.
    """
    sure = [
        one.person_id
        for one in members
        if (one.died and one.died[0] > day) or (not one.died and one.fate == "survived")
    ]
    maybe = [one.person_id for one in members
             if (one.died and one.died[0] <= day < one.died[1])
             or (not one.died and one.fate != "survived")]  # fmt: skip
    return sure, maybe


def make_cohort_fate(cohorts: Mapping[str, Sequence[Member]]) -> pa.Table:
    """Table ``cohort_fate``: members of each cohort by fate.

    Args:
        cohorts: See :func:`members_of`.
    """
    rows: list[dict[str, Any]] = []
    for cohort_id, members in cohorts.items():
        fates: dict[str, list[str]] = defaultdict(list)
        for one in members:
            fates[one.fate or UNKNOWN].append(one.person_id)
        rows += [
            {"cohort_id": cohort_id, "fate": fate, "persons": len(persons),
             "share": len(persons) / len(members), "person_ids": sorted(persons)}
            for fate, persons in sorted(fates.items())
        ]  # fmt: skip
    return make_table("cohort_fate", rows)


def make_cohort_year(cohorts: Mapping[str, Sequence[Member]]) -> pa.Table:
    """Table ``cohort_year``: of each cohort the cumulative incidence of each fate by year.

    Args:
        cohorts: See :func:`members_of`.
    """
    rows: list[dict[str, Any]] = []
    for cohort_id, members in cohorts.items():
        first = min(one.joined for one in members).year
        last = max(LAST_YEAR, first + FEWEST_YEARS)
        years, cause, causes = _followed(members, first, last)
        incidence, at_risk = cumulative_incidence(years, cause, len(causes), last - first + 1)
        rows += [
            {"cohort_id": cohort_id, "year": first + year, "fate": causes[position],
             "at_risk": int(at_risk[year]), "incidence": float(incidence[position, year])}
            for year in range(last - first + 1) for position in range(len(causes))
        ]  # fmt: skip
    return make_table("cohort_year", rows)


def _followed(members: Sequence[Member], first: int, last: int) -> tuple[Ints, Ints, list[str]]:
    """Years from the first one to death or to the end of what is known, and the cause (-1: none).

    A death that may be in several years counts in the middle one of its days. Years run on the
    calendar, from the cohort's first year.
    """
    causes = sorted({one.fate or UNKNOWN for one in members if one.died})
    years, cause = [], []
    for one in members:
        year = _year(one.died) if one.died else (last + 1 if one.fate == "survived" else None)
        if year is None:  # nothing known after the day of joining
            years.append(one.joined.year - first)
            cause.append(-1)
        else:
            years.append(min(year, last + 1) - first)
            cause.append(causes.index(one.fate or UNKNOWN) if year <= last else -1)
    return np.array(years, np.int64), np.array(cause, np.int64), causes


def _year(died: tuple[date, date]) -> int:
    middle = (as_day(died[0]) + as_day(died[1])) // 2
    return int(np.datetime64(middle, "D").astype("datetime64[Y]").astype(np.int64)) + 1970


def cumulative_incidence(time: Ints, cause: Ints, causes: int, length: int) -> tuple[Floats, Ints]:
    """Aalen and Johansen's cumulative incidence of competing causes.

    Args:
        time: Step at which each member's time ends, from 0; ends at one step: deaths first.
        cause: Cause of its end, from 0; -1 where it is censored.
        causes: Number of causes.
        length: Number of steps.

    Returns:
        Share by the end of each step, causes x steps; members at risk in each step.
    """
    at_risk = np.array([(time >= step).sum() for step in range(length)], dtype=np.int64)
    incidence = np.zeros((causes, length))
    lived = 1.0
    for step in range(length):
        deaths = np.bincount(cause[(time == step) & (cause >= 0)], minlength=causes)
        hazard = deaths / at_risk[step] if at_risk[step] else np.zeros(causes)
        before = incidence[:, step - 1] if step else 0.0
        incidence[:, step] = before + lived * hazard
        lived *= 1 - float(hazard.sum())
    return incidence, at_risk
