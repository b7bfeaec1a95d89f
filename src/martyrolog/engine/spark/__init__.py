"""Where tables are computed on many machines: Apache Spark (extra ``spark``, Java 17 or newer).

Joins and counts on integer keys are Spark's; whatever looks at a letter is a Python function of the
stages, called on Arrow batches where the rows are. Nothing here collects a pair of records.
Reading order: ``session.py`` (the connection and what can be wrong with it), ``blocks.py`` (pairs
within blocks), ``components.py`` (connected components). Import the last two only inside a
:func:`~martyrolog.engine.spark.session.spark_session`: they need pyspark.
"""

from martyrolog.engine.spark.session import spark_session

__all__ = ["spark_session"]
