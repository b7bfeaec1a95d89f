"""YAML read safely and fast: the one loader of every data file, profile and catalogue."""

from typing import Any

import yaml

# The safe loader, in C where PyYAML was built with it: ten times as fast, which is the greater part
# of the start-up time of a command.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def parse_yaml(text: str | bytes) -> Any:
    """The value of one YAML document: plain values only, no objects.

    Raises:
        yaml.YAMLError: the text is no YAML, or asks for an object.
    """
    return yaml.load(text, Loader=_LOADER)  # noqa: S506 - a safe loader, see above
