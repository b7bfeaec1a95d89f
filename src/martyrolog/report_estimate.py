"""What the command ``estimate`` says: never a point without its interval and its assumptions."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from martyrolog.console import as_json as plain
from martyrolog.console import show_json, show_line, show_rows
from martyrolog.estimate import TWO_LISTS, Estimate, shown_numbers, stratum_name
from martyrolog.messages import text


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
    _show_span(found, language)
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


def _show_span(found: Sequence[Estimate], language: str) -> None:
    """From the lowest lower to the highest upper end over all models, bounds and strata aside."""
    whole = [one for one in found if not one.stratum and one.status == "estimated"]
    numbers = [shown for shown in map(shown_numbers, whole) if shown is not None]
    if len(numbers) > 1:
        low, high = min(low for _, low, _ in numbers), max(high for _, _, high in numbers)
        shown = {name: text("cli.number", language, number=number) for name, number in
                 {"low": low, "high": high, "documented": whole[0].n_observed}.items()}  # fmt: skip
        show_line("estimate.quote_span", language, models=len(numbers),
                  level=f"{100 * whole[0].level:g} %", **shown)  # fmt: skip
        if any(reason.key in TWO_LISTS for one in whole for reason in one.reasons):
            show_line("estimate.beside_two_lists", language)


def _show_reasons(found: Sequence[Estimate], language: str) -> None:
    said: dict[str, list[str]] = {}
    for estimate in found:
        for reason in estimate.reasons:
            said.setdefault(reason.render(language), []).append(estimate.model)
    for sentence, models in said.items():
        named = ", ".join(dict.fromkeys(models))
        show_line("estimate.reason_of", language, models=named, reason=sentence)


def _plain(row: Mapping[str, Any], language: str) -> dict[str, Any]:
    """A row of the table ``estimate`` with the fields that an estimate of a file has."""
    inside = {name: json.loads(row[name]) for name in ("stratum", "settings", "details")}
    reasons = [text(one["key"], language, **one["values"]) for one in json.loads(row["reasons"])]
    left = {name: value for name, value in row.items() if name not in ("list_ids", "quantiles")}
    return {**left, "lists": row["list_ids"], **inside, "reasons": reasons}


def report_archive_estimates(
    build: Path, rows: Sequence[Mapping[str, Any]], run: object, language: str, *, as_json: bool
) -> None:
    """Estimates of an archive, and where its report stands.

    Args:
        build: The archive's folder of tables.
        rows: Rows of the table ``estimate``.
        run: What the stage did.
        language: ``en`` or ``ru``; where the archive has no report in it, the other one is shown.
        as_json: For machines.
    """
    page = build / f"estimate.{language}.md"
    if not page.is_file():
        page = next(build.glob("estimate.??.md"), page)
    if as_json:
        show_json(plain({"archive": str(build.parent), "estimates": [_plain(row, language)
                                                                     for row in rows],
                         "report": str(page), "stages": [run]}))  # fmt: skip
        return
    for line in page.read_text(encoding="utf-8").splitlines():
        show_line("estimate.line", language, line=line)
    show_line("estimate.report_at", language, path=str(page))
