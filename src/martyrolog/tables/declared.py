"""Every table between the stages: its columns, types, units, meaning, key, and who writes it.

The reference documentation is generated from these declarations. This module computes nothing:
what a column means is said here, how it comes about is said in its stage.
"""

from collections.abc import Mapping

from martyrolog.tables.estimate import ESTIMATE
from martyrolog.tables.history import HISTORY
from martyrolog.tables.schema import Column, Table
from martyrolog.tables.schema import date_columns as _date
from martyrolog.tables.schema import flat as _flat
from martyrolog.tables.schema import in_both as _in_both
from martyrolog.tables.schema import named as _named
from martyrolog.tables.schema import required_text as _required
from martyrolog.tables.schema import text_column as _text

_LOCATOR = (
    Column(
        "verbatim",
        "string",
        "what the list says, unchanged: the text of a prose entry, or a "
        "JSON object of column heading to cell",
        nullable=False,
    ),
    Column("verbatim_kind", "string", "text or cells", nullable=False),
    Column("file", "string", "file in the archive's folder lists/", nullable=False),
    Column("page", "string", "sheet, page or table within the file"),
    Column("row", "int", "row, line or entry within the page, counted from 1", nullable=False),
)

_BACKING = (
    Column("sources", "string", "published works that this row rests on"),
    Column(
        "unverified",
        "strings",
        "columns of this row that no text read by the editors confirms "
        "yet: shown as such, and alone deciding nothing",
        nullable=False,
    ),
    Column("note", "string", "note of the list"),
)

_NOTE_RU = (Column("note_ru", "string", "note of the list, in Russian"),)
_LISTED = (Column("list_id", "string", "the list that says so", nullable=False),)

DATE_FIELDS = (
    "birth_date", "arrest_date", "sentence_date", "release_date", "death_date",
    "rehabilitation_date", "held_from", "held_to",
)  # fmt: skip
"""Record fields kept as EDTF, interval and verbatim text."""

_PERSON_FIELDS: tuple[tuple[Column, ...], ...] = (
    _text("role", "role in which the list names the person: victim, defendant, co_accused, "
          "member, office_holder, judge, prosecutor, secretary"),
    _text("surname", "surname as written"),
    _text("given_name", "given name or initial as written"),
    _text("patronymic", "patronymic or initial as written"),
    _text("other_names", "aliases, maiden and monastic names, separated by '; '"),
    _text("sex", "m or f; null where neither list nor name tells"),
    _date("birth_date", "day of birth"),
    _text("birth_place", "place of birth"),
    _text("nationality", "nationality as the list gives it"),
    _text("party", "party membership"),
    _text("occupation", "occupation, post"),
    _text("residence", "place or address of residence"),
    _date("arrest_date", "day of arrest"),
    _text("arrest_place", "place of arrest"),
    _text("charge", "charge: articles or words"),
    _text("sentencing_body", "court or other body that sentenced"),
    _date("sentence_date", "day of the sentence"),
    _text("sentence", "sentence"),
    _text("imprisonment_place", "prison or camp"),
    _text("exile_place", "place of exile or deportation"),
    _date("release_date", "day of release"),
    _date("death_date", "day of death or execution"),
    _text("death_place", "place of death or execution"),
    _text("burial_place", "burial ground"),
    _date("rehabilitation_date", "day of rehabilitation"),
    _text("rehabilitating_body", "body that rehabilitated"),
    _text("archival_reference", "fond, opis, delo, sheet"),
    _text("source_url", "live source of this row"),
)  # fmt: skip

_CONTEXT_FIELDS: tuple[tuple[Column, ...], ...] = (
    _text("fate", "fate class: executed, executed 1953-56, died in custody, killed in prison, "
          "suicide, natural, assassinated, murdered abroad, survived"),
    _text("position", "post or place within the trial, cohort or office"),
    _text("trial_id", "trial in which the person stood or sat"),
    _text("cohort_id", "named group the person belonged to"),
    _text("office_id", "office the person held"),
    _date("held_from", "first day in the office or group"),
    _date("held_to", "last day in the office or group"),
)  # fmt: skip

STANDARD_FIELDS = (
    *(columns[0].name for columns in _PERSON_FIELDS + _CONTEXT_FIELDS), "sources", "note",
)  # fmt: skip
"""What a reading profile may map a source column to (besides ``full_name``, which is split)."""


_SUPPORT = Column("record_ids", "strings", "records that say so, sorted", nullable=False)
_PERSON_ID = Column("person_id", "string", "person", nullable=False)
_UNVERIFIED = (
    Column("unverified", "strings", "columns of its record that no text read by the editors "
           "confirms yet"),
)  # fmt: skip

