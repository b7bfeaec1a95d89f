"""Which provinces and states may be one piece of land, by the crosswalk of the gazetteer."""

from __future__ import annotations

from functools import cache, lru_cache

from martyrolog.places.gazetteer import containers, overlaps, provinces


def same_region(left: str, right: str) -> bool:
    """True when two provinces stood on about the same land (Tver guberniya, Kalinin oblast)."""
    known = provinces()
    return known[left].region == known[right].region


@lru_cache(maxsize=65_536)
def may_be_one(left: str, right: str) -> bool:
    """True when one settlement may lie in both provinces or states, at one time or another.

    So it is for the same region, for regions that shared land, for a province and a state that
    held it, and for two states that held one province.
    """
    here, there = provinces()[left].region, provinces()[right].region
    if here == there or there in related()[here] or here in related()[there]:
        return True
    both_states = provinces()[left].is_state and provinces()[right].is_state
    return both_states and any({here, there} <= held_by for held_by in related().values())


@cache
def related() -> dict[str, frozenset[str]]:
    """Region to the regions that shared its land and the states that held it."""
    return {
        province.region: overlaps().get(province.region, frozenset())
        | containers().get(province.region, frozenset())
        for province in provinces().values()
    }
