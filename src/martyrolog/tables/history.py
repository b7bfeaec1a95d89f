"""The tables of the stage history: the campaign, offices, trials, cohorts, fates and claims."""

from martyrolog.tables.schema import Column, Table, flat, named


def _number(name: str, meaning: str, unit: str, *, nullable: bool = False) -> Column:
    return Column(name, "int", meaning, unit, nullable)


def _real(name: str, meaning: str, unit: str, *, nullable: bool = False) -> Column:
    return Column(name, "float", meaning, unit, nullable)


def _day(name: str, meaning: str, *, nullable: bool = True) -> Column:
    return Column(name, "date", meaning, "day", nullable)


_MEASURE = Column("measure", "string", "kind of event: arrest, sentence, execution", nullable=False)
_GROUP = (
    Column("dimension", "string", "what the events are grouped by; 'all' for all of them",
           nullable=False),
    Column("value", "string", "the group: a term, or the text of the lists; 'other' for smaller "
           "groups, 'unstated' where no list says it", nullable=False),
)  # fmt: skip


def _change(name: str, meaning: str) -> tuple[Column, ...]:
    return (
        _day(name, f"first day of the period {meaning}"),
        _day(f"{name}_earliest", f"{meaning}: first day that the bootstrap allows (95 %)"),
        _day(f"{name}_latest", f"{meaning}: last day that the bootstrap allows (95 %)"),
    )


_WAVE = (
    _number("rank", "1 for the wave with the most events", ""),
    _day("first_day", "first day", nullable=False),
    _day("last_day", "last day", nullable=False),
    *_change("onset", "with which it begins; null where the series begins within it"),
    *_change("end", "that follows it; null where the series ends within it"),
    _day("peak_month", "month with the most events", nullable=False),
    _real("events", "events of known month in it", "events"),
    _real("share", "share of all events of known month", "0..1"),
    _real("level", "events a month at its highest level", "events"),
    _real("around", "events a month around it: the higher of the lowest levels before and after",
          "events"),
)  # fmt: skip


_CAMPAIGN = (
    Table("campaign", "one period in which events befell victims; periods without any are left out",
          "history", (
              _MEASURE, *_GROUP, Column("step", "string", "day, week or month", nullable=False),
              _day("period", "first day of the period", nullable=False),
              _real("expected", "events in it, uncertain dates by the share of their days",
                    "events"),
              _number("certain", "events that can lie in no other period", "events"),
          ), ("measure", "dimension", "value", "step", "period")),
    Table("campaign_group", "one group of victims within a measure", "history", flat((
        (_MEASURE,), _GROUP, named("the group", "label"),
        (_number("events", "events of the group", "events"),
         _number("undated", "events without a first or last day: in no period", "events"),
         _number("uncertain", "dated events whose day is not known", "events"),
         _number("waves", "waves found in it; null: too few events of known month to seek any",
                 "waves", nullable=True),
         _day("half_from", "first day of the shortest time that holds half of the dated events"),
         _day("half_to", "last day of it"),
         _day("most_from", "first day of the shortest time that holds 90 % of them"),
         _day("most_to", "last day of it")),
    )), ("measure", "dimension", "value")),
    Table("change_point", "one change of level of a measure", "history", (
        _MEASURE, Column("step", "string", "periods in which it was sought", nullable=False),
        *_change("at", "from which the new level holds"),
        _real("support", "share of the bootstrap's draws that find it", "0..1"),
        _real("before", "events a period before it", "events"),
        _real("after", "events a period after it", "events"),
    ), ("measure", "step", "at")),
    Table("wave", "one stretch of time with far more events than before and after", "history",
          (_MEASURE, *_WAVE), ("measure", "rank")),
    Table("group_wave", "the same within one group of victims", "history",
          (_MEASURE, *_GROUP, *_WAVE), ("measure", "dimension", "value", "rank")),
    Table("heap", "one month of the year on which dates were put for want of better", "history", (
        _MEASURE, _number("month", "month of the year", ""),
        _number("years", "years that tell anything of it", "years"),
        _number("above", "years in which it has over twice the events of either neighbour",
                "years"),
        _real("probability", "probability of so many by chance", "0..1"),
        _real("moved", "events spread over their year before changes were sought", "events"),
    ), ("measure", "month")),
)  # fmt: skip

_PERSON = Column("person_id", "string", "person", nullable=False)
_OFFICE = Column("office_id", "string", "the office", nullable=False)
_COHORT = Column("cohort_id", "string", "the cohort", nullable=False)

