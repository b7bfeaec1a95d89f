"""Trials: the court, the judges, the defendants and their verdicts."""

from collections.abc import Iterator, Sequence
from typing import Any

from martyrolog.publish.content import Row, script_language
from martyrolog.publish.pages.exhibits import NUMBER, TEXT, cell, number, picture, table
from martyrolog.publish.paths import item_page
from martyrolog.publish.site import Page, Site
from martyrolog.publish.voice import Voice

FACTS = (
    "court", "place", "public", "charge", "purpose", "audience",
    "start_date", "end_date", "verdict_date", "execution_date",
    "defendants", "death_sentences", "executed", "prison_sentences", "rehabilitation_date",
    "presiding", "judges", "court_secretary", "prosecutor", "note",
)  # fmt: skip
OUTCOME = ("defendants", "death_sentences", "prison_sentences", "sentence_unknown", "executed",
           "executed_later", "killed_or_died", "rehabilitated")  # fmt: skip
COUNTS = ("planned", "sentenced", "shot", "defendants", "death_sentences", "executed",
          "prison_sentences")  # fmt: skip
"""Facts that are numbers, written as text."""
PARTIES = ("defendant", "co_accused", "judge", "prosecutor", "secretary")


def trial_page(trial_id: str) -> str:
    """The page of a trial."""
    return item_page("trials", trial_id)


def make_pages(site: Site, voice: Voice) -> Iterator[Page]:
    """The list of trials and a page for each; none where the archive has no trial."""
    trials = sorted(site.content.rows["trial"],
                    key=lambda row: (row["start_date"] or "9", row["trial_id"]))  # fmt: skip
    if not trials:
        return
    lines = [
        {
            "name": voice.either(row["name_en"], row["name_ru"]),
            "page": trial_page(row["trial_id"]),
            "detail": voice.date(row["start_date"]),
            "count": len(
                {
                    p["person_id"]
                    for p in site.content.of("trial_party", "trial_id", row["trial_id"])
                    if p["role"] == "defendant"
                }
            ),
        }
        for row in trials
    ]
    yield Page(
        "trials/index.html",
        "trials.html",
        voice.t("trials"),
        {"intro": voice.t("trials_intro"), "lines": lines, "ties": _ties(site, voice, trials),
         "picture": picture(site, voice, "network"), "network": _network(site, voice, trials)},
        lists=sorted({row["list_id"] for row in trials}),
    )  # fmt: skip
    for row in trials:
        yield _trial(site, voice, row)


def _ties(site: Site, voice: Voice, trials: Sequence[Row]) -> dict[str, Any] | None:
    """Who had a part in several trials, or several parts in one: what joins the rings."""
    several = [row["person_id"] for row in site.content.rows["trial_tie"]]
    order = {row["trial_id"]: place for place, row in enumerate(trials)}
    lines = []
    for entry in site.entries(several, voice):
        parts = {(order[row["trial_id"]], row["trial_id"], row["role"])
                 for row in site.content.of("trial_party", "person_id", entry.person_id)
                 if row["trial_id"] in order}  # fmt: skip
        lines += [[cell(entry.name, entry.page), cell(voice.term("role", role)),
                   _trial_cell(site, voice, trial_id)]
                  for _, trial_id, role in sorted(parts)]  # fmt: skip
    headings = (("person", TEXT), ("part", TEXT), ("trial", TEXT))
    return table(voice, voice.t("ties"), headings, lines) if lines else None


def _network(site: Site, voice: Voice, trials: Sequence[Row]) -> dict[str, Any] | None:
    """Every person with a part in a trial: the rows that the picture shows."""
    lines = []
    for trial in trials:
        parties = site.content.of("trial_party", "trial_id", trial["trial_id"])
        for role in PARTIES:
            lines += [
                [_trial_cell(site, voice, trial["trial_id"]), cell(entry.name, entry.page),
                 cell(voice.term("role", role))]
                for entry in site.entries([one["person_id"] for one in parties
                                           if one["role"] == role], voice)
            ]  # fmt: skip
    headings = (("trial", TEXT), ("person", TEXT), ("part", TEXT))
    return table(voice, voice.t("network"), headings, lines) if lines else None


