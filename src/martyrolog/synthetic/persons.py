"""One block of persons: households with their names, births and places.

Households of two and more are the hard non-matches: siblings, fathers and sons, cousins, namesakes
and spouses share surname and village, and some of the rest. Rural households of a block live in few
villages with few surnames each, so that namesakes meet without being planted.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from martyrolog.synthetic.drawing import Flags, Ints, Texts, draw, draw_named, generator
from martyrolog.synthetic.name_pools import NamePools
from martyrolog.synthetic.recipe import Recipe

KINDS = ("alone", "siblings", "father_sons", "cousins", "namesakes", "spouses")
TOWN = -1
DAYS_A_YEAR = 365.2425
_EPOCH_YEAR = 1970


@dataclass(frozen=True)
class Households:
    """What the members of a household share; one entry a household.

    Attributes:
        size: Number of members.
        kind: Position in ``KINDS``.
        nation: Position among the nationalities.
        region: Region of birth.
        uezd: Uezd within it.
        village: Position among the village names, ``TOWN`` for the chief town.
        surname: Position in the pool of surnames.
        birth_year: About when its members were born.
    """

    size: Ints
    kind: Ints
    nation: Ints
    region: Ints
    uezd: Ints
    village: Ints
    surname: Ints
    birth_year: NDArray[np.float64]


@dataclass(frozen=True)
class Persons:
    """The persons of a block; one entry a person, members of a household side by side.

    Attributes:
        household: Their household.
        member: Number within it, from 0.
        female: Whether a woman.
        given: Position in the pool of men's or women's names.
        father: Position of the father in the pool of men's names (and of patronymics).
        birth_day: Day of birth, in days since 1970-01-01.
        region: Region of residence and arrest.
        settled: Whether that is also the place of birth.
        occupation: Position among the occupations.
    """

    household: Ints
    member: Ints
    female: Flags
    given: Ints
    father: Ints
    birth_day: Ints
    region: Ints
    settled: Flags
    occupation: Ints

    @property
    def count(self) -> int:
        """Number of persons."""
        return len(self.household)


def village_names(recipe: Recipe) -> list[str]:
    """Names of villages: every kind of place with every stem and ending."""
    parts = recipe.villages
    return [f"{kind} {stem}{ending}" for kind in parts["kinds"] for stem in parts["stems"]
            for ending in parts["endings"]]  # fmt: skip


def make_persons(
    recipe: Recipe, pools: NamePools, *, seed: int, block: int
) -> tuple[Households, Persons]:
    """The households and persons of one block; the same whatever other blocks are made."""
    rng = generator(seed, 1, block)
    households = _households(recipe, pools, rng)
    return households, _members(recipe, pools, rng, households)


def _households(recipe: Recipe, pools: NamePools, rng: np.random.Generator) -> Households:
    rules, count = recipe.families, recipe.block_households
    villages = _villages(recipe, pools, rng)
    size = draw_named(rng, rules["sizes"], count).astype(np.int64)
    kind = 1 + draw(rng, [rules["kinds"][name] for name in KINDS[1:]], count)
    kind = np.where(size == 1, 0, kind)
    size = np.where(kind == KINDS.index("spouses"), 2, size)
    rural = rng.random(count) < rules["rural"]
    home = np.minimum((rng.random(count) ** 1.5 * len(villages[0])).astype(np.int64),
                      len(villages[0]) - 1)  # fmt: skip
    region = np.where(rural, villages[0][home], draw(rng, _region_shares(recipe), count))
    nation = np.where(rural, villages[3][home], _nations(recipe, rng, region))
    surname = np.where(rural, _local_surname(rng, villages[4], home),
                       pools.surnames.draw(rng, nation))  # fmt: skip
    born = recipe.lives["birth_year"]
    return Households(
        size=size, kind=kind, nation=nation, region=region,
        uezd=np.where(rural, villages[1][home], 0),
        village=np.where(rural, villages[2][home], TOWN), surname=surname,
        birth_year=np.clip(rng.normal(born["mean"], born["sd"], count), born["earliest"],
                           born["latest"]),
    )  # fmt: skip


def _region_shares(recipe: Recipe) -> list[float]:
    return [region["share"] for region in recipe.regions]


def _villages(
    recipe: Recipe, pools: NamePools, rng: np.random.Generator
) -> tuple[Ints, Ints, Ints, Ints, Ints]:
    """Region, uezd, name, nation and surnames (one row a village) of the block's villages."""
    count = recipe.families["villages_per_block"]
    surnames = recipe.families["surnames_per_village"]
    region = draw(rng, _region_shares(recipe), count)
    uezds = np.array([len(place["uezds"]) for place in recipe.regions])[region]
    uezd = (rng.random(count) * uezds).astype(np.int64)
    name = rng.integers(0, len(village_names(recipe)), count)
    nation = _nations(recipe, rng, region)
    drawn = pools.surnames.draw(rng, np.repeat(nation, surnames)).reshape(count, surnames)
    return region, uezd, name, nation, drawn


def _local_surname(rng: np.random.Generator, surnames: Ints, home: Ints) -> Ints:
    # the first surnames of a village are the commonest
    position = (rng.random(len(home)) ** 1.6 * surnames.shape[1]).astype(np.int64)
    picked: Ints = surnames[home, position]
    return picked


def _nations(recipe: Recipe, rng: np.random.Generator, region: Ints) -> Ints:
    shares = np.array([nation["share"] for nation in recipe.nations])
    names = [nation["name"] for nation in recipe.nations]
    drawn = np.zeros(len(region), np.int64)
    for number, place in enumerate(recipe.regions):
        local = place.get("nations", {})
        own = np.array([local.get(name, 0.0) for name in names])
        here = region == number
        drawn[here] = draw(rng, own + (1 - own.sum()) * shares, int(here.sum()))
    return drawn


