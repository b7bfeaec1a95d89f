"""Commands about links: why two records are linked, how good the links are, models to exchange.

Arguments only, as in ``cli``, which registers them; the language is the object of the context.
"""

from pathlib import Path
from typing import Annotated

import typer

Here = Annotated[Path, typer.Option("--dir", show_default="folder you are in")]
Json = Annotated[bool, typer.Option("--json")]


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
