"""What the commands about links say when they are done: for people, or as JSON for machines."""

from typing import Any

from martyrolog.console import as_json as plain
from martyrolog.console import show_json, show_line, show_rows
from martyrolog.link import ArchivedExplanation


def report_explanation(found: ArchivedExplanation, language: str, *, as_json: bool) -> None:
    """Why two records are or are not one person, field by field."""
    if as_json:
        show_json(plain(found))
        return
    explanation = found.explanation
    show_line("explain.pair", language, left=explanation.record_id_left,
              right=explanation.record_id_right)  # fmt: skip
    headings = ["explain.heading_field", "explain.heading_words", "explain.heading_bits"]
    said = [part for part in explanation.parts if part.words or not part.meaning]
    rows = [[part.label if part.words else "", part.words or part.label, f"{part.weight:+.2f}"]
            for part in said]  # fmt: skip
    show_rows(headings, rows, language)
    missing = [part.label for part in explanation.parts if part not in said]
    if missing:
        show_line("explain.missing", language, fields=", ".join(missing))
    sums = {"weight": f"{explanation.weight:.2f}", "threshold": str(found.threshold),
            "probability": f"{explanation.probability:.4f}"}  # fmt: skip
    show_line("explain.weight", language, **sums)
    for key, values in _verdict(found):
        show_line(f"explain.{key}", language, **values)


def _verdict(found: ArchivedExplanation) -> list[tuple[str, dict[str, Any]]]:
    """What decided beside the weight."""
    said: list[tuple[str, dict[str, Any]]] = []
    said.append(("rules", {"rules": ", ".join(found.rules)}) if found.rules else ("no_rules", {}))
    if found.judgement:
        said.append((f"judged_{found.judgement}", {}))
    said += [(f"apart_{reason}", {}) for reason in found.explanation.apart
             if reason != f"judged_{found.judgement}"]  # fmt: skip
    if not found.one_cluster:
        said.append(("separate", {}))
    elif found.weakest is None:
        said.append(("together_judged", {}))
    else:
        said.append(("together", {"weakest": f"{found.weakest:.2f}"}))
    return said
