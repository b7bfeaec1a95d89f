"""Stage ``link``: record -> candidate_pair, match, cluster.

Enters: ``record`` and ``source_list``, and ``hand/judgements.jsonl``. Leaves: the pairs that
blocking rules propose, those whose match probability is not negligible with their comparison
levels, and every record in exactly one cluster. :func:`link_file` does the same for a bare file.

Method: Fellegi and Sunter, A theory for record linkage, JASA 64 (1969), with m and u by EM on
counts of comparison patterns, term frequencies (Winkler 2000), and clusters that obey constraints.
Reading order: ``linkage.py`` (the whole road), ``columns.py``, ``keys.py`` and ``blocking.py``,
``comparison.py``, ``model.py`` and ``terms.py``, ``constraints.py`` and ``clustering.py``. After a
run: ``explain.py`` (why), ``evaluating.py`` (how well), ``draws.py`` (what is left open),
``splink_model.py`` (exchange).
"""

from martyrolog.link.archived import ArchivedExplanation, explain_records, read_posterior
from martyrolog.link.draw_stage import STAGE as DRAW_STAGE
from martyrolog.link.draws import draw_clusterings
from martyrolog.link.evaluate import Evaluation, OnPairs, OnPersons
from martyrolog.link.evaluating import (
    FromSample,
    SampleWritten,
    evaluate,
    sample_pairs_to_judge,
)
from martyrolog.link.evaluating_rules import RuleFound, RulesFound, evaluate_rules
from martyrolog.link.expected import Expected
from martyrolog.link.explain import Explanation, FieldEvidence, explain_pair
from martyrolog.link.file import link_file
from martyrolog.link.linkage import Linkage, link_records
from martyrolog.link.memory import read_size
from martyrolog.link.reliability import write_reliability
from martyrolog.link.splink_model import Exported, Imported, Loss, export_model, import_model
from martyrolog.link.stage import STAGE, stage_on_spark
from martyrolog.link.waterfall import write_waterfall

__all__ = [
    "DRAW_STAGE",
    "STAGE",
    "ArchivedExplanation",
    "Evaluation",
    "Expected",
    "Explanation",
    "Exported",
    "FieldEvidence",
    "FromSample",
    "Imported",
    "Linkage",
    "Loss",
    "OnPairs",
    "OnPersons",
    "RuleFound",
    "RulesFound",
    "SampleWritten",
    "draw_clusterings",
    "evaluate",
    "evaluate_rules",
    "explain_pair",
    "explain_records",
    "export_model",
    "import_model",
    "link_file",
    "link_records",
    "read_posterior",
    "read_size",
    "sample_pairs_to_judge",
    "stage_on_spark",
    "write_reliability",
    "write_waterfall",
]
