"""The recipe of the synthetic lists: what ``data/*.yaml`` says, and a noise level applied to it.

Nothing here is random. Rates are probabilities; no rate passes .95, whatever the noise level.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

DATA = Path(__file__).parent / "data"
HIGHEST_RATE = 0.95

Rates = Mapping[str, float]


@dataclass(frozen=True)
class SourceList:
    """One list: whom it captures, and how it writes.

    Attributes:
        number: Position among the lists; with the seed and the block it fixes all randomness.
        list_id: Its name.
        capture: Base, effects and dependences on the logit scale.
        copies: Share of rows taken over from another list, where that one has the person.
        duplicates: Share of persons that it names twice.
        schools: Share of the Latin spellings; empty for a list in Russian.
        nation_schools: Spelling of persons of a nationality.
        mistakes: Rate of each kind of mistake per name.
        forms: Rate of other forms of a name.
        birth: Shares in which the birth is written, and its errors.
        missing: Rate of each field left out.
        dates: Way of writing dates: numeric, words or roman.
        places: Shares of the ways of writing places.
    """

    number: int
    list_id: str
    capture: Mapping[str, Any]
    copies: Rates
    duplicates: float
    schools: Rates
    nation_schools: Mapping[str, str]
    mistakes: Rates
    forms: Rates
    birth: Rates
    missing: Rates
    dates: str
    places: Rates


@dataclass(frozen=True)
class Recipe:
    """The whole recipe at one noise level.

    Attributes:
        noise: Name of the noise level.
        lists: The lists, in the order in which they may depend on one another.
        families: Sizes and kinds of households.
        lives: Births, arrests, fates.
        rates: Rates that all lists share.
        years_off: By how many years a wrong year of birth is off.
        block_households: Households that are made at once.
        nations: Nationalities and their names.
        regions: Regions.
        villages: Parts of the names of villages.
        occupations: Occupations and their wordings.
        verbatim: ``recipe.yaml`` as read, for ``run.json``.
    """

    noise: str
    lists: Sequence[SourceList]
    families: Mapping[str, Any]
    lives: Mapping[str, Any]
    rates: Rates
    years_off: Mapping[int, float]
    block_households: int
    nations: Sequence[Mapping[str, Any]]
    regions: Sequence[Mapping[str, Any]]
    villages: Mapping[str, Sequence[str]]
    occupations: Sequence[Mapping[str, Any]]
    verbatim: Mapping[str, Any]


def read_recipe(*, noise: str = "ordinary", lists: int = 6, path: Path | None = None) -> Recipe:
    """The recipe at a noise level.

    Args:
        noise: A key of ``levels`` in the recipe.
        lists: How many of its lists, from the first.
        path: Another recipe than ``data/recipe.yaml``.

    Raises:
        ValueError: no such noise level, or not that many lists.
    """
    recipe = _read(path or DATA / "recipe.yaml")
    if noise not in recipe["levels"]:
        raise ValueError(f"noise {noise!r}: expected one of {', '.join(recipe['levels'])}")
    if not 3 <= lists <= len(recipe["lists"]):
        raise ValueError(f"{lists} lists: expected 3 to {len(recipe['lists'])}")
    level = recipe["levels"][noise]
    places = _read(DATA / "places.yaml")
    return Recipe(
        noise=noise,
        lists=[_source_list(number, entry, level)
               for number, entry in enumerate(recipe["lists"][:lists])],
        families=recipe["families"],
        lives=recipe["lives"],
        rates=_shared_rates(recipe, level),
        years_off=recipe["years_off"],
        block_households=recipe["block_households"],
        nations=_read(DATA / "nations.yaml"),
        regions=places["regions"],
        villages=places["villages"],
        occupations=_read(DATA / "occupations.yaml"),
        verbatim=recipe,
    )  # fmt: skip


def _read(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def _source_list(number: int, entry: Mapping[str, Any], level: Rates) -> SourceList:
    birth = dict(entry["birth"])
    for name in ("julian", "year_off"):
        birth[name] = min(HIGHEST_RATE, birth[name] * level["births"])
    return SourceList(
        number=number,
        list_id=entry["id"],
        capture=entry["capture"],
        copies=entry.get("copies", {}),
        duplicates=entry["duplicates"],
        schools=entry.get("schools", {}),
        nation_schools=entry.get("nation_schools", {}),
        mistakes=_times(entry["mistakes"], level["mistakes"]),
        forms=_times(entry["forms"], level["forms"]),
        birth=birth,
        missing=_times(entry["missing"], level["missing"]),
        dates=entry["dates"],
        places=entry["places"],
    )


def _times(rates: Rates, factor: float) -> Rates:
    # a field that a list does not have at all stays absent: 1 is no rate
    return {name: rate if rate >= 1 else min(HIGHEST_RATE, rate * factor)
            for name, rate in rates.items()}  # fmt: skip


_OF_MISTAKES = ("wrong_day_swap", "sentence_as_death", "residence_as_birth", "year_only")


def _shared_rates(recipe: Mapping[str, Any], level: Rates) -> Rates:
    rates = {name: recipe[name] for name in ("two_mistakes", "other_text_mistakes", "new_surname")}
    return {**rates, **_times({name: recipe[name] for name in _OF_MISTAKES}, level["mistakes"])}
