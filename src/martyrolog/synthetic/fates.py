"""What befell the persons of a block: arrest, sentence, execution; and which lists have them.

Days depend on one another and on the region, whose bodies sit every few days; a family is often
taken together. Captures depend on region, fate, nationality, on the person, and on other lists.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from martyrolog.synthetic.drawing import Flags, Ints, draw, draw_named, generator
from martyrolog.synthetic.persons import DAYS_A_YEAR, Households, Persons
from martyrolog.synthetic.recipe import Recipe, SourceList

NO_DAY = -(2**31)
_EPOCH = date(1970, 1, 1)
BODIES = ("troika", "commission", "military_collegium", "special_council", "court")


@dataclass(frozen=True)
class Fates:
    """Fates; one entry a person, days since 1970-01-01, ``NO_DAY`` where there is none.

    Attributes:
        fate: shot, camp, exile or released.
        arrest_day: Day of arrest.
        sentence_day: Day of the sentence.
        death_day: Day of the execution, or of death in a camp.
        body: Position in ``BODIES``.
        term: Position among the terms of the fate's sentences.
        visibility: Standard normal: how much lists know of the person.
    """

    fate: NDArray[np.str_]
    arrest_day: Ints
    sentence_day: Ints
    death_day: Ints
    body: Ints
    term: Ints
    visibility: NDArray[np.float64]


def make_fates(recipe: Recipe, persons: Persons, *, seed: int, block: int) -> Fates:
    """The fates of the persons of one block."""
    rng = generator(seed, 2, block)
    rules = recipe.lives
    together = _head_if_together(recipe, rng, persons)
    arrest = _arrests(recipe, rng, persons.count)[together]
    fate = draw_named(rng, rules["fates"], persons.count)[together]
    body = _bodies(recipe, rng, fate, arrest)
    region = persons.region
    lag = rng.exponential(rules["sentence_after_days"], persons.count)[together].astype(np.int64)
    sentence = _next_session(arrest + 3 + lag, region, *rules["session_days"])
    lag = rng.exponential(rules["execution_after_days"], persons.count)[together].astype(np.int64)
    executed = _next_session(sentence + lag, region + 7, 1, 3)
    survived = (rng.random(persons.count) * 8 * DAYS_A_YEAR).astype(np.int64)
    died = (fate == "camp") & (rng.random(persons.count) < rules["died_in_camp"])
    death = np.where(fate == "shot", executed, np.where(died, sentence + 90 + survived, NO_DAY))
    term = draw(rng, rules["terms"], persons.count)
    return Fates(fate, arrest, sentence, death, body, term, rng.normal(0, 1, persons.count))


def _head_if_together(recipe: Recipe, rng: np.random.Generator, persons: Persons) -> Ints:
    """For each person whose days it shares: the first of the household, or its own."""
    own = np.arange(persons.count)
    shares = rng.random(persons.count) < recipe.families["arrested_together"]
    head = own - persons.member
    same_region = persons.region[head] == persons.region
    return np.where(shares & same_region, head, own)


def _arrests(recipe: Recipe, rng: np.random.Generator, count: int) -> Ints:
    waves = recipe.lives["arrests"]
    wave = draw(rng, [share for share, _, _ in waves], count)
    first = np.array([(begin - _EPOCH).days for _, begin, _ in waves])[wave]
    last = np.array([(end - _EPOCH).days for _, _, end in waves])[wave]
    day: Ints = (first + rng.random(count) * (last - first)).astype(np.int64)
    return day


def _next_session(day: Ints, region: Ints, shortest: int, longest: int) -> Ints:
    """The first day on or after ``day`` on which the body of the region sits."""
    step = shortest + region % (longest - shortest + 1)
    phase = (region * 5) % step
    ahead: Ints = (phase - day) % step
    return day + ahead


def _bodies(recipe: Recipe, rng: np.random.Generator, fate: NDArray[np.str_], arrest: Ints) -> Ints:
    first, last = ((day - _EPOCH).days for day in recipe.lives["great_purge"])
    purge = (arrest >= first) & (arrest <= last)
    drawn = np.zeros(len(fate), np.int64)
    for kind, periods in recipe.lives["bodies"].items():
        for during, shares in ((purge, periods["purge"]), (~purge, periods["other"])):
            here = during & (fate == kind)
            weights = [shares.get(body, 0.0) for body in BODIES]
            drawn[here] = draw(rng, weights, int(here.sum()))
    return drawn


def region_effects(recipe: Recipe, *, seed: int) -> Mapping[str, NDArray[np.float64]]:
    """For each list, how much more or less it knows of each region (logit scale)."""
    return {
        source.list_id: generator(seed, 0, source.number).normal(
            0, source.capture["region"], len(recipe.regions)
        )
        for source in recipe.lists
    }


def captured(
    recipe: Recipe, households: Households, persons: Persons, fates: Fates,
    effects: Mapping[str, NDArray[np.float64]], *, seed: int, block: int,
) -> Mapping[str, Flags]:  # fmt: skip
    """For each list, whom it captures; a list may depend on those before it."""
    found: dict[str, Flags] = {}
    nations = [nation["name"] for nation in recipe.nations]
    nation = households.nation[persons.household]
    for source in recipe.lists:
        logit = _logit(source, fates, nation, nations)
        logit = logit + effects[source.list_id][persons.region]
        for other, effect in source.capture.get("depends", {}).items():
            logit = logit + effect * found[other]
        rng = generator(seed, 3, block, source.number)
        found[source.list_id] = rng.random(persons.count) < 1 / (1 + np.exp(-logit))
    return found


def _logit(
    source: SourceList, fates: Fates, nation: Ints, nations: Sequence[str]
) -> NDArray[np.float64]:
    rules = source.capture
    logit = rules["base"] + rules["visibility"] * fates.visibility
    for fate, effect in rules.get("fate", {}).items():
        logit = logit + effect * (fates.fate == fate)
    of_nation = np.array([rules.get("nationality", {}).get(name, 0.0) for name in nations])
    total: NDArray[np.float64] = logit + of_nation[nation]
    return total
