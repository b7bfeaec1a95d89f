"""What the commands about links say when they are done: for people, or as JSON for machines."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from martyrolog.console import as_json as plain
from martyrolog.console import show_json, show_line, show_rows, show_rules
from martyrolog.link import (
    ArchivedExplanation,
    Evaluation,
    Expected,
    Exported,
    FromSample,
    Imported,
    Loss,
    OnPairs,
    OnPersons,
    RulesFound,
    SampleWritten,
)
from martyrolog.messages import text

_TABLES = (
    ("precision", "recall", "f1"), ("records", "bcubed_f1", "persons_split", "clusters_merged"),
)  # fmt: skip
_TABLES_OF_PAIRS = (("judged", "precision", "recall", "f1"),)


def report_explanation(found: ArchivedExplanation, language: str, *, as_json: bool) -> None:
    """Why two records are or are not one person, field by field."""
    if as_json:
        show_json(plain(found))
        return
    explanation = found.explanation
    show_line("explain.pair", language, left=explanation.record_id_left,
              right=explanation.record_id_right)  # fmt: skip
    headings = [f"explain.heading_{name}" for name in ("field", "words", "level", "bits")]
    said = [part for part in explanation.parts if part.words or not part.meaning]
    rows = [[part.label if part.words else "", part.words or part.label,
             part.meaning if part.words else "", f"{part.weight:+.2f}"]
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


def report_evaluation(
    found: Evaluation | FromSample | Expected, language: str, *, as_json: bool
) -> None:
    """How good the links are."""
    if as_json:
        show_json({"kind": _kind(found), **plain(found)})
    elif isinstance(found, Expected):
        _show_expected(found, language)
    elif isinstance(found, FromSample):
        _show_from_sample(found, language)
    else:
        _show_evaluation(found, language)


def _kind(found: Evaluation | FromSample | Expected) -> str:
    kinds = {Expected: "expected", FromSample: "sample", Evaluation: "truth"}
    return kinds[type(found)]


def report_rules(found: RulesFound, language: str, *, as_json: bool) -> None:
    """What each blocking rule brings, and how many true links."""
    if as_json:
        show_json(plain(found))
        return
    show_rules(plain(found.rules), language)
    if found.true and found.reached is not None:
        show_line("evaluate.reached", language, found=found.reached, true=found.true,
                  share=_share(found.reached / found.true))  # fmt: skip


def _show_expected(found: Expected, language: str) -> None:
    rates = {name: _share(getattr(found, name)) for name in ("precision", "recall", "f1")}
    show_line("evaluate.expected", language, **rates)
    show_line("evaluate.expected_pairs", language, found=found.pairs_found,
              right=round(found.pairs_right), missed=round(found.pairs_missed))  # fmt: skip
    show_line("evaluate.expected_limits", language)


def _show_from_sample(found: FromSample, language: str) -> None:
    estimate = found.estimate
    rates = {name: _with_interval(getattr(estimate, name), estimate.intervals[name])
             for name in ("precision", "recall", "f1")}  # fmt: skip
    show_line("evaluate.sample", language, judged=estimate.judged, **rates)
    show_line("evaluate.sample_limits", language)
    if found.other_clusters:
        show_line("evaluate.other_clusters", language)


def _show_evaluation(found: Evaluation, language: str) -> None:
    """Two tables where there are persons: one with all would not fit an ordinary terminal."""
    tables = _TABLES if found.kind == "persons" else _TABLES_OF_PAIRS
    for columns in tables:
        rows = [[result.stratum or text("evaluate.all", language),
                 *(_cell(result, column) for column in columns)]
                for result in found.results]  # fmt: skip
        headings = [f"evaluate.heading_{name}" for name in ("stratum", *columns)]
        show_rows(headings, rows, language)
    first = found.results[0]
    if isinstance(first, OnPersons):
        whole = first.agreement
        show_line("evaluate.counts", language, records=whole.records, persons=whole.persons,
                  clusters=whole.clusters, exact=whole.persons_exact)  # fmt: skip
    if found.calibration:
        show_line("evaluate.calibration", language, pairs=found.calibration.pairs,
                  error=_share(found.calibration.error))  # fmt: skip
    of_persons = found.kind == "persons"
    show_line("evaluate.intervals" if of_persons else "evaluate.intervals_pairs", language)
    for key, count in (("without_truth", found.without_truth), ("not_in_links", found.not_linked),
                       ("undecided", found.undecided)):  # fmt: skip
        if count:
            show_line(f"evaluate.{key}", language, count=count)


def _cell(result: OnPersons | OnPairs, column: str) -> object:
    of = result.agreement if isinstance(result, OnPersons) else result
    value = getattr(of, column)
    if column in result.intervals:
        return _with_interval(value, result.intervals[column])
    return value


def _share(value: float) -> str:
    return f"{value:.3f}"


def _with_interval(value: float, interval: tuple[float, float]) -> str:
    shown = [f"{share:.3f}".removeprefix("0") for share in (value, *interval)]
    return f"{shown[0]} ({shown[1]}-{shown[2]})"


def report_sample(written: SampleWritten, language: str, *, as_json: bool) -> None:
    """Where the sample to judge is."""
    if as_json:
        show_json(plain(written))
        return
    show_line("evaluate.sample_written", language, count=written.pairs, path=written.path)
    show_line("evaluate.sample_kept_apart", language, path=written.strata)
    if written.left_out:
        show_line("evaluate.left_out", language, count=written.left_out)


def report_exported(exported: Exported, path: Path, language: str, *, as_json: bool) -> None:
    """What the settings for Splink say and do not say."""
    settings = exported.settings
    counts = {"comparisons": len(settings["comparisons"]),
              "rules": len(settings["blocking_rules_to_generate_predictions"])}  # fmt: skip
    if as_json:
        show_json({"path": str(path), **counts, "losses": plain(exported.losses)})
        return
    show_line("splink.exported", language, path=str(path), **counts)
    _show_losses(exported.losses, language)


def report_imported(
    imported: Imported, path: Path, out: Path, language: str, *, as_json: bool
) -> None:
    """What a model of Splink became, and what of it is lost."""
    if as_json:
        show_json({"path": str(path), "out": str(out), "losses": plain(imported.losses)})
        return
    show_line("splink.imported", language, path=str(path), out=str(out))
    _show_losses(imported.losses, language)


def _show_losses(losses: Sequence[Loss], language: str) -> None:
    show_line("splink.losses" if losses else "splink.lossless", language)
    for loss in losses:
        show_line("splink.loss", language, what=text(f"splink.lost_{loss.kind}", language,
                                                     what=loss.what))  # fmt: skip
