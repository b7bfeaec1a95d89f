"""Arrays that grow in memory or on disk."""

from pathlib import Path

import numpy as np
import pytest

from martyrolog.errors import StorageError
from martyrolog.link.spilling import growing

ROW = np.dtype([("left", np.int32), ("levels", np.int8, (3,)), ("weight", np.float64)])


def rows(count: int) -> np.ndarray:
    made = np.zeros(count, ROW)
    made["left"], made["weight"] = np.arange(count), np.arange(count) / 4
    made["levels"] = np.arange(count)[:, None] + [0, 1, 2]
    return made


@pytest.mark.parametrize("on_disk", [False, True])
def test_an_array_holds_what_was_appended_in_its_order(tmp_path: Path, on_disk: bool) -> None:
    array = growing(ROW, tmp_path if on_disk else None)
    assert len(array.whole()) == len(array.mapped()) == 0
    array.append(rows(5))
    array.append(rows(0))
    assert array.whole().tobytes() == rows(5).tobytes()
    array.append(rows(7)[::2])  # not beside one another in memory
    expected = rows(5).tobytes() + rows(7)[::2].tobytes()
    assert array.whole().tobytes() == array.mapped().tobytes() == expected


@pytest.mark.parametrize("on_disk", [False, True])
def test_a_column_of_several_values_a_row_keeps_its_shape(tmp_path: Path, on_disk: bool) -> None:
    array = growing(ROW["levels"], tmp_path if on_disk else None)
    array.append(rows(4)["levels"])
    assert array.whole().shape == array.mapped().shape == (4, 3)


def test_an_array_on_disk_has_no_file_that_a_killed_run_could_leave(tmp_path: Path) -> None:
    array = growing(np.int32, tmp_path)
    array.append(np.arange(10_000, dtype=np.int32))
    assert array.mapped().sum() == 49_995_000
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there_is_one_message(tmp_path: Path) -> None:
    with pytest.raises(StorageError):
        growing(np.int32, tmp_path / "missing")