_OFFICES = (
    Table("office_period", "some days on which an office had the same holders", "history", (
        _OFFICE, _day("first_day", "first of these days", nullable=False),
        _day("last_day", "last of these days; null: no end is known"),
        Column("person_ids", "strings", "who surely held it then, sorted; two on the day of a "
               "handover", nullable=False),
        Column("possible_ids", "strings", "who may have held it then, sorted", nullable=False),
    ), ("office_id", "first_day")),
    Table("succession", "one tenure of an office with the one before it", "history", (
        _OFFICE, _number("position", "1 for the first known holder", ""), _PERSON,
        _day("first_earliest", "earliest first day"), _day("first_latest", "latest first day"),
        _day("last_earliest", "earliest last day"), _day("last_latest", "latest last day"),
        Column("predecessor_id", "string", "holder before"),
        _number("least_gap", "days from the predecessor's last to the first day, at least; "
                "negative: both held it", "days", nullable=True),
        _number("most_gap", "the same at most", "days", nullable=True),
        Column("fate", "string", "fate of the holder"),
        Column("death_date", "string", "the holder's day of death, as EDTF"),
        Column("record_ids", "strings", "records that say so, sorted", nullable=False),
        Column("unverified", "strings", "those of its days that no record gives as verified",
               nullable=False),
    ), ("office_id", "position")),
    Table("event_holder", "one office holder over one act of repression, on its day and place",
          "history", (
              Column("person_id", "string", "whom it befell", nullable=False),
              Column("kind", "string", "arrest, trial, sentence, imprisonment, exile, execution",
                     nullable=False),
              _day("date_earliest", "first day of the act", nullable=False),
              _day("date_latest", "last day of the act", nullable=False),
              Column("office_id", "string", "office of the head of state security, of the body "
                     "that acted, or of the territory", nullable=False),
              Column("holder_id", "string", "who held it", nullable=False),
              Column("sure", "bool", "held it on every day that the act can be", nullable=False),
          ), ("person_id", "kind", "date_earliest", "date_latest", "office_id", "holder_id")),
)  # fmt: skip

_TRIALS = (
    Table("trial_outcome", "what lists say of the defendants of one trial", "history", (
        Column("trial_id", "string", "the trial", nullable=False),
        _number("defendants", "defendants whom lists name", "persons"),
        _number("death_sentences", "of these sentenced to death", "persons"),
        _number("prison_sentences", "of these with another sentence", "persons"),
        _number("sentence_unknown", "of these without a stated sentence", "persons"),
        _number("executed", "executed by the day stated for the trial's executions", "persons"),
        _number("executed_later", "executed later, or on a day not known", "persons"),
        _number("killed_or_died", "killed in prison or died in custody", "persons"),
        _number("rehabilitated", "rehabilitated", "persons"),
        _number("stated_defendants", "defendants, as the trial's own row states", "persons",
                nullable=True),
        _number("stated_death_sentences", "death sentences, as it states", "persons",
                nullable=True),
        _number("stated_executed", "executed after the verdict, as it states", "persons",
                nullable=True),
        _number("stated_prison_sentences", "prison sentences, as it states", "persons",
                nullable=True),
    ), ("trial_id",)),
    Table("trial_tie", "one person with a part in two trials, or two parts in one", "history", (
        Column("trial_id_left", "string", "the first trial", nullable=False),
        Column("trial_id_right", "string", "the second trial", nullable=False), _PERSON,
        Column("role_left", "string", "part in the first", nullable=False),
        Column("role_right", "string", "part in the second", nullable=False),
    ), ("trial_id_left", "trial_id_right", "person_id", "role_left", "role_right")),
)  # fmt: skip

_COHORTS = (
    Table("cohort_fate", "the members of one cohort with one fate", "history", (
        _COHORT, Column("fate", "string", "fate class; 'unknown'", nullable=False),
        _number("persons", "members with this fate", "persons"),
        _real("share", "share of all members", "0..1"),
        Column("person_ids", "strings", "who they are, sorted", nullable=False),
    ), ("cohort_id", "fate")),
    Table("cohort_year", "one fate in one cohort by the end of one year", "history", (
        _COHORT, _number("year", "year", "year"),
        Column("fate", "string", "fate class; 'unknown'", nullable=False),
        _number("at_risk", "members followed into the year", "persons"),
        _real("incidence", "share of the members who met this fate by its end (Aalen-Johansen)",
              "0..1"),
    ), ("cohort_id", "year", "fate")),
)  # fmt: skip

