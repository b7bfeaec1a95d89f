"""The report: what a court or a journalist may quote, and all that it rests on.

A pure function of tables, so that it can be made again from ``build/`` in either language. Always
holds: no number without its interval, no estimate from two lists without its warning, figures
rounded to what the interval supports, what was refused stands beside what was not.
"""

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from martyrolog.archive import Archive
from martyrolog.errors import StorageError
from martyrolog.estimate.page import Block, Page, Section, as_html, as_markdown
from martyrolog.estimate.pictures import Pictures, quantiles_of
from martyrolog.estimate.report_checks import check_sections
from martyrolog.estimate.rounding import LOWER_BOUND
from martyrolog.estimate.wording import Wording, shown_row
from martyrolog.history.groups import UNSTATED
from martyrolog.messages import text
from martyrolog.provenance import hash_value, replaced_file
from martyrolog.stage import Tables

CHARTS = "estimate-charts"
ASSUMPTIONS = ("closed", "definition", "linkage", "dependence", "reach", "equal_fit")
MOST_IN_FOREST = 60
SAID_ONCE = ("linkage_included", "linkage_not_included", "is_lower_bound", "mean_undetermined")
"""Warnings that the total carries for all its strata."""

Row = Mapping[str, Any]


def write_reports(archive: Archive, pages: Sequence[Page]) -> list[Path]:
    """Write ``build/estimate.LANGUAGE.md`` and ``.html``, and the pictures beside them.

    Args:
        archive: Where.
        pages: One a language.

    Raises:
        StorageError: they cannot be written.
    """
    written = []
    for page in pages:
        files = {f"estimate.{page.language}.md": as_markdown(page, CHARTS),
                 f"estimate.{page.language}.html": as_html(page),
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
    """The report in one language.

    Args:
        archive: Its title, lists and settings.
        documented: Victims in the archive.
        tables: ``capture_history``, ``estimate``, ``published_figure``.
        language: ``en`` or ``ru``.
    """
    report = _Report(archive, documented, tables, language)
    title = archive.settings.archive.title.in_language(language)
    heading = text("estimate.report_title", language, archive=title)
    return Page(heading, language, tuple(report.sections()))


def natural_order(row: Row) -> list[tuple[bool, list[tuple[bool, int, str]]]]:
    """Sorts strata as a reader expects: 9 before 10, what is not stated last.

    Args:
        row: Of the table ``estimate``.
    """
    values = json.loads(row["stratum"]).values()
    return [(value == UNSTATED, [(not part.isdecimal(), int(part) if part.isdecimal() else 0, part)
                                 for part in re.split(r"(\d+)", value) if part])
            for value in values]  # fmt: skip


class _Report:
    """The sections of one report."""

    def __init__(self, archive: Archive, documented: int, tables: Tables, language: str) -> None:
        self._archive = archive
        self._documented = documented
        self._pictures = Pictures(language)
        self._rows: list[dict[str, Any]] = tables["estimate"].to_pylist()
        self._words = Wording(language, {row["stratum"] for row in self._rows})
        self._whole = [row for row in self._rows if row["stratum"] == "{}"]
        models = list(dict.fromkeys(row["model"] for row in self._rows))
        self._strata = sorted(
            (row for row in self._rows if row["stratum"] != "{}"),
            key=lambda row: (models.index(row["model"]), natural_order(row)),
        )
        self._histories: list[dict[str, Any]] = tables["capture_history"].to_pylist()
        self._figures: list[dict[str, Any]] = tables["published_figure"].to_pylist()
        self._seen = Counter[str]()
        for row in self._histories:
            self._seen[row["stratum"]] += row["persons"]

    def sections(self) -> Iterator[Section]:
        """All that have something to say, in order."""
        yield self._documented_section()
        yield self._estimated()
        if self._rows:
            yield from self._warned()
            yield from self._refused()
            yield from self._by_stratum()
            yield self._assumptions()
            yield from check_sections(self._words, self._pictures, self._rows, self._histories)
        yield from self._published()
        yield self._basis()

    def _documented_section(self) -> Section:
        """What is known without any model."""
        words = self._words
        blocks: list[Block] = [words.text("documented_all", count=self._documented)]
        lists = sorted({name for row in self._histories for name in row["list_ids"]})
        if lists:
            named = ", ".join(self._title(name) for name in lists)
            blocks.append(words.text("documented", count=self._seen["{}"], lists=named))
        return Section(words.text("section_documented"), tuple(blocks))

    def _title(self, list_id: str) -> str:
        title = self._archive.source_lists[list_id].title.in_language(self._words.language)
        return f"«{title}»" if self._words.language == "ru" else f"“{title}”"

    def _estimated(self) -> Section:
        """Numbers with their intervals, or that there are none and why."""
        words, title = self._words, self._words.text("section_estimated")
        if not self._rows:
            return Section(title, (words.text("not_estimated"), *self._why_unfit()))
        given = [row for row in self._whole if row["median"] is not None]
        if not given:
            return Section(title, (words.text("nothing_estimated"),))
        cells = [[words.model(row["model"]), self._documented_in(row),
                  words.text(f"status_{row['status']}"), *words.shown(row),
                  " ".join(words.warnings(row))] for row in given]  # fmt: skip
        headings = ("model", "documented", "status", "median", "interval", "known")
        bars = [{"label": words.model(row["model"]), "median": row["median"],
                 "lower": row["lower"], "upper": row["upper"],
                 "documented": self._seen[row["stratum"]],
                 "quantiles": quantiles_of(row)} for row in given]  # fmt: skip
        return Section(title, (
            *self._span(given), *(self._quotation(row) for row in self._weightiest_first(given)),
            words.text("quote_interval"),
            words.grid("estimates", headings, cells),
            *self._pictures.intervals("forest", bars), *self._pictures.distribution(bars),
        ))  # fmt: skip

    def _weightiest_first(self, rows: Sequence[Row]) -> list[Row]:
        """In the order in which they may be quoted: the fewer warnings, the earlier."""
        return sorted(rows, key=lambda row: len(self._words.warnings(row)))

    def _quotation(self, row: Row) -> str:
        """Sentences that can stand alone in another text: the number with its warnings."""
        _, low, high = (self._words.number(n) for n in shown_row(row))
        key = "quote_bound" if row["status"] == LOWER_BOUND else "quote"
        said = self._words.text(key, model=self._words.model(row["model"]), low=low, high=high,
                                level=self._words.percent(row["level"]),
                                documented=self._documented_in(row))  # fmt: skip
        return " ".join([said, *self._words.warnings(row)])

    def _documented_in(self, row: Row) -> str:
        """Persons in these lists by the archive's own links, not averaged over draws."""
        return self._words.number(self._seen[row["stratum"]])

    def _span(self, rows: Sequence[Row]) -> Iterator[str]:
        """From the lowest lower to the highest upper end of all estimates, bounds aside."""
        several = [row for row in rows if row["status"] == "estimated"]
        if len(several) > 1:
            ends = [shown_row(row) for row in several]
            low, high = min(end[1] for end in ends), max(end[2] for end in ends)
            said = self._words.text("quote_span", models=len(several), low=self._words.number(low),
                                    high=self._words.number(high),
                                    level=self._words.percent(several[0]["level"]),
                                    documented=self._documented_in(several[0]))  # fmt: skip
            warned = [warning for row in several for warning in self._words.warnings(row)]
            yield " ".join([said, *dict.fromkeys(warned)])

    def _why_unfit(self) -> list[Block]:
        words = self._words
        rows = [[self._title(name), source.estimation.reason.in_language(words.language)]
                for name, source in self._archive.source_lists.items()
                if source.kind == "person" and not source.estimation.fit]  # fmt: skip
        return [words.grid("unfit", ("list", "why"), rows)] if rows else []

    def _warned(self) -> Iterator[Section]:
        """What must be known of the numbers, each sentence once."""
        said: dict[str, list[str]] = {}
        for row in self._whole:
            for sentence in self._words.reasons(row) if row["median"] is not None else ():
                said.setdefault(sentence, []).append(self._words.model(row["model"]))
        blocks = [self._words.text("reason_of", models="; ".join(models), reason=sentence)
                  for sentence, models in said.items()]  # fmt: skip
        if blocks:
            # reasons may name strata and how few they are
            yield Section(self._words.text("section_warned"), tuple(blocks), bool(self._strata))

    def _refused(self) -> Iterator[Section]:
        """What was asked and not answered, with its reasons."""
        words = self._words
        cells = [[words.model(row["model"]), self._documented_in(row),
                  words.text(f"status_{row['status']}"), " ".join(words.reasons(row))]
                 for row in self._whole if row["median"] is None]  # fmt: skip
        if cells:
            grid = words.grid("refused", ("model", "documented", "status", "why"), cells)
            yield Section(words.text("section_refused"), (grid,))

    def _by_stratum(self) -> Iterator[Section]:
        """Every stratum: its number, or 'at least' what was observed and why there is no more."""
        if not self._strata:
            return
        words = self._words
        cells = []
        for row in self._strata:
            head = [words.stratum(row), words.model(row["model"]), self._documented_in(row),
                    words.text(f"status_{row['status']}")]  # fmt: skip
            if row["median"] is None:
                least = words.text("at_least", number=self._documented_in(row))
                cells.append([*head, least, "", " ".join(words.reasons(row))])
                continue
            cells.append([*head, *words.shown(row), " ".join(words.reasons(row, but=SAID_ONCE))])
        headings = ("stratum", "model", "documented", "status", "median", "interval", "why")
        yield Section(words.text("section_strata"), (
            words.text("strata_means"), *self._strata_pictures(),
            words.grid("strata", headings, cells),
        ), detailed=True)  # fmt: skip

    def _strata_pictures(self) -> Iterator[Block]:
        """A picture a model, its strata in natural order; what is not drawn is said before it."""
        words = self._words
        for model in dict.fromkeys(row["model"] for row in self._strata):
            given = [row for row in self._strata
                     if row["model"] == model and row["median"] is not None]  # fmt: skip
            largest = sorted(given, key=lambda row: -self._seen[row["stratum"]])[:MOST_IN_FOREST]
            drawn = [row for row in given if row in largest]
            bars = [{"label": words.stratum(row), "documented": self._seen[row["stratum"]],
                     **{name: row[name] for name in ("median", "lower", "upper")}}
                    for row in drawn]  # fmt: skip
            every = sum(row["model"] == model for row in self._strata)
            yield words.text("strata_drawn", model=words.model(model), shown=len(drawn),
                             refused=every - len(given), small=len(given) - len(drawn))  # fmt: skip
            yield from self._pictures.intervals("strata", bars, of=model)

    def _assumptions(self) -> Section:
        """What every estimate takes as given."""
        sentences = tuple(self._words.text(f"assumption_{name}") for name in ASSUMPTIONS)
        return Section(self._words.text("section_assumptions"), sentences)

    def _published(self) -> Iterator[Section]:
        """What others published."""
        if not self._figures:
            return
        words = self._words
        names = ("measure", "period", "scope", "value", "note", "sources")
        rows = [[self._figure(row) if name == "value" else words.either(row, name)
                 for name in names] for row in self._figures]  # fmt: skip
        yield Section(words.text("section_published"), (
            words.text("published_note", count=self._documented),
            words.grid("published", names, rows),
        ))  # fmt: skip

    def _figure(self, row: Row) -> str:
        """The figure, with the mark that the page of figures gives it."""
        shown = self._words.figure(row["value"] or "")
        doubt = "value" in row["unverified"]
        return f"{shown} ({text('site.not_verified', self._words.language)})" if doubt else shown

    def _basis(self) -> Section:
        """Lists with the reasons of their fitness, settings, hashes."""
        words = self._words
        fit = [[self._title(name), source.estimation.reason.in_language(words.language)]
               for name, source in self._archive.source_lists.items()
               if source.estimation.fit]  # fmt: skip
        settings = self._archive.settings.estimate.model_dump(mode="json")
        blocks: list[Block] = [words.grid("fit", ("list", "why"), fit)] if fit else []
        blocks.append(words.text("settings", settings=json.dumps(settings, ensure_ascii=False)))
        blocks.append(words.text("hashes", histories=hash_value(self._histories),
                                 estimates=hash_value(self._rows)))  # fmt: skip
        return Section(words.text("section_basis"), tuple(blocks))
