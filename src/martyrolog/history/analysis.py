"""Every analysis once, in its order: tables of read and resolve in, tables of history out.

The stage `history` asks for it over all that an archive knows, publishing over what may be shown
where that is less: no count on a page may differ from one over the published rows.
"""

from collections.abc import Mapping

import pyarrow as pa

from martyrolog.history.campaign import make_campaign
from martyrolog.history.cohorts import make_cohort_fate, make_cohort_year, members_of
from martyrolog.history.composition import make_composition
from martyrolog.history.fates import lives_of_events, make_duration, make_flow
from martyrolog.history.offices import (
    make_event_holder,
    make_office_period,
    make_succession,
)
from martyrolog.history.places import make_place_count
from martyrolog.history.rates import make_group_rate
from martyrolog.history.trials import make_trial_outcome, make_trial_tie


def analyse(tables: Mapping[str, pa.Table]) -> dict[str, pa.Table]:
    """Every analysis but the claims.

    Args:
        tables: The tables that this stage reads, or more.
    """
    event, person, statement = tables["event"], tables["person"], tables["statement"]
    cohorts = members_of(tables["cohort"], tables["membership"], person, event)
    lives = lives_of_events(event, person)
    office_period = make_office_period(tables["tenure"])
    composition = make_composition(person, statement)
    return {
        **make_campaign(event, person, statement),
        "office_period": office_period,
        "event_holder": make_event_holder(event, office_period, tables["office"], tables["body"]),
        "succession": make_succession(tables["tenure"], person),
        "trial_outcome": make_trial_outcome(tables["trial"], tables["trial_party"], person, event),
        "trial_tie": make_trial_tie(tables["trial_party"]),
        "cohort_fate": make_cohort_fate(cohorts),
        "cohort_year": make_cohort_year(cohorts),
        "flow": make_flow(lives, statement),
        "duration": make_duration(lives),
        "composition": composition,
        "group_rate": make_group_rate(composition, tables["published_figure"]),
        "place_count": make_place_count(person, statement),
    }
