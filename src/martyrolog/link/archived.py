"""What the last run of the stage left in an archive: to explain a pair, to draw clusters.

Always holds: nothing here estimates or links; where the archive has not been linked, the error says
what to run.
"""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from numpy.typing import NDArray

from martyrolog.archive import Archive
from martyrolog.link.columns import Records, encode_records
from martyrolog.link.constraints import Constraints, make_constraints
from martyrolog.link.explain import Explainer, Explanation, explain_pair, make_explainer
from martyrolog.link.link_tables import NEGLIGIBLE
from martyrolog.link.linkage import Judgements
from martyrolog.link.posterior import Posterior
from martyrolog.link.saved_model import model_of_table
from martyrolog.link.stage import duplicate_free_lists, read_judgements
from martyrolog.tables import read_table

_ENDS = ("record_id_left", "record_id_right")


@dataclass(frozen=True)
class ArchivedRecords:
    """The records of an archive with what people decided about them.

    Attributes:
        table: Table ``record``.
        records: The same, encoded.
        judgements: What people decided, by the numbers of the records.
        constraints: Who cannot be one person.
    """

    table: pa.Table
    records: Records
    judgements: Judgements
    constraints: Constraints


@dataclass(frozen=True)
class ArchivedExplanation:
    """Why two records of an archive are or are not one person in it.

    Attributes:
        explanation: The pair, field by field.
        rules: Blocking rules that proposed it; none where it was not compared.
        judgement: What people decided: same, different, or empty.
        one_cluster: Whether the two stand in one cluster.
        weakest: Match weight of the weakest link that holds that cluster together; None where they
            stand apart or judgements hold it.
        threshold: Match probability from which a pair is a link.
    """

    explanation: Explanation
    rules: tuple[str, ...]
    judgement: str
    one_cluster: bool
    weakest: float | None
    threshold: float


def read_records(archive: Archive) -> ArchivedRecords:
    """The records, judgements and constraints of an archive.

    Raises:
        TableError: the archive has not been read.
        LinkError: judgements cannot be used.
    """
    table = read_table(archive.build, "record")
    lists = read_table(archive.build, "source_list")
    records = encode_records(table, duplicate_free_lists(lists))
    judgements = read_judgements(archive, table, records)
    return ArchivedRecords(
        table, records, judgements, make_constraints(records, judgements.different)
    )


def read_explainer(archive: Archive, read: ArchivedRecords) -> Explainer:
    """What explains pairs of an archive: its records and the model of its last run.

    Raises:
        TableError: the archive has not been linked.
    """
    model = model_of_table(read_table(archive.build, "link_model"))
    return make_explainer(read.table, read.records, model, read.constraints)


def explain_records(
    archive: Archive, left: str, right: str, language: str = "en"
) -> ArchivedExplanation:
    """Why two records of an archive are or are not one person in it.

    Args:
        archive: A linked archive.
        left: ``record_id`` of a record.
        right: ``record_id`` of another.
        language: ``en`` or ``ru``.

    Raises:
        TableError: the archive has not been linked.
        LinkError: no such record.
    """
    read = read_records(archive)
    explanation = explain_pair(read_explainer(archive, read), left, right, language)
    low, high = explanation.record_id_left, explanation.record_id_right
    clusters = read_table(archive.build, "cluster")
    of_pair = clusters.filter(pc.is_in(clusters["record_id"], pa.array([low, high])))
    together = len(of_pair["cluster_id"].unique()) == 1
    return ArchivedExplanation(
        explanation=explanation,
        rules=_rules(archive, low, high),
        judgement=_judgement(read, low, high),
        one_cluster=together,
        weakest=of_pair["weakest_weight"][0].as_py() if together else None,
        threshold=archive.settings.link.threshold,
    )


def read_posterior(archive: Archive) -> tuple[pa.Array, Posterior]:
    """What the links of an archive leave open, to draw clusterings from (``draws.py``).

    Args:
        archive: A linked archive.

    Returns:
        ``record_id`` of each record, in the order of the labels that are drawn, and the posterior.
        Compared pairs too unlikely to be kept count with the largest probability they can have.

    Raises:
        TableError: the archive has not been linked.
        LinkError: judgements cannot be used.
    """
    read = read_records(archive)
    count = max(read.records.count, 1)
    match = read_table(archive.build, "match", [*_ENDS, "match_weight"])
    kept, others = (_packed(table, read.records.ids, count) for table in
                    (match, read_table(archive.build, "candidate_pair", list(_ENDS))))  # fmt: skip
    unlikely = np.setdiff1d(others, kept, assume_unique=True)
    left, right = np.divmod(np.concatenate([kept, unlikely]), count)
    odds = match["match_weight"].to_numpy() * np.log(2)
    odds = np.append(odds, np.full(len(unlikely), np.log(NEGLIGIBLE / (1 - NEGLIGIBLE))))
    same = tuple((min(pair), max(pair)) for pair in read.judgements.same)
    posterior = Posterior(read.records.count, left, right, odds, same, read.constraints)
    return read.records.ids, posterior


def _packed(table: pa.Table, ids: pa.Array, count: int) -> NDArray[np.int64]:
    left, right = (pc.index_in(table[end], value_set=ids).to_numpy().astype(np.int64)
                   for end in _ENDS)  # fmt: skip
    packed: NDArray[np.int64] = left * count + right
    return packed


def _rules(archive: Archive, left: str, right: str) -> tuple[str, ...]:
    """The rules that proposed a pair, read without the other pairs."""
    wanted = (pc.field("record_id_left") == left) & (pc.field("record_id_right") == right)
    found = pq.read_table(archive.build / "candidate_pair.parquet", filters=wanted)
    return tuple(found["rules"][0].as_py()) if found.num_rows else ()


def _judgement(read: ArchivedRecords, left: str, right: str) -> str:
    numbers = pc.index_in(pa.array([left, right]), read.records.ids).to_pylist()
    pair = (min(numbers), max(numbers))
    if pair in {(min(judged), max(judged)) for judged in read.judgements.same}:
        return "same"
    packed = pair[0] * read.records.count + pair[1]
    return "different" if bool(np.isin(packed, read.constraints.different)) else ""
