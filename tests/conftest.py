"""What all tests share: the folder of test data, the embedded archive built once."""

import os
import shutil
from collections.abc import Generator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


def data_folder() -> Path:
    return Path(os.environ.get("MARTYROLOG_DATA", ROOT / ".." / "shared" / "data")).resolve()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """In CI, where everything is there, a skipped test is a failure."""
    report = yield
    if report.skipped and os.environ.get("MARTYROLOG_NO_SKIPS"):
        report.outcome = "failed"
        report.longrepr = f"skipped where nothing may be skipped: {report.longrepr}"
    return report


@pytest.fixture(scope="session")
def data_dir() -> Path:
    """The folder of real test data; the test is skipped where it is not there."""
    folder = data_folder()
    if not folder.is_dir():
        pytest.skip(f"no test data in {folder}: set MARTYROLOG_DATA")
    return folder


@pytest.fixture(scope="session")
def chromium_path() -> str:
    """The path of Chromium; the test is skipped where there is none."""
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if found is None:
        pytest.skip("no Chromium on this machine: apt-get install chromium")
    return found


@pytest.fixture(scope="session")
def great_purge_archive(tmp_path_factory: pytest.TempPathFactory):  # type: ignore[no-untyped-def]
    """The embedded Great Purge archive, built once a test run; do not change it in a test."""
    from martyrolog.demo import demo

    return demo(tmp_path_factory.mktemp("great-purge") / "archive").archive
