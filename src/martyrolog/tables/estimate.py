"""The tables of the stage estimate: how many persons share each set of lists, and what follows."""

from martyrolog.tables.schema import Column, Table


def _real(name: str, meaning: str, unit: str = "") -> Column:
    return Column(name, "float", meaning, unit)


_STRATUM = Column("stratum", "string", "stratum as a JSON object of column to value; {} for all "
                  "persons", nullable=False)  # fmt: skip

ESTIMATE = (
    Table("cluster_draw", "one record in its cluster in one draw of the clustering; groups that "
          "are clustered alike in all draws and in cluster are left out", "draw", (
              Column("draw", "int", "number of the draw, from 1", nullable=False),
              Column("record_id", "string", "the record", nullable=False),
              Column("cluster_id", "string", "smallest record_id of the cluster", nullable=False),
              Column("list_id", "string", "list of the record", nullable=False),
          ), ("draw", "record_id")),
    Table("capture_history", "one set of lists and how many victims are in exactly these, of the "
          "lists that archive.toml says are fit for estimation", "estimate", (
              _STRATUM,
              Column("list_ids", "strings", "the lists, sorted", nullable=False),
              Column("persons", "int", "victims in exactly these", "persons", False),
          ), ()),
    Table("estimate", "one model's answer for one stratum", "estimate", (
        _STRATUM,
        Column("model", "string", "chapman, chao, loglinear, dga, lcmcr", nullable=False),
        Column("list_ids", "strings", "lists used, sorted", nullable=False),
        Column("n_observed", "int", "persons in at least one of them", "persons", False),
        Column("status", "string", "estimated, lower_bound, or why there is no number",
               nullable=False),
        _real("mean", "mean of the number; null where refused", "persons"),
        _real("median", "median of the number; null where refused", "persons"),
        _real("lower", "lower end of the interval", "persons"),
        _real("upper", "upper end of the interval", "persons"),
        Column("level", "float", "probability of the interval", "0..1", False),
        _real("rhat", "rank-normalised split R-hat; null without chains"),
        _real("ess_bulk", "bulk effective sample size", "draws"),
        _real("ess_tail", "tail effective sample size", "draws"),
        Column("reasons", "string", "refusals and warnings: JSON list of message key and values",
               nullable=False),
        Column("settings", "string", "everything needed to repeat it: JSON object",
               nullable=False),
        Column("details", "string", "what the model shows besides: JSON object", nullable=False),
        Column("quantiles", "string", "the number at probabilities 0.005, 0.015 .. 0.995: JSON "
               "list, null where refused"),
    ), ("stratum", "model")),
    Table("estimate_report", "one paragraph, table or picture of the report, in one language",
          "estimate", (
              Column("language", "string", "en or ru", nullable=False),
              Column("place", "int", "place in the report, from 1", nullable=False),
              Column("section", "string", "heading under which it stands", nullable=False),
              Column("kind", "string", "text, table or picture", nullable=False),
              Column("text", "string",
                     "the paragraph; the caption of a table; what a picture shows", nullable=False),
              Column("cells", "string", "of a table: JSON list of rows of texts, headings first"),
              Column("name", "string", "of a picture: its file, without ending"),
              Column("svg", "string", "the picture"),
              Column("detailed", "bool", "whether it stands in a section that shows small numbers, "
                     "those of a stratum or of a set of lists; left out of a release that "
                     "withholds somebody", nullable=False),
          ), ("language", "place")),
)  # fmt: skip
"""Declarations, in the order of the documentation."""
