"""Connected components on Spark: large star and small star in turn, until nothing moves.

Kiveris, Lattanzi, Mirrokni, Rastogi and Vassilvitskii, Connected Components in MapReduce and
Beyond, SoCC 2014. Each round ends in a checkpoint, so that the plan does not grow and a lost
executor costs one round. The rounds grow with the logarithm of the longest chain.
"""

from pyspark.sql import DataFrame, Window
from pyspark.sql import functions as f


def connected_components(edges: DataFrame) -> DataFrame:
    """The component of every record that an edge names, called by its smallest record.

    Args:
        edges: ``left`` and ``right``, integers; loops and repeated edges do no harm.

    Returns:
        ``record`` and ``component``.
    """
    stars, before = edges.select("left", "right"), None
    while True:
        stars = _small_star(_large_star(stars)).checkpoint()
        now = stars.agg(f.count("*"), f.bit_xor(f.xxhash64("left", "right"))).first()
        if now == before:
            break
        before = now
    loops = edges.where(f.col("left") == f.col("right")).select("left", "right")
    centres = stars.select(f.col("right").alias("left"), "right")
    every = stars.unionAll(centres).unionAll(loops)
    named = every.groupBy(f.col("left").alias("record"))
    return named.agg(f.min("right").alias("component"))


def _large_star(edges: DataFrame) -> DataFrame:
    """Every larger neighbour of a record goes to the smallest of its neighbourhood.

    A pair may come more than once: that moves no smallest, and the small star drops it.
    """
    turned = f.struct(f.col("right").alias("left"), f.col("left").alias("right"))
    both = f.explode(f.array(f.struct("left", "right"), turned))
    near = edges.select(both.alias("ends")).select("ends.*")
    smallest = f.least("left", f.min("right").over(Window.partitionBy("left")))
    larger = near.withColumn("smallest", smallest).where(f.col("right") > f.col("left"))
    return larger.select(f.col("right").alias("left"), f.col("smallest").alias("right"))


def _small_star(edges: DataFrame) -> DataFrame:
    """Every smaller neighbour of a record, and itself, goes to the smallest of them.

    Args:
        edges: Pairs of a record and a smaller one.
    """
    smallest = f.min("right").over(Window.partitionBy("left")).alias("smallest")
    near = edges.select("left", "right", smallest)
    moved = f.explode(f.array("left", "right")).alias("left")
    both = near.select(moved, f.col("smallest").alias("right"))
    return both.where(f.col("left") != f.col("right")).distinct()
