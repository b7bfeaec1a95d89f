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
    Table("wave", "one stretch of time with far more events than before and after", "history", (
        _MEASURE, _number("rank", "1 for the wave with the most events", ""),
        _day("first_day", "first day", nullable=False), _day("last_day", "last day",
                                                             nullable=False),
        *_change("onset", "with which it begins; null where the series begins within it"),
        *_change("end", "that follows it; null where the series ends within it"),
        _day("peak_month", "month with the most events", nullable=False),
        _real("events", "events in it, uncertain dates by share", "events"),
        _real("share", "share of all dated events of the measure", "0..1"),
        _real("level", "events a month at its highest level", "events"),
        _real("around", "events a month around it: the higher of the lowest levels before and "
              "after", "events"),
    ), ("measure", "rank")),
    Table("heap", "one month of the year on which dates were put for want of better", "history", (
        _MEASURE, _number("month", "month of the year", ""),
        _number("years", "years that tell anything of it", "years"),
        _number("above", "years in which it has over twice the events of either neighbour",
                "years"),
        _real("probability", "probability of so many by chance", "0..1"),
        _real("moved", "events spread over their year before changes were sought", "events"),
    ), ("measure", "month")),
)  # fmt: skip

HISTORY = (*_CAMPAIGN,)
"""Every table of the stage."""
