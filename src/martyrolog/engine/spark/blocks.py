"""Pairs of records within blocks, on Spark: which records share the integer keys of a rule.

:func:`propose_pairs` takes a table of keys and rules. Always holds: a block above its rule's limit
is refined by the rule's further keys, one after another; what is still too large is ordered and
each record paired with its next ones. All rules take each step together, so the number of shuffles
does not grow with the rules. No pair leaves the executors.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import chain

from pyspark.sql import Column, DataFrame, Window
from pyspark.sql import functions as f

ORDER = "order_key"
"""Column of the table of keys by which records of a block that no key refines are ordered."""

NO_KEY = -1

_BLOCK = ("rule", "block")


@dataclass(frozen=True)
class BlockRule:
    """One rule.

    Attributes:
        keys: Columns of keys that the records of a block share; a record without one is in none.
        refine: Further columns; a record without the key stands with the others that lack it.
        limit: Records above which a block is refined.
    """

    keys: tuple[str, ...]
    refine: tuple[str, ...]
    limit: int


@dataclass(frozen=True)
class Proposed:
    """What the rules propose.

    Attributes:
        pairs: ``left`` < ``right`` and ``rule`` (its place among the rules); may repeat.
        count: How many pairs the rules propose, repeated ones counted as often as they stand.
    """

    pairs: DataFrame
    count: int


def propose_pairs(keys: DataFrame, rules: Sequence[BlockRule], *, neighbours: int) -> Proposed:
    """The pairs of all rules. Intermediate tables stay cached until ``catalog.clearCache()``.

    Args:
        keys: ``record`` (int), ``ORDER`` (long), and a column of arrays of int for each key: the
            alternatives of a record, the first of them ``NO_KEY`` where the first is missing.
        rules: The rules; a rule's number is its place.
        neighbours: How many of the next records each is paired with where no key refines.
    """
    rows, found, count = _first_blocks(keys, rules), [], 0
    limit = _by_rule([rule.limit for rule in rules])
    for step in range(max(len(rule.refine) for rule in rules) + 1):
        sized = _with_sizes(rows).persist()
        small = (f.col("size") > 1) & (f.col("size") <= limit)
        found.append(_pairs_of_blocks(sized.where(small)))
        # each row of a block of n stands for (n - 1) / 2 of its pairs
        totals = sized.agg(
            f.sum(f.when(small, f.col("size") - 1)).alias("small"),
            f.max(f.col("size") > limit).alias("large"),
        ).first()
        assert totals is not None
        count += (totals["small"] or 0) // 2
        if not totals["large"]:
            break
        large = sized.where(f.col("size") > limit).drop("size")
        ended = f.col("rule").isin(
            [at for at, rule in enumerate(rules) if len(rule.refine) == step]
        )
        beside = _pairs_of_neighbours(large.where(ended), keys, neighbours).persist()
        count += beside.count()
        found.append(beside)
        chosen = {at: rule.refine[step] for at, rule in enumerate(rules) if len(rule.refine) > step}
        if not chosen:
            break
        rows = _refined(large.where(~ended), keys, chosen)
    return Proposed(reduce(DataFrame.unionAll, found), count)


def _first_blocks(keys: DataFrame, rules: Sequence[BlockRule]) -> DataFrame:
    """``rule``, ``record``, ``block``: a record stands once for each combination of its keys."""
    blocks = f.array(*(_blocks_of(rule.keys, [f.lit(at)]) for at, rule in enumerate(rules)))
    rows = keys.select("record", f.posexplode(blocks).alias("rule", "blocks"))
    return rows.select("rule", "record", f.explode("blocks").alias("block"))


def _blocks_of(names: Sequence[str], values: Sequence[Column]) -> Column:
    """The hash of each combination of keys, as an array."""
    present = f.filter(names[0], _is_key)
    if len(names) == 1:
        return f.transform(present, lambda value: f.xxhash64(*values, value))
    return f.flatten(f.transform(present, lambda value: _blocks_of(names[1:], [*values, value])))


def _is_key(value: Column) -> Column:
    return value != NO_KEY


def _by_rule(values: Sequence[int]) -> Column:
    pairs = chain.from_iterable((f.lit(at), f.lit(value)) for at, value in enumerate(values))
    return f.create_map(*pairs)[f.col("rule")]


def _with_sizes(rows: DataFrame) -> DataFrame:
    return rows.withColumn("size", f.count("*").over(Window.partitionBy(*_BLOCK)))


def _pairs_of_blocks(small: DataFrame) -> DataFrame:
    one = small.select(*_BLOCK, f.col("record").alias("left"))
    other = small.select(*_BLOCK, f.col("record").alias("right"))
    both = one.join(other, list(_BLOCK)).where(f.col("left") < f.col("right"))
    return both.select("left", "right", "rule")


def _pairs_of_neighbours(rows: DataFrame, keys: DataFrame, neighbours: int) -> DataFrame:
    ordered = Window.partitionBy(*_BLOCK).orderBy(ORDER, "record")
    following = f.array(*(f.lead("record", at).over(ordered) for at in range(1, neighbours + 1)))
    paired = rows.join(keys.select("record", ORDER), "record").withColumn("others", following)
    paired = paired.withColumn("other", f.explode("others")).where(
        f.col("other").isNotNull() & (f.col("other") != f.col("record"))
    )
    return paired.select(
        f.least("record", "other").alias("left"),
        f.greatest("record", "other").alias("right"),
        "rule",
    )


def _refined(rows: DataFrame, keys: DataFrame, chosen: Mapping[int, str]) -> DataFrame:
    """Rows with one more key, another one for each rule."""
    columns = sorted(set(chosen.values()))
    further = keys.select("record", *(f.col(name).alias(f"further_{name}") for name in columns))
    values = f.array().cast("array<int>")
    for number, name in chosen.items():
        values = f.when(f.col("rule") == number, f.col(f"further_{name}")).otherwise(values)
    extended = rows.join(further, "record").withColumn("value", f.explode(values))
    return extended.select("rule", "record", f.xxhash64("block", "value").alias("block"))