def _trial_cell(site: Site, voice: Voice, trial_id: str) -> dict[str, str]:
    row = site.content.one("trial", "trial_id", trial_id)
    name = voice.either(row["name_en"], row["name_ru"]) if row else trial_id
    return cell(name, trial_page(trial_id) if row else "")


def _trial(site: Site, voice: Voice, row: Row) -> Page:
    parties = site.content.of("trial_party", "trial_id", row["trial_id"])
    name = voice.either(row["name_en"], row["name_ru"])
    groups = [
        (voice.t(f"parties_{role}"), _parties(site, voice, parties, role)) for role in PARTIES
    ]
    records = (site.content.records.get(party["record_id"]) for party in parties)
    lists = {row["list_id"], *(record["list_id"] for record in records if record)}
    return Page(
        trial_page(row["trial_id"]), "trial.html", name,
        {"name": name, "language": script_language(name),
         "other_name": row["name_ru"] if voice.language == "en" else row["name_en"],
         "facts": item_facts(voice, row, FACTS), "citation": row["sources"] or "",
         "outcome": _outcome(site, voice, row["trial_id"]),
         "parties": [(title, lines) for title, lines in groups if lines]},
        lists=sorted(lists),
    )  # fmt: skip


def _parties(site: Site, voice: Voice, parties: Any, role: str) -> list[dict[str, Any]]:
    """Those who had this part; what several records say of a person is said in one line."""
    lines: dict[str, dict[str, Any]] = {}
    order = [entry.person_id for entry in site.entries(
        [party["person_id"] for party in parties if party["role"] == role], voice)]  # fmt: skip
    for party in parties:
        if party["role"] != role or party["person_id"] not in order:
            continue
        line = lines.setdefault(
            party["person_id"],
            {"entry": site.entry(party["person_id"], voice), "sentences": [], "positions": []},
        )
        for key, value in (("sentences", voice.term("sentence", party["sentence"])),
                           ("positions", voice.term("position", party["position"]))):  # fmt: skip
            if value and value not in line[key]:
                line[key].append(value)
    return [lines[person_id] for person_id in order]


def _outcome(site: Site, voice: Voice, trial_id: str) -> dict[str, Any] | None:
    """What the lists say of the defendants beside what is stated of the trial as a whole."""
    row = site.content.one("trial_outcome", "trial_id", trial_id)
    if row is None or not row["defendants"]:
        return None
    lines = [[cell(voice.t(f"outcome_{name}")), number(voice, row[name]),
              number(voice, row.get(f"stated_{name}"))]
             for name in OUTCOME]  # fmt: skip
    headings = (("term", TEXT), ("counted", NUMBER), ("stated", NUMBER))
    return table(voice, voice.t("outcome"), headings, lines)


def in_language(voice: Voice, row: Row, name: str) -> Any:
    """A column in the language of the page, in the other where the list has it in that alone."""
    english = row[name] if name in row else row[f"{name}_en"]
    return voice.either(english, row[f"{name}_ru"]) if f"{name}_ru" in row else english


def item_facts(voice: Voice, row: Row, names: tuple[str, ...]) -> list[dict[str, Any]]:
    """The columns of an item that have a value, with the mark of those not yet verified."""
    facts = []
    for name in names:
        own = {name, f"{name}_{voice.language}"} & row.keys()  # a text in each language, or one
        value = in_language(voice, row, name)
        if value in (None, ""):
            continue
        text = voice.date(value) if name.endswith("_date") else voice.term(name, str(value))
        text = voice.figure(text) if name in COUNTS else text
        facts.append({
            "label": voice.t(f"item_{name}"), "text": text, "language": script_language(text),
            "verified": not own & set(row["unverified"]),
        })  # fmt: skip
    return facts