def _members(
    recipe: Recipe, pools: NamePools, rng: np.random.Generator, households: Households
) -> Persons:
    household = np.repeat(np.arange(len(households.size)), households.size)
    first = np.cumsum(households.size) - households.size
    member = np.arange(len(household)) - first[household]
    kind = households.kind[household]
    female = _sexes(recipe, rng, kind, member, household, len(first))
    given = _given_names(pools, rng, households, household, member, female)
    father = _fathers(pools, rng, households, household, first, given)
    namesake = (kind == KINDS.index("namesakes")) & (member > 0)
    given = np.where(namesake, given[first[household]], given)
    settled = rng.random(len(household)) >= recipe.families["moved"]
    elsewhere = draw(rng, _region_shares(recipe), len(household))
    return Persons(
        household=household, member=member, female=female, given=given, father=father,
        birth_day=_births(recipe, rng, households, household, member),
        region=np.where(settled, households.region[household], elsewhere), settled=settled,
        occupation=_occupations(recipe, rng, settled & (households.village[household] != TOWN)),
    )  # fmt: skip


def _sexes(
    recipe: Recipe, rng: np.random.Generator, kind: Ints, member: Ints, household: Ints, count: int
) -> Flags:
    """Women: of siblings and cousins any, of spouses the second, fathers and sons none."""
    alone = rng.random(len(kind)) < recipe.families["women"]
    shared = (rng.random(count) < recipe.families["women"])[household]
    woman = np.where(kind == KINDS.index("namesakes"), shared, alone)
    woman = np.where(kind == KINDS.index("father_sons"), False, woman)
    chosen: Flags = np.where(kind == KINDS.index("spouses"), member == 1, woman)
    return chosen


def _given_names(
    pools: NamePools, rng: np.random.Generator, households: Households, household: Ints,
    member: Ints, female: Flags,
) -> Ints:  # fmt: skip
    """Given names; siblings do not share one."""
    nation = households.nation[household]
    drawn = np.where(female, pools.women.draw(rng, nation), pools.men.draw(rng, nation))
    siblings = np.isin(households.kind[household],
                       [KINDS.index("siblings"), KINDS.index("father_sons")])  # fmt: skip
    for _ in range(6):
        repeated = np.zeros(len(drawn), bool)
        for back in range(1, int(households.size.max())):
            same = (drawn[back:] == drawn[:-back]) & (female[back:] == female[:-back])
            repeated[back:] |= same & (household[back:] == household[:-back])
        repeated &= siblings & (member > 0)
        again = np.where(female, pools.women.draw(rng, nation), pools.men.draw(rng, nation))
        drawn = np.where(repeated, again, drawn)
    return drawn


def _fathers(
    pools: NamePools, rng: np.random.Generator, households: Households, household: Ints,
    first: Ints, given: Ints,
) -> Ints:  # fmt: skip
    """The father of each person, as a man's given name."""
    kind = households.kind[household]
    own = pools.men.draw(rng, households.nation[household])
    shared = pools.men.draw(rng, households.nation)[household]
    head = first[household]
    same = np.isin(kind, [KINDS.index("siblings"), KINDS.index("namesakes")])
    sons = (kind == KINDS.index("father_sons")) & (head != np.arange(len(head)))
    return np.where(sons, given[head], np.where(same, shared, own))


def _births(
    recipe: Recipe, rng: np.random.Generator, households: Households, household: Ints, member: Ints
) -> Ints:
    kind = households.kind[household]
    year = households.birth_year[household]
    spread = np.select(
        [kind == KINDS.index("siblings"), kind == KINDS.index("cousins"),
         kind == KINDS.index("namesakes"), kind == KINDS.index("spouses")],
        [4.5, 8.0, 12.0, 3.0], 0.0,
    )  # fmt: skip
    year = year + rng.normal(0, 1, len(year)) * spread
    fathers = kind == KINDS.index("father_sons")
    year = np.where(fathers & (member == 0), np.minimum(year, 1888) - 12, year)
    sons = np.minimum(households.birth_year, 1888)[household] - 12 + 20 + 18 * rng.random(len(year))
    year = np.where(fathers & (member > 0), sons, year)
    born = recipe.lives["birth_year"]
    year = np.clip(year, born["earliest"] - 15, born["latest"] + 2)
    days = (np.floor(year) - _EPOCH_YEAR + rng.random(len(year))) * DAYS_A_YEAR
    return np.floor(days).astype(np.int64)


def _occupations(recipe: Recipe, rng: np.random.Generator, rural: Flags) -> Ints:
    shares = np.array([entry["share"] for entry in recipe.occupations])
    of_village = np.array([entry["rural"] for entry in recipe.occupations])
    in_village = draw(rng, shares * np.where(of_village, 1, 0.1), len(rural))
    in_town = draw(rng, shares * np.where(of_village, 0.05, 1), len(rural))
    return np.where(rural, in_village, in_town)


def surnames_of(pools: NamePools, households: Households, persons: Persons) -> Texts:
    """The surname of each person, in the form of their sex."""
    surname = households.surname[persons.household]
    return np.where(persons.female, pools.surnames.female[surname], pools.surnames.male[surname])


def given_names_of(pools: NamePools, persons: Persons) -> Texts:
    """The given name of each person."""
    men, women = len(pools.men.male), len(pools.women.male)
    return np.where(persons.female, pools.women.male[persons.given % women],
                    pools.men.male[persons.given % men])  # fmt: skip


def patronymics_of(pools: NamePools, persons: Persons) -> Texts:
    """The patronymic of each person."""
    return np.where(persons.female, pools.patronymics.female[persons.father],
                    pools.patronymics.male[persons.father])  # fmt: skip