_FATES = (
    Table("flow", "victims between two neighbouring stages of their way", "history", flat((
        (Column("stage_from", "string", "arrest, body, sentence, outcome", nullable=False),
         Column("value_from", "string", "what is stated of that stage; 'unstated'",
                nullable=False)),
        named("the same", "from"),
        (Column("stage_to", "string", "body, sentence, outcome, rehabilitation", nullable=False),
         Column("value_to", "string", "what is stated of that stage; 'unstated'",
                nullable=False)),
        named("the same", "to"),
        (_number("persons", "victims", "persons"),),
    )), ("stage_from", "value_from", "value_to")),
    Table("duration", "the days from one event of a life to another", "history", (
        Column("kind_from", "string", "first event", nullable=False),
        Column("kind_to", "string", "second event", nullable=False),
        _number("persons", "victims of whom both days are known", "persons"),
        _number("censored", "victims known to have waited up to a later day, without the second "
                "event", "persons"),
        _number("left_out", "victims with the first event of whom the days are not known",
                "persons"),
        *(_real(name, meaning, "days", nullable=True) for name, meaning in (
            ("first_quartile", "days after which a quarter had met it (Kaplan-Meier)"),
            ("median", "days after which half had"),
            ("median_low", "its 95 % interval: least"), ("median_high", "its 95 % interval: most"),
            ("third_quartile", "days after which three quarters had"),
            ("longest", "longest time between two known days"))),
    ), ("kind_from", "kind_to")),
    Table("composition", "one group among the victims", "history", flat((
        (Column("field", "string", "field of the records", nullable=False),
         Column("value", "string", "the group; 'other', 'unstated'", nullable=False)),
        named("the group", "label"),
        (_number("persons", "victims", "persons"),
         _real("share", "share of those of whom something is stated", "0..1", nullable=True),
         _real("share_low", "its 95 % interval (Wilson): least", "0..1", nullable=True),
         _real("share_high", "its 95 % interval: most", "0..1", nullable=True)),
    )), ("field", "value")),
    Table("group_rate", "one group of which a base population is known", "history", flat((
        (Column("field", "string", "field of the records", nullable=False),
         Column("value", "string", "the group", nullable=False)),
        named("the group", "label"),
        (_number("persons", "victims", "persons"),
         _number("population", "people of the group that the figure counts", "persons"),
         _real("rate", "victims for 100,000 of them", "per 100,000"),
         _real("rate_low", "its exact Poisson interval (Garwood, 95 %): least", "per 100,000"),
         _real("rate_high", "its interval: most", "per 100,000"),
         Column("figure_id", "string", "the published figure: measure 'population', scope "
                "'FIELD: WORDS'", nullable=False)),
    )), ("field", "value")),
)  # fmt: skip

_PLACES = (
    Table("place_count", "one place of one kind among the victims", "history", flat((
        (Column("kind", "string", "birth, residence, imprisonment, exile, burial", nullable=False),
         Column("place_id", "string", "place of the gazetteer; 'unplaced' where a text names none "
                "of its places, 'unstated' where no list states it", nullable=False)),
        named("the place", "label"),
        (Column("precision", "string", "settlement; near (a site, at the settlement it is named "
                "after or was run from); province (known to it only, at its seat); country (no "
                "point); none", nullable=False),
         _real("latitude", "of the point it is drawn at", "degrees", nullable=True),
         _real("longitude", "of the point it is drawn at", "degrees", nullable=True),
         *named("the settlement whose point it is", "point_of"),
         Column("point_source", "string", "whose point it is, such as geonames:524901"),
         _number("persons", "victims", "persons")),
    )), ("kind", "place_id")),
)  # fmt: skip

_ARTICLE = Column("article_id", "string", "the article", nullable=False)
_CLAIM = Column("claim_id", "string", "the claim within it", nullable=False)

_CLAIMS = (
    Table("claim", "one claim of an article, with the verdict of its cases", "history", flat((
        (_ARTICLE, _CLAIM, _number("line", "line of its block", "")),
        named("the claim", "sentence"), named("what would support it", "needs"),
        (Column("verdict", "string", "supported, partly, contradicted, undecidable",
                nullable=False),
         Column("previous_verdict", "string", "verdict of the build before; null where it had no "
                "such claim"),
         _number("cases", "cases that bear on it", "cases"),
         _number("supporting", "cases that support it", "cases"),
         _number("contradicting", "cases that contradict it", "cases"),
         _number("undecided", "cases not known or not verified: they decide nothing", "cases"),
         _real("least", "share of supporting cases if no undecided one supports", "0..1",
               nullable=True),
         _real("most", "the same if all of them do", "0..1", nullable=True),
         _real("supported_at", "share from which it is supported", "0..1"),
         _real("partly_at", "share from which it is partly so; null: it is then contradicted",
               "0..1", nullable=True),
         Column("query", "string", "the query that gives the cases", nullable=False)),
    )), ("article_id", "claim_id")),
    Table("claim_case", "one case that bears on a claim; counter-examples first", "history", flat((
        (_ARTICLE, _CLAIM, _number("position", "position among the cases", ""),
         Column("supports", "bool", "whether it supports the claim; null: not known"),
         Column("verified", "bool", "whether a text read by the editors confirms it",
                nullable=False),
         Column("person_id", "string", "person it is about")),
        named("what it rests on", "evidence"),
    )), ("article_id", "claim_id", "position")),
)  # fmt: skip

_CHARTS = (
    Table("chart", "one picture of the pages, in one language; none without the extra charts",
          "history", (
              Column("kind", "string", "course, campaign, calendar, composition, cohort, flow, "
                     "places, network, article", nullable=False),
              Column("subject", "string", "what it is of: measure, field, cohort, kind of place, "
                     "article and query; '' where there is one alone", nullable=False),
              Column("language", "string", "language of its words", nullable=False),
              Column("svg", "string", "the picture", nullable=False),
              Column("alt", "string", "what it shows, in words", nullable=False),
              Column("notes", "strings", "what its numbered marks mean: number, date, words, one "
                     "mark after another", nullable=False),
          ), ("kind", "subject", "language")),
)  # fmt: skip

HISTORY = (*_CAMPAIGN, *_OFFICES, *_TRIALS, *_COHORTS, *_FATES, *_PLACES, *_CLAIMS, *_CHARTS)
"""Every table of the stage."""
