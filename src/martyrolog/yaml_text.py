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
        yaml.YAMLError: the text is no YAML, asks for an object, is nested beyond ``MAX_DEPTH``, or
            has a key twice in one mapping, of which one would be lost.
    """
    depth = 0
    for event in yaml.parse(text, Loader=_LOADER):
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if depth > MAX_DEPTH:
            raise yaml.YAMLError(f"nested deeper than {MAX_DEPTH}")
    _refuse_doubled_keys(yaml.compose(text, Loader=_LOADER))
    return parse_yaml(text)


def _refuse_doubled_keys(root: yaml.Node | None) -> None:
    waiting = [root]
    seen = set()
    while waiting:
        node = waiting.pop()
        if node is None or id(node) in seen:  # an alias stands for a node that was looked at
            continue
        seen.add(id(node))
        if isinstance(node, yaml.SequenceNode):
            waiting += node.value
        if isinstance(node, yaml.MappingNode):
            _refuse_twice([key for key, _ in node.value if isinstance(key, yaml.ScalarNode)])
            waiting += [each for pair in node.value for each in pair]


def _refuse_twice(keys: list[yaml.ScalarNode]) -> None:
    found = set()
    for key in keys:
        if (key.tag, key.value) in found:
            line = key.start_mark.line + 1
            raise yaml.YAMLError(f"line {line}: the key {key.value!r:.80} stands twice")
        found.add((key.tag, key.value))