_DECLARED = (
    Table("source_list", "one source list", "read", _flat((
        _required("list_id", "the list"),
        _required("kind", "what its rows become: person (records) or trial, body, office, cohort, "
                  "operation, published_figure"),
        _named("title", "title"), _text("publisher", "publisher"), _text("year", "year or years"),
        _text("language", "language code (BCP 47)"), _text("url", "live source"),
        _text("accessed", "day on which the live source was read, ISO 8601"),
        _text("licence", "licence or terms"),
        _text("role", "role of those it names"),
        _named("what it covers", "covers"), _named("what it misses", "misses"),
        (Column("duplicate_free", "bool", "known to name nobody twice", nullable=False),
         Column("fit_for_estimation", "bool", "a sample fit for estimation", nullable=False)),
        _named("why it is or is not fit for estimation", "estimation_reason"),
        _text("historical_reason", "why all its persons are known to be historical"),
        _text("historical_author", "who says so"), _text("historical_date", "since when"),
        _text("file", "files it is read from, as archive.toml names them"),
        _text("encoding", "encodings found, separated by ', '"),
        (Column("rows_in", "int", "rows in its files", "rows", False),
         Column("records", "int", "rows that became records or entries", "rows", False),
         Column("rejects", "int", "rows that could not be read", "rows", False)),
    )), ("list_id",)),
    Table("record", "one row of one source list, never merged or overwritten", "read", _flat((
        (Column("record_id", "string", "depends on list, verbatim content and occurrence only",
                nullable=False),),
        _LISTED,
        (Column("occurrence", "int", "1 for the first of identical rows, 2 for the next",
                nullable=False),
         Column("supersedes", "string", "record of an earlier edition that this one replaces")),
        *_PERSON_FIELDS, *_CONTEXT_FIELDS, _BACKING, _LOCATOR,
    )), ("record_id",)),
    Table("reject", "one row that could not be read", "read", _flat((
        _LISTED, _LOCATOR, _required("reason", "message key of the reason"),
        _text("detail", "what exactly was found"),
    )), ("list_id", "file", "page", "row")),
    Table("trial", "one trial", "read", _flat((
        _required("trial_id", "the trial"), _LISTED, _named("name"), _in_both("court", "court"),
        _in_both("presiding", "presiding judge"), _in_both("judges", "other judges"),
        _in_both("court_secretary", "secretary of the court"), _in_both("prosecutor", "prosecutor"),
        _in_both("place", "place"), _text("public", "open or closed"),
        _in_both("charge", "charges"), _named("what it was to show, by its sources", "purpose"),
        _named("for whom it was staged, by its sources", "audience"),
        _date("start_date", "first day"), _date("end_date", "last day"),
        _date("verdict_date", "day of the verdict"),
        _date("execution_date", "day of the executions"),
        _text("defendants", "number of defendants"), _text("death_sentences", "death sentences"),
        _text("executed", "executed after the verdict"),
        _text("prison_sentences", "prison sentences"),
        _date("rehabilitation_date", "day of rehabilitation"), _BACKING, _NOTE_RU, _LOCATOR,
    )), ("trial_id",)),
    Table("body", "one body that sentenced, governed or guarded", "read", _flat((
        _required("body_id", "the body"), _LISTED, _named("name"), _text("kind", "kind"),
        _text("parent_id", "body above it"), _date("from_date", "first day"),
        _date("to_date", "last day"), _text("successor_id", "body that followed it"),
        _named("who sat in it, by its sources", "composition"),
        _text("seats", "offices whose holders sat in it, separated by ';'"),
        _BACKING, _NOTE_RU, _LOCATOR,
    )), ("body_id",)),
    Table("office", "one office, held by persons one after another", "read", _flat((
        _required("office_id", "the office"), _LISTED, _text("body_id", "body it belongs to"),
        _named("title", "title"),
        _text("territory", "region of its power, as events name places, several names separated "
              "by ';'; empty: the whole country"),
        _BACKING, _NOTE_RU, _LOCATOR,
    )), ("office_id",)),
    Table("cohort", "one named group with its source", "read", _flat((
        _required("cohort_id", "the group"), _LISTED, _named("name"), _text("kind", "kind"),
        _date("formed_date", "day it was formed"), _BACKING, _NOTE_RU, _LOCATOR,
    )), ("cohort_id",)),
    Table("operation", "one operation, order or decree", "read", _flat((
        _required("operation_id", "the operation"), _LISTED, _named("name"), _text("kind", "kind"),
        _date("signed_date", "day signed"), _date("start_date", "first day"),
        _date("end_date", "last day"), _in_both("target_groups", "against whom"),
        _in_both("sentencing_body", "body that sentenced"),
        _text("sentenced", "persons sentenced"), _text("shot", "persons shot"),
        _text("planned", "persons planned for"), _BACKING, _NOTE_RU, _LOCATOR,
    )), ("operation_id",)),
    Table("published_figure", "one figure that others published", "read", _flat((
        _required("figure_id", "the figure"), _LISTED, _in_both("measure", "what was counted"),
        _text("period", "period, as EDTF"), _in_both("scope", "whom it covers"),
        _text("value", "the figure as published"), _BACKING, _NOTE_RU, _LOCATOR,
    )), ("figure_id",)),
    Table("candidate_pair", "one pair of records that a blocking rule proposed", "link", _flat((
        _required("record_id_left", "the smaller record_id"),
        _required("record_id_right", "the larger record_id"),
        (Column("rules", "strings", "blocking rules that proposed it", nullable=False),),
    )), ("record_id_left", "record_id_right")),
    Table("match", "one compared pair, kept where its match probability is not negligible", "link",
          _flat((
              _required("record_id_left", "the smaller record_id"),
              _required("record_id_right", "the larger record_id"),
              (Column("match_weight", "float", "sum of the fields' weights and the prior", "log2",
                      False),
               Column("match_probability", "float", "probability of being one person", "0..1",
                      False)),
              tuple(Column(f"level_{field}", "level",
                           f"comparison level of {field}, see the reference of comparison levels; "
                           "-1 where a value is missing", nullable=False)
                    for field in ("surname", "given_name", "patronymic", "sex", "birth_date",
                                  "birth_place", "death_date", "arrest_date", "residence",
                                  "occupation", "nationality", "context")),
          )), ("record_id_left", "record_id_right")),
    Table("cluster", "one record in its cluster", "link", _flat((
        _required("record_id", "the record"),
        _required("cluster_id", "smallest record_id of the cluster"),
        (Column("weakest_weight", "float", "match weight of the weakest link that holds the "
                "cluster together; null for a single record or where a judgement holds it",
                "log2"),),
    )), ("record_id",)),
    Table("link_model", "one number of the estimated model of linkage", "link", (
        Column("part", "string", "what it is: m, u or kin (share of the pairs of one person, of "
               "unrelated persons, of relatives at a level), matches, relatives (shares of all "
               "pairs), rounds", nullable=False),
        Column("field", "string", "compared field; empty where the number is of no field",
               nullable=False),
        Column("level", "level", "comparison level; -1 where it is of no level", nullable=False),
        Column("value", "float", "the number", nullable=False),
    ), ("part", "field", "level")),
    Table("link_rule", "what one blocking rule brings, in the order of the rules", "link", (
        Column("rule", "string", "the rule, or judgement for pairs that people judged",
               nullable=False),
        Column("pairs", "int", "candidate pairs that it proposes", "pairs", False),
        Column("pairs_alone", "int", "those that no other rule proposes", "pairs", False),
        Column("links", "float", "pairs of one person expected among the first: the sum of their "
               "match probabilities", "pairs", False),
        Column("links_alone", "float", "the same of the second: what would be missed without the "
               "rule", "pairs", False),
    ), ("rule",)),
    Table("person", "one human being", "resolve", _flat((
        _required("person_id", "opaque, stable, never reused"),
        _text("surname", "preferred surname"), _text("given_name", "preferred given name"),
        _text("patronymic", "preferred patronymic"), _text("other_names", "other names"),
        _text("name_cyrillic", "full name in Cyrillic, from a record; null where no list gives it"),
        _required("name_latin", "full name in Latin letters"),
        (Column("name_latin_derived", "bool", "transliterated by us, in no list", nullable=False),),
        _text("sex", "m or f"), _date("birth_date", "preferred day of birth"),
        _date("death_date", "preferred day of death"), _text("fate", "preferred fate class"),
        (Column("victim", "bool", "befallen as a victim: role victim or defendant, or a fate of "
                "repression", nullable=False),
         Column("roles", "strings", "roles that the lists give, sorted", nullable=False),
         Column("list_ids", "strings", "lists that name the person, sorted", nullable=False),
         Column("records", "int", "number of records", "records", False)),
    )), ("person_id",)),
    Table("person_record", "one record under its person", "resolve", (
        _PERSON_ID, Column("record_id", "string", "the record", nullable=False),
    ), ("record_id",)),
    Table("redirect", "one former person_id and where it leads", "resolve", _flat((
        _required("person_id", "id no longer in use"),
        (Column("to_person_ids", "strings", "one id: merged; several: split; none: removed",
                nullable=False),),
    )), ("person_id",)),
    Table("statement", "one value that records give for a field of a person", "resolve", (
        _PERSON_ID, Column("field", "string", "column of the record", nullable=False),
        Column("value", "string", "the value; dates as EDTF", nullable=False),
        Column("earliest", "date", "first day, for dates", "day"),
        Column("latest", "date", "last day, for dates", "day"),
        _SUPPORT,
        Column("list_ids", "strings", "lists that say so, sorted", nullable=False),
        Column("preferred", "bool", "the one shown first", nullable=False),
        Column("preference", "string", "message key of the rule that preferred it"),
        Column("verified", "bool", "confirmed in at least one of its records", nullable=False),
        Column("author", "string", "who decided by hand that a record reads so "
               "(hand/corrections.jsonl); null where the lists say it"),
    ), ("person_id", "field", "value")),
    Table("event", "one event of a person's life", "resolve", (
        _PERSON_ID,
        Column("kind", "string", "birth, arrest, trial, sentence, execution, imprisonment, exile, "
               "release, death, rehabilitation", nullable=False),
        *_date("date", "day"), Column("place", "string", "place"),
        Column("body", "string", "body that acted"), Column("trial_id", "string", "the trial"),
        Column("detail", "string", "sentence or other detail"), _SUPPORT,
    ), ()),
    Table("relation", "one relation between two persons", "resolve", (
        Column("person_id_left", "string", "the smaller person_id", nullable=False),
        Column("person_id_right", "string", "the larger person_id", nullable=False),
        Column("kind", "string", "co_defendant, co_accused, namesake", nullable=False),
        Column("trial_id", "string", "the trial"), _SUPPORT,
    ), ()),
    Table("possibly_same", "two persons joined by a link too weak or too contested to merge on",
          "resolve", (
              Column("person_id_left", "string", "the smaller person_id", nullable=False),
              Column("person_id_right", "string", "the larger person_id", nullable=False),
              Column("record_id_left", "string", "record of the left person", nullable=False),
              Column("record_id_right", "string", "record of the right person", nullable=False),
              Column("match_weight", "float", "match weight of the strongest such pair", "log2",
                     False),
              Column("match_probability", "float", "its match probability", "0..1", False),
              Column("reason", "string", "message key: why they were not merged", nullable=False),
          ), ("person_id_left", "person_id_right")),
    Table("trial_party", "one person's part in a trial", "resolve", _flat((
        _required("trial_id", "the trial"), (_PERSON_ID,), _required("record_id", "its record"),
        _required("role", "defendant, co_accused, judge, prosecutor, secretary"),
        _text("sentence", "sentence"), _text("position", "post"), _UNVERIFIED,
    )), ("trial_id", "record_id")),
    Table("tenure", "one person's time in an office", "resolve", _flat((
        _required("office_id", "the office"), (_PERSON_ID,), _required("record_id", "its record"),
        _date("held_from", "first day"), _date("held_to", "last day"), _text("position", "detail"),
        _UNVERIFIED,
    )), ("office_id", "record_id")),
    Table("membership", "one person in a cohort", "resolve", _flat((
        _required("cohort_id", "the cohort"), (_PERSON_ID,), _required("record_id", "its record"),
        _text("position", "place in the cohort"),
        _date("held_from", "first day"), _date("held_to", "last day"), _UNVERIFIED,
    )), ("cohort_id", "record_id")),
    *HISTORY, *ESTIMATE,
    Table("release", "the release that the last publishing made", "publish", _flat((
        _required("release_id", "the release"), _required("date", "day of the release, ISO 8601"),
        _required("content_hash", "SHA-256 over what was published"),
        (Column("persons", "int", "persons published", "persons", False),
         Column("withheld", "int", "persons withheld", "persons", False),
         Column("pages", "int", "HTML pages", "pages", False)),
    )), ("release_id",)),
)  # fmt: skip

TABLES: Mapping[str, Table] = {table.name: table for table in _DECLARED}
"""Every table by its name."""

LIST_KINDS: Mapping[str, str] = {
    "person": "record",
    **{name: name for name in
       ("trial", "body", "office", "cohort", "operation", "published_figure")},
}  # fmt: skip
"""What the rows of a list of each kind become."""
