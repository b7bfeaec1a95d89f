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


MAX_DEPTH = 50
"""Collections within one another; the loader would end the process some thousands deep."""


def parse_foreign_yaml(text: str) -> Any:
    """As :func:`parse_yaml`, for a text that anyone may have written.

    Raises:
        yaml.YAMLError: the text is no YAML, asks for an object, or is nested beyond ``MAX_DEPTH``.
    """
    depth = 0
    for event in yaml.parse(text, Loader=_LOADER):
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if depth > MAX_DEPTH:
            raise yaml.YAMLError(f"nested deeper than {MAX_DEPTH}")
    return parse_yaml(text)
