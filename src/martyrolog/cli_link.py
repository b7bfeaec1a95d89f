"""Commands about links: why two records are linked, how good the links are, models to exchange.

Arguments only, as in ``cli``, which registers them; the language is the object of the context.
"""

from pathlib import Path
from typing import Annotated

import typer

from martyrolog.errors import LinkError
from martyrolog.messages import text

Here = Annotated[Path, typer.Option("--dir", show_default="folder you are in")]
Json = Annotated[bool, typer.Option("--json")]

model = typer.Typer(no_args_is_help=True)


def explain(
    context: typer.Context,
    record_left: str,
    record_right: str,
    chart: Annotated[Path | None, typer.Option("--chart")] = None,
    directory: Here = Path(),
    json: Json = False,
) -> None:
    from martyrolog.archive import open_archive
    from martyrolog.console import show_line
    from martyrolog.link import explain_records, write_waterfall
    from martyrolog.report_link import report_explanation

    language = context.obj
    found = explain_records(open_archive(directory), record_left, record_right, language)
    if chart is not None:
        write_waterfall(chart, found.explanation, language)
    report_explanation(found, language, as_json=json)
    if chart is not None and not json:
        show_line("explain.chart_written", language, path=str(chart))


def evaluate(
    context: typer.Context,
    truth: Annotated[Path | None, typer.Option("--truth")] = None,
    linked: Annotated[Path | None, typer.Option("--linked")] = None,
    by: Annotated[str, typer.Option("--by")] = "",
    rules: Annotated[bool, typer.Option("--rules")] = False,
    chart: Annotated[Path | None, typer.Option("--chart")] = None,
    sample: Annotated[int | None, typer.Option("--sample", min=1)] = None,
    out: Annotated[Path | None, typer.Option("--out")] = None,
    seed: Annotated[int, typer.Option("--seed", min=0)] = 1937,
    directory: Here = Path(),
    json: Json = False,
) -> None:
    from martyrolog import link
    from martyrolog.archive import open_archive
    from martyrolog.console import show_line
    from martyrolog.report_link import report_evaluation, report_rules, report_sample
    from martyrolog.tables import read_table

    language = context.obj
    if sample is not None and out is None:
        raise typer.BadParameter(text("evaluate.needs_out", language))
    folder = linked or open_archive(directory).build
    record = None if linked else read_table(folder, "record")
    if sample is not None and out is not None:
        written = link.sample_pairs_to_judge(folder, sample, out, record=record, seed=seed)
        report_sample(written, language, as_json=json)
        return
    if rules:
        report_rules(link.evaluate_rules(folder, truth=truth), language, as_json=json)
        return
    found = link.evaluate(folder, truth=truth, by=by, record=record, seed=seed)
    if chart is not None:
        if not isinstance(found, link.Evaluation) or found.calibration is None:
            raise LinkError("evaluate.chart_needs_persons")
        link.write_reliability(chart, found.calibration, language)
    report_evaluation(found, language, as_json=json)
    if chart is not None and not json:
        show_line("explain.chart_written", language, path=str(chart))


@model.command("export")
def model_export(
    context: typer.Context, file: Path, directory: Here = Path(), json: Json = False
) -> None:
    from martyrolog.archive import open_archive
    from martyrolog.link import export_model
    from martyrolog.report_link import report_exported

    exported = export_model(open_archive(directory), file)
    report_exported(exported, file, context.obj, as_json=json)


@model.command("import")
def model_import(
    context: typer.Context,
    file: Path,
    out: Annotated[Path, typer.Option("--out")],
    records: Annotated[int, typer.Option("--records", min=2)] = 100_000,
    json: Json = False,
) -> None:
    from martyrolog.link import import_model
    from martyrolog.report_link import report_imported

    imported = import_model(file, out, records=records)
    report_imported(imported, file, out, context.obj, as_json=json)
