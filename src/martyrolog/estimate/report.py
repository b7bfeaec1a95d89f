"""The report: what a court or a journalist may quote, and all that it rests on.

A pure function of tables, so that it can be made again from ``build/`` in either language. Always
holds: no number without its interval, no estimate from two lists without its warning, figures
rounded to what the interval supports, what was refused stands beside what was not.
"""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from martyrolog.archive import Archive
from martyrolog.errors import StorageError
from martyrolog.estimate.counts import CaptureCounts, make_counts
from martyrolog.estimate.diagnostics.overlap import frequency_rows, pair_overlaps
from martyrolog.estimate.page import Block, Grid, Page, Section, as_html, as_markdown
from martyrolog.estimate.pictures import Pictures
from martyrolog.estimate.rounding import rounded, unit
from martyrolog.messages import text
from martyrolog.provenance import hash_value, replaced_file
from martyrolog.stage import Tables

CHARTS = "estimate-charts"
ASSUMPTIONS = ("closed", "definition", "linkage", "dependence", "reach", "equal_fit")


def write_reports(archive: Archive, documented: int, tables: Tables) -> list[Path]:
    """Write ``build/estimate.LANGUAGE.md`` and ``.html`` in every language of the archive.

    Args:
        archive: Where, and in which languages.
        documented: Victims in the archive.
        tables: ``capture_history``, ``estimate``, ``published_figure``.

    Raises:
        StorageError: they cannot be written.
    """
    written = []
    for language in archive.settings.archive.languages:
        page = make_page(archive, documented, tables, language)
        files = {f"estimate.{language}.md": as_markdown(page, CHARTS),
                 f"estimate.{language}.html": as_html(page),
                 **{f"{CHARTS}/{one.name}.svg": one.svg for one in page.pictures}}  # fmt: skip
        for name, content in files.items():
            written.append(archive.build / name)
            _write(written[-1], content)
    return written


def _write(path: Path, content: str) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with replaced_file(path) as unfinished:
            unfinished.write_text(content, encoding="utf-8")
    except OSError as problem:
        why = str(problem.strerror)
        raise StorageError("core.cannot_write", path=str(path), why=why) from problem


def make_page(archive: Archive, documented: int, tables: Tables, language: str) -> Page:
    """The report in one language."""
    report = _Report(archive, documented, tables, language)
    sections = [report.documented(), report.estimated(), report.refused(), report.assumptions(),
                report.sensitivity(),
                report.overlaps(), report.published(), report.basis()]  # fmt: skip
    title = archive.settings.archive.title.in_language(language)
    heading = text("estimate.report_title", language, archive=title)
    return Page(heading, language, tuple(one for one in sections if one is not None))


