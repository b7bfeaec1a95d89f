"""The command ``estimate``: for an archive, or for one file of capture histories.

Arguments only, as in ``cli``, which registers it; the language is the object of the context.
"""

from pathlib import Path
from typing import Annotated

import typer

from martyrolog.messages import text

Here = Annotated[Path, typer.Option("--dir", show_default="folder you are in")]
Json = Annotated[bool, typer.Option("--json")]


def estimate(
    context: typer.Context,
    table: Annotated[list[str] | None, typer.Argument(metavar="[TABLE]")] = None,
    strata: Annotated[list[str] | None, typer.Option("--strata", metavar="COLUMN...")] = None,
    model: Annotated[str, typer.Option("--model")] = "all",
    count: Annotated[str, typer.Option("--count", metavar="COLUMN")] = "count",
    level: Annotated[float, typer.Option("--level")] = 0.95,
    seed: Annotated[int, typer.Option("--seed", min=0)] = 1,
    time_limit: Annotated[float, typer.Option("--time-limit", min=1)] = 60,
    most_unseen: Annotated[str, typer.Option("--most-unseen", metavar="NUMBER|12n")] = "",
    directory: Here = Path(),
    json: Json = False,
) -> None:
    from martyrolog.report_estimate import report_archive_estimates, report_estimates

    language = context.obj
    if not table:
        if most_unseen:
            raise typer.BadParameter(text("estimate.limit_of_table", language))
        from martyrolog import pipeline
        from martyrolog.archive import open_archive
        from martyrolog.console import ConsoleProgress
        from martyrolog.tables import read_table

        archive = open_archive(directory)
        run = pipeline.estimate(archive, progress=ConsoleProgress(language))
        rows = read_table(archive.build, "estimate").to_pylist()
        report_archive_estimates(archive.build, rows, run, language, as_json=json)
        return
    from martyrolog.estimate import estimate_file

    columns = [name for part in strata or [] for name in part.split(",") if name]
    file, *more = table
    if more and not columns:
        raise typer.BadParameter(text("estimate.one_file", language, found=", ".join(more)))
    found = estimate_file(Path(file), model=model, strata=[*columns, *more], level=level,
                          seed=seed, count=count, time_limit=time_limit,
                          most_unseen=most_unseen)  # fmt: skip
    report_estimates(found, language, as_json=json)
