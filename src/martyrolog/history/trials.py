"""Trials: what the lists of defendants say of each, beside what the trial's own row states.

``trial_outcome`` counts the defendants whom lists name, their sentences and fates, and compares
these with the numbers stated for the trial; a difference is shown, not resolved. ``trial_tie``
joins two trials through a person who had a part in both: the accused of one who judged in another.
"""

from collections import defaultdict
from collections.abc import Mapping
from itertools import combinations
from typing import Any

import pyarrow as pa

from martyrolog.tables import make_table
from martyrolog.terms import code_term

DEATH = "death"
"""Term of the vocabulary of sentences."""

EXECUTED_FATES = ("executed", "executed 1953-56")
STATED = {"defendants": "stated_defendants", "death_sentences": "stated_death_sentences",
          "executed": "stated_executed", "prison_sentences": "stated_prison_sentences"}  # fmt: skip


def make_trial_outcome(
    trial: pa.Table, trial_party: pa.Table, person: pa.Table, event: pa.Table
) -> pa.Table:
    """Table ``trial_outcome``, one row a trial.

    Args:
        trial: Table ``trial``.
        trial_party: Table ``trial_party``.
        person: Table ``person``.
        event: Table ``event``: executions and rehabilitations.
    """
    fates = {row["person_id"]: row["fate"] for row in
             person.select(["person_id", "fate"]).to_pylist()}  # fmt: skip
    sentences: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for row in trial_party.to_pylist():
        if row["role"] == "defendant":
            named = sentences[row["trial_id"]][row["person_id"]]
            named |= {row["sentence"]} if row["sentence"] else set()
    rehabilitated = _persons_of(event, "rehabilitation")
    ends = _executions(event)
    return make_table("trial_outcome", [
        _outcome(row, sentences[row["trial_id"]], fates, rehabilitated, ends)
        for row in sorted(trial.to_pylist(), key=lambda row: row["trial_id"])
    ])  # fmt: skip


def _outcome(
    trial: Mapping[str, Any], sentences: Mapping[str, set[str]], fates: Mapping[str, str | None],
    rehabilitated: set[str], ends: Mapping[str, Any],
) -> dict[str, Any]:  # fmt: skip
    """One trial: executed soon means by the last day stated for its executions."""
    to_death = {one for one, texts in sentences.items() if any(map(_is_death, texts))}
    unknown = {one for one, texts in sentences.items() if not texts}
    executed = {one for one in sentences if fates.get(one) in EXECUTED_FATES}
    last = trial["execution_date_latest"]
    soon = {one for one in executed if last and one in ends and ends[one] <= last}
    return {
        "trial_id": trial["trial_id"], "defendants": len(sentences),
        "death_sentences": len(to_death), "sentence_unknown": len(unknown),
        "prison_sentences": len(sentences) - len(to_death) - len(unknown),
        "executed": len(soon), "executed_later": len(executed - soon),
        "killed_or_died": sum(fates.get(one) in ("died in custody", "killed in prison")
                              for one in sentences),
        "rehabilitated": len(rehabilitated & set(sentences)),
        **{theirs: _number(trial[ours]) for ours, theirs in STATED.items()},
    }  # fmt: skip


def _is_death(sentence: str) -> bool:
    code = code_term("sentence", sentence)
    return code is not None and code.term_id == DEATH


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdecimal() else None


def _persons_of(event: pa.Table, kind: str) -> set[str]:
    return {row["person_id"] for row in event.select(["person_id", "kind"]).to_pylist()
            if row["kind"] == kind}  # fmt: skip


def _executions(event: pa.Table) -> dict[str, Any]:
    """The last day that a person's execution can have been."""
    ends: dict[str, Any] = {}
    for row in event.select(["person_id", "kind", "date_latest"]).to_pylist():
        latest = row["date_latest"]
        if row["kind"] == "execution" and latest:
            ends[row["person_id"]] = max(latest, ends.get(row["person_id"], latest))
    return ends


def make_trial_tie(trial_party: pa.Table) -> pa.Table:
    """Table ``trial_tie``: persons with a part in two trials, or in two parts.

    Args:
        trial_party: Table ``trial_party``.
    """
    parts: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for row in trial_party.to_pylist():
        parts[row["person_id"]].add((row["trial_id"], row["role"]))
    rows = [
        {"trial_id_left": left[0], "trial_id_right": right[0], "person_id": person,
         "role_left": left[1], "role_right": right[1]}
        for person, mine in parts.items() for left, right in combinations(sorted(mine), 2)
    ]  # fmt: skip
    order = ("trial_id_left", "trial_id_right", "person_id", "role_left", "role_right")
    return make_table("trial_tie", sorted(rows, key=lambda row: [row[name] for name in order]))