class _Report:
    """The sections of one report."""

    def __init__(self, archive: Archive, documented: int, tables: Tables, language: str) -> None:
        self._archive = archive
        self._documented = documented
        self._language = language
        self._rows: list[dict[str, Any]] = tables["estimate"].to_pylist()
        self._histories: list[dict[str, Any]] = tables["capture_history"].to_pylist()
        self._figures: list[dict[str, Any]] = tables["published_figure"].to_pylist()
        self._counts = _whole(self._histories)
        self._pictures = Pictures(language)

    def _text(self, key: str, **values: object) -> str:
        return text(f"estimate.{key}", self._language, **values)

    def _number(self, value: int) -> str:
        return text("cli.number", self._language, number=value)

    def _grid(self, headings: Sequence[str], rows: Sequence[Sequence[str]]) -> Grid:
        titles = tuple(self._text(f"heading_{name}") for name in headings)
        return Grid(titles, tuple(tuple(row) for row in rows))

    def documented(self) -> Section:
        """What is known without any model."""
        blocks: list[Block] = [self._text("documented_all", count=self._documented)]
        if self._counts is not None:
            blocks.append(self._text("documented", count=self._counts.n_observed,
                                     lists=", ".join(self._counts.lists)))  # fmt: skip
        return Section(self._text("section_documented"), tuple(blocks))

    def estimated(self) -> Section:
        """Numbers with their intervals, or that there are none and why."""
        title = self._text("section_estimated")
        if not self._rows:
            return Section(title, (self._text("not_estimated"), *self._why_unfit()))
        given = [row for row in self._rows if row["median"] is not None]
        if not given:
            return Section(title, (self._text("nothing_estimated"),))
        cells = [[row["model"], self._stratum(row), self._number(row["n_observed"]),
                  self._text(f"status_{row['status']}"), *self._shown(row)]
                 for row in given]  # fmt: skip
        headings = ("model", "stratum", "documented", "status", "median", "interval")
        blocks: list[Block] = [self._text("quote_interval"), self._grid(headings, cells)]
        blocks += self._pictures.estimates(given)
        return Section(title, (*blocks, *self._warnings(given)))

    def _why_unfit(self) -> list[Block]:
        rows = [[name, source.title.in_language(self._language), source.estimation.reason]
                for name, source in self._archive.source_lists.items()
                if source.kind == "person" and not source.estimation.fit]  # fmt: skip
        return [self._grid(("list", "title", "why"), rows)] if rows else []

    def _shown(self, row: Mapping[str, Any]) -> list[str]:
        step = unit(row["lower"], row["upper"])
        least = row["n_observed"]
        middle, low, high = (self._number(max(rounded(row[name], step), least))
                             for name in ("median", "lower", "upper"))  # fmt: skip
        return [middle, f"{100 * row['level']:g} %: {low} – {high}"]

    def _stratum(self, row: Mapping[str, Any]) -> str:
        stratum = json.loads(row["stratum"])
        if stratum:
            return ", ".join(f"{column}={value}" for column, value in stratum.items())
        divided = any(other["stratum"] != "{}" for other in self._rows)
        return self._text("total") if divided else ""

    def _warnings(self, rows: Sequence[Mapping[str, Any]]) -> list[Block]:
        said: dict[str, list[str]] = {}
        for row in rows:
            for reason in json.loads(row["reasons"]):
                sentence = text(reason["key"], self._language, **reason["values"])
                place = " ".join(part for part in (row["model"], self._stratum(row)) if part)
                said.setdefault(sentence, []).append(place)
        return [self._text("reason_of", models="; ".join(places), reason=sentence)
                for sentence, places in said.items()]  # fmt: skip

    def refused(self) -> Section | None:
        """What was asked and not answered, with its reasons."""
        refused = [row for row in self._rows if row["median"] is None]
        if not refused:
            return None
        cells = [[row["model"], self._stratum(row), self._number(row["n_observed"]),
                  self._text(f"status_{row['status']}"),
                  " ".join(text(reason["key"], self._language, **reason["values"])
                           for reason in json.loads(row["reasons"]))]
                 for row in refused]  # fmt: skip
        headings = ("model", "stratum", "documented", "status", "why")
        return Section(self._text("section_refused"), (self._grid(headings, cells),))

    def assumptions(self) -> Section | None:
        """What every estimate takes as given."""
        if not self._rows:
            return None
        sentences = tuple(self._text(f"assumption_{name}") for name in ASSUMPTIONS)
        return Section(self._text("section_assumptions"), sentences)

    def sensitivity(self) -> Section | None:
        """How far the numbers hang on one list, on strata, on the prior."""
        details = [(row, json.loads(row["details"])) for row in self._rows]
        left_out = [[row["model"], one["list"], *self._shown({**row, **one})]
                    for row, detail in details for one in detail.get("without_list", ())
                    if one["median"] is not None]  # fmt: skip
        pooled = [[row["model"], *self._shown({**row, **detail["pooled"]})]
                  for row, detail in details
                  if detail.get("pooled", {}).get("median") is not None]  # fmt: skip
        priors = [[f"d = {one['prior_count']:g}", self._stratum(row), *self._shown({**row, **one})]
                  for row, detail in details for one in detail.get("prior_sweep", ())
                  if one["median"] is not None]  # fmt: skip
        blocks: list[Block] = []
        for name, headings, rows in (
            ("left_out", ("model", "left_out", "median", "interval"), left_out),
            ("pooled", ("model", "median", "interval"), pooled),
            ("priors", ("prior", "stratum", "median", "interval"), priors),
        ):
            if rows:
                blocks += [self._text(f"sensitivity_{name}"), self._grid(headings, rows)]
        return Section(self._text("section_sensitivity"), tuple(blocks)) if blocks else None

    def overlaps(self) -> Section | None:
        """What the lists share."""
        counts = self._counts
        if counts is None:
            return None
        pairs = [
            [pair.left, pair.right, self._number(pair.both),
             "" if pair.odds_ratio is None
             else f"{pair.odds_ratio:.2g} ({pair.lower:.2g} – {pair.upper:.2g})"]
            for pair in pair_overlaps(counts)
        ]  # fmt: skip
        frequencies = [[str(i), self._number(f)] for i, f, _ in frequency_rows(counts)]
        patterns = [[", ".join(row["list_ids"]), self._number(row["persons"])]
                    for row in self._histories if row["stratum"] == "{}"]  # fmt: skip
        blocks: list[Block] = [
            *self._pictures.overlaps(counts), self._grid(("lists", "persons"), patterns),
            self._text("odds_ratio_means"),
            self._grid(("left", "right", "both", "odds_ratio"), pairs),
            *self._pictures.frequencies(counts), self._grid(("times", "persons"), frequencies),
        ]  # fmt: skip
        return Section(self._text("section_overlaps"), tuple(blocks))

    def published(self) -> Section | None:
        """What others published."""
        if not self._figures:
            return None
        names = ("measure", "period", "scope", "value", "sources")
        rows = [[row[name] or "" for name in names] for row in self._figures]
        note = self._text("published_note")
        return Section(self._text("section_published"), (note, self._grid(names, rows)))

    def basis(self) -> Section:
        """Lists with the reasons of their fitness, settings, hashes."""
        fit = [[name, source.title.in_language(self._language), source.estimation.reason]
               for name, source in self._archive.source_lists.items()
               if source.estimation.fit]  # fmt: skip
        settings = self._archive.settings.estimate.model_dump(mode="json")
        blocks: list[Block] = [self._grid(("list", "title", "why"), fit)] if fit else []
        blocks.append(self._text("settings", settings=json.dumps(settings, ensure_ascii=False)))
        blocks.append(self._text("hashes", histories=hash_value(self._histories),
                                 estimates=hash_value(self._rows)))  # fmt: skip
        return Section(self._text("section_basis"), tuple(blocks))


def _whole(histories: Sequence[Mapping[str, Any]]) -> CaptureCounts | None:
    rows = [row for row in histories if row["stratum"] == "{}"]
    if not rows:
        return None
    lists = sorted({name for row in rows for name in row["list_ids"]})
    patterns = [[int(name in row["list_ids"]) for name in lists] for row in rows]
    return make_counts(patterns, [row["persons"] for row in rows], lists)
