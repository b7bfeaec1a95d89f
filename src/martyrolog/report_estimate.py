"""What the command ``estimate`` says: never a point without its interval and its assumptions."""

from collections.abc import Sequence
from typing import Any

from martyrolog.archive import Archive
from martyrolog.console import as_json as plain
from martyrolog.console import show_json, show_line, show_rows
from martyrolog.estimate import Estimate, shown_numbers, stratum_name
from martyrolog.messages import text
from martyrolog.pipeline import StageRun
from martyrolog.tables import read_table


def report_estimates(found: Sequence[Estimate], language: str, *, as_json: bool) -> None:
    """Estimates of a bare file: as JSON one object, or a list where there are several."""
    if as_json:
        values = [estimate.as_json(language) for estimate in found]
        show_json(plain(values[0] if len(values) == 1 else values))
        return
    whole = max(found, key=lambda one: (one.n_observed, len(one.lists)))
    show_line("estimate.documented", language, count=whole.n_observed,
              lists=", ".join(whole.lists))  # fmt: skip
    rows = [[estimate.model, _place(estimate, language), *_cells(estimate, language)]
            for estimate in found]  # fmt: skip
    headings = ["model", "stratum", "status", "median", "interval"]
    show_rows([f"estimate.heading_{name}" for name in headings], rows, language)
    _show_reasons(found, language)
    show_line("estimate.assumptions_short", language)


def _place(estimate: Estimate, language: str) -> str:
    if estimate.stratum:
        return stratum_name(estimate.stratum)
    return text("estimate.total", language) if "strata" in estimate.settings else ""


def _cells(estimate: Estimate, language: str) -> list[str]:
    numbers = shown_numbers(estimate)
    status = text(f"estimate.status_{estimate.status}", language)
    if numbers is None:
        return [status, "", ""]
    middle, low, high = (text("cli.number", language, number=n) for n in numbers)
    return [status, middle, f"{100 * estimate.level:g} %: {low} – {high}"]


def _show_reasons(found: Sequence[Estimate], language: str) -> None:
    said: dict[str, list[str]] = {}
    for estimate in found:
        for reason in estimate.reasons:
            said.setdefault(reason.render(language), []).append(estimate.model)
    for sentence, models in said.items():
        named = ", ".join(dict.fromkeys(models))
        show_line("estimate.reason_of", language, models=named, reason=sentence)


def report_archive_estimates(
    archive: Archive, run: StageRun, language: str, *, as_json: bool
) -> None:
    """Estimates of an archive, and where its report stands."""
    rows = read_table(archive.build, "estimate").to_pylist()
    page = archive.build / f"estimate.{language}.md"
    if as_json:
        result: dict[str, Any] = {"archive": str(archive.path), "estimates": rows,
                                  "report": str(page), "stages": plain([run])}  # fmt: skip
        show_json(plain(result))
        return
    for line in page.read_text(encoding="utf-8").splitlines():
        show_line("estimate.line", language, line=line)
    show_line("estimate.report_at", language, path=str(page))
