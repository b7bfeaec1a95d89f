"""SIGKILL at random moments of a build; building again gives what an undisturbed build gives."""

import random
import time
from pathlib import Path

import pytest

from tests.reliability.archives import build, fingerprint, make_archive, start_build

KILLS = 32
TOGETHER = 4


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, str], float]:
    """What a build makes, and how long it takes."""
    folder = make_archive(tmp_path_factory.mktemp("undisturbed") / "a")
    started = time.perf_counter()
    build(folder)
    return fingerprint(folder), time.perf_counter() - started


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(KILLS // TOGETHER))
def test_a_killed_build_goes_on_to_the_same_end(
    seed: int, undisturbed: tuple[dict[str, str], float], tmp_path: Path
) -> None:
    expected, seconds = undisturbed
    rng = random.Random(seed)
    folder = make_archive(tmp_path / "a")
    for _ in range(TOGETHER):
        process = start_build(folder)
        time.sleep(rng.uniform(0.1, 1.1) * seconds)
        process.kill()
        process.communicate()
        _no_release_is_half_visible(folder, expected)
    build(folder)
    assert fingerprint(folder) == expected


def _no_release_is_half_visible(folder: Path, expected: dict[str, str]) -> None:
    latest = folder / "releases" / "LATEST"
    if not latest.exists():
        return
    release = f"releases/{latest.read_text().strip()}/"
    whole = {name: digest for name, digest in expected.items() if name.startswith(release)}
    found = {name: digest for name, digest in fingerprint(folder).items() if name in whole}
    assert whole
    assert found == whole
