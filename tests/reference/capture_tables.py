"""Published multiple-list tables, read by name."""

from pathlib import Path

from martyrolog.estimate import CaptureCounts
from martyrolog.estimate.table_file import read_histories

ALL = (
    "kosovo", "uk5", "uk6", "western_us", "neworleans5", "neworleans8", "korea", "hiv_rome",
    "diabetes_italy", "hepatitis_a_taiwan", "spina_bifida", "hare", "netherlands5", "netherlands6",
    "scotland_pwid", "ph_caloocan_police", "ph_manila_unidentified", "ph_quezon_police",
)  # fmt: skip


def capture_table(data_dir: Path, name: str) -> CaptureCounts:
    return read_histories(data_dir / "capture-recapture" / f"{name}.csv").counts
