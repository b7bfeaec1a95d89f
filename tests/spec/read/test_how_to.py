"""The profiles that the how-to shows are profiles."""

import re
from pathlib import Path

import pytest
import yaml

from martyrolog.read.loading import check_profile

PAGE = Path(__file__).parents[3] / "docs" / "how-to" / "describe-a-list.md"
SHOWN = re.findall(r"```yaml\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)


@pytest.mark.parametrize("text", SHOWN)
def test_every_profile_shown_is_sound(text: str) -> None:
    assert check_profile(yaml.safe_load(text), str(PAGE)).model_fields_set


def test_the_how_to_shows_profiles() -> None:
    assert len(SHOWN) >= 3
