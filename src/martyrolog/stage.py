"""What a stage of the pipeline is: tables in, tables out, and what else it depends on."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from martyrolog.archive import Archive
from martyrolog.progress import Progress

Tables = Mapping[str, pa.Table]


@dataclass(frozen=True)
class Stage:
    """One stage.

    Attributes:
        name: Name of the stage, of its package and of its command.
        reads: Tables it takes from ``build/``.
        writes: Tables it hands on, each of them always, also when empty.
        run: ``run(archive, tables, progress)`` gives the tables of ``writes``. Idempotent: the same
            archive and tables give the same tables, also after a run that was killed.
        files: Files outside ``build/`` whose change makes the stage run again.
        settings: Settings whose change makes the stage run again, as plain JSON values.
    """

    name: str
    reads: tuple[str, ...]
    writes: tuple[str, ...]
    run: Callable[[Archive, Tables, Progress], Tables]
    files: Callable[[Archive], Sequence[Path]]
    settings: Callable[[Archive], object]
