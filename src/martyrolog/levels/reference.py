"""The reference page of the comparison levels, written from their declarations."""

from martyrolog.levels.fields import FIELDS, Field, Level

_INTRO = """# Comparison levels

A pair of records is compared field by field; `match` holds the level of each field as
`level_FIELD`, -1 where either record has no value, which says nothing. The shares are the declared
priors: *m* of the pairs of one person, *kin* of those of two relatives, *u* of those of two
unrelated persons that show the level, within its group. Linkage estimates them anew from the
records and leans on these the more, the fewer records there are. *Bits* is log2(m / u), what the
level weighs by these priors. At levels marked *rarity* a rare value weighs more than a common one.

"""

_HEAD = "| level | name | meaning | значение | group | m | kin | u | bits | rarity |\n"
_RULE = "| --- " * 10 + "|\n"


def reference_page() -> str:
    """Every field and its levels, as Markdown."""
    return _INTRO + "\n".join(_section(field) for field in FIELDS.values())


def _section(field: Field) -> str:
    title = f"## {field.name}\n\n{field.label['en']} · {field.label['ru']}\n\n"
    if not field.levels:
        return title + "Not compared yet: the level is always -1.\n"
    note = ""
    if field.counts_for:
        note = f"An agreement counts only where `{field.counts_for}` could not be compared.\n\n"
    return title + note + _HEAD + _RULE + "".join(_row(level) for level in reversed(field.levels))


def _row(level: Level) -> str:
    return (
        f"| {level.level} | `{level.name}` | {level.label['en']} | {level.label['ru']} "
        f"| {level.group} | {_share(level.m, level.m_at_most)} "
        f"| {_share(level.kin, level.kin_at_most)} | {level.u:g} "
        f"| {level.bits:+.1f} | {'yes' if level.terms else ''} |\n"
    )


def _share(share: float, limit: float) -> str:
    return f"{share:g}" if limit == 1 else f"{share:g} (at most {limit:g})"
