"""The fold: phonetic keys of a name from any script and spelling.

When to use: for blocking, search and comparison across lists of several languages. What enters: a
name word, or a name of several words (a hyphen counts as a space). What leaves: one or a few keys
over a-z (words joined by a space), the likeliest first; two spellings agree if their keys
intersect. What always holds: the same rules (`data/fold.yaml`) run in Python and in the site's
JavaScript (`fold.js`); a result depends on the name alone, never on its neighbours in a batch.
It deliberately knows no meaning: Иван and Johann stay apart here (see `given_name_class`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice, product
from typing import Any, Literal

from martyrolog.names.rules import TextStep, load_rules, python_step
from martyrolog.names.scripts import clean_name

NameKind = Literal["surname", "given_name", "patronymic", "any"]
Keys = tuple[str, ...]

_BETWEEN_PARTS = re.compile(r"[\-‐-―.,;:()\[\]«»/]+")


@dataclass(frozen=True)
class _Reading:
    """One way of reading a script: when it applies and which steps it takes."""

    script: int
    languages: tuple[str, ...]
    when: re.Pattern[str] | None
    unless: re.Pattern[str] | None
    steps: tuple[TextStep, ...]

    def applies(self, word: str) -> bool:
        if self.when is not None and not self.when.search(word):
            return False
        return self.unless is None or not self.unless.search(word)


@dataclass(frozen=True)
class _Rules:
    """The compiled fold as Python functions."""

    scripts: tuple[re.Pattern[str], ...]
    readings: tuple[_Reading, ...]
    ambiguous: dict[str, list[str]]
    open_sound: re.Pattern[str]
    common: tuple[TextStep, ...]
    surname: tuple[TextStep, ...]
    final: tuple[TextStep, ...]
    apostrophes: str
    nominatives: dict[int, str]
    max_keys: int


def fold(name: str, *, language: str | None = None, exact: bool = False) -> Keys:
    """The phonetic keys of a name, the likeliest first.

    Args:
        name: A name word or a name of several words, in any script; hyphens count as spaces.
        language: A hint how the Latin spelling reads: 'en', 'de', 'fr', 'it', 'pl', 'cs', 'sk',
            'hr', 'sl', 'sr', 'lv', 'lt', 'et', 'fi', 'iso9', 'bgn', 'ala-lc'. Unknown hints and
            other scripts are read as without one.
        exact: Only clean and casefold the name: one key in its own script.

    Returns:
        One to `max_keys` (data/fold.yaml) keys; () where the name holds no letter.

    Example:
        >>> fold("Тухачевский"), fold("Tuchatschewski")
        (('tuhaqevski',), ('tuhaqevski',))
        >>> set(fold("Jeschow")) & set(fold("Ежов"))
        {'ejov'}
    """
    return _fold_distinct([name], language=language, exact=exact, kind="any")[0]


def fold_surname(surname: str, *, language: str | None = None, exact: bool = False) -> Keys:
    """The keys of a surname with its gender ending folded: Петрова and Петров share a key.

    Folds -ова, -ева, -ина, -ская, -цкая, -ая in any script, Latin -ska and -a spellings among
    them. The ending is a feature of its own: see `sex_of`.

    Returns:
        Keys as of `fold`.
    """
    return _fold_distinct([surname], language=language, exact=exact, kind="surname")[0]


def fold_many(
    names: Sequence[str],
    *,
    kind: NameKind = "any",
    language: str | None = None,
    exact: bool = False,
) -> list[Keys]:
    """The keys of many names; each distinct name is folded once.

    Args:
        names: Names, repeated or not; an empty one has the keys ().
        kind: 'surname' folds gender endings; 'given_name' keeps the ending of a Latin spelling
            that may be a nominative (Boris is no Bor); the others fold the word as it is.
        language: As in `fold`.
        exact: As in `fold`.

    Returns:
        Keys in the order of `names`.
    """
    distinct = list(dict.fromkeys(names))
    keys = _fold_distinct(distinct, language=language, exact=exact, kind=kind)
    if len(distinct) == len(names):
        return keys
    known = dict(zip(distinct, keys, strict=True))
    return [known[name] for name in names]


def _fold_distinct(
    names: list[str], *, language: str | None, exact: bool, kind: NameKind
) -> list[Keys]:
    cleaned = [clean_name(name) for name in names]
    if exact:
        return [(name.casefold(),) if name else () for name in cleaned]
    if not names:
        return []
    # one text for all, one name a line: a cleaned name holds no space but the plain one
    text = _without_apostrophes("\n".join(cleaned).lower())
    text = _BETWEEN_PARTS.sub(" ", text)
    keys = _word_keys(list(dict.fromkeys(text.split())), language, kind)
    return [_keys_of(line, keys) for line in text.split("\n")]


def _without_apostrophes(text: str) -> str:
    # not str.translate: it looks every letter up, and few names hold an apostrophe
    for apostrophe in _rules().apostrophes:
        text = text.replace(apostrophe, "")
    return text


def _keys_of(line: str, keys: dict[str, Keys]) -> Keys:
    """Keys of a name from those of its words."""
    whole = keys.get(line)
    return _join([keys[word] for word in line.split() if keys[word]]) if whole is None else whole


def _join(parts: list[Keys]) -> Keys:
    if len(parts) == 1:
        return parts[0]
    combined = islice(product(*parts), _rules().max_keys) if parts else ()
    return tuple(" ".join(words) for words in combined)


def _word_keys(words: list[str], language: str | None, kind: NameKind) -> dict[str, Keys]:
    """Read every word in each way that applies, settle its open sounds, write the keys."""
    rules = _rules()
    forms: dict[str, list[str]] = {word: [] for word in words}
    for reading, batch in _words_of_readings(words, language):
        for word, form in zip(batch, _run(reading.steps, batch), strict=True):
            if not rules.open_sound.search(form):  # most forms
                forms[word].append(form)
                continue
            whole = form.translate(rules.nominatives) if kind == "given_name" else form
            forms[word] += _settle(whole, rules)
    distinct = list(dict.fromkeys(form for options in forms.values() for form in options))
    ending = rules.surname if kind == "surname" else ()
    finished = _run((*rules.common, *ending, *rules.final), distinct)
    key_of = dict(zip(distinct, finished, strict=True))
    return {word: _keys_of_forms(options, key_of, rules) for word, options in forms.items()}


def _keys_of_forms(options: list[str], key_of: dict[str, str], rules: _Rules) -> Keys:
    if len(options) == 1:  # most words
        key = key_of[options[0]]
        return (key,) if key else ()
    keys = dict.fromkeys(filter(None, map(key_of.__getitem__, options)))
    return tuple(keys)[: rules.max_keys]


def _words_of_readings(
    words: list[str], language: str | None
) -> Iterable[tuple[_Reading, list[str]]]:
    rules = _rules()
    by_script: list[list[str]] = [[] for _ in rules.scripts]
    for word in words:
        for position, letters in enumerate(rules.scripts):
            if letters.search(word):
                by_script[position].append(word)
                break
    unread = [
        set() if _hint_known(i, language) else set(batch) for i, batch in enumerate(by_script)
    ]
    for reading in rules.readings:
        batch = by_script[reading.script]
        if _hint_known(reading.script, language):
            chosen = batch if language in reading.languages else []
        else:
            chosen = [word for word in batch if reading.applies(word)]
            unread[reading.script].difference_update(chosen)
        if chosen:
            yield reading, chosen
    for reading, rest in zip(_first_readings(), unread, strict=True):
        if rest:
            yield reading, sorted(rest)


@cache
def _first_readings() -> list[_Reading]:
    """The reading of each script for a word to which none applies, and for an unknown hint."""
    readings = _rules().readings
    return [
        next(reading for reading in readings if reading.script == script)
        for script in range(len(_rules().scripts))
    ]


def possible_languages(word: str) -> list[str]:
    """The first language of each reading that a word's letters allow, the likelier first.

    A word is read by its first script; a script with one reading for all names none.
    """
    lowered = _without_apostrophes(clean_name(word).lower())
    readings = (reading for reading, _ in _words_of_readings([lowered], None))
    return [reading.languages[0] for reading in readings if reading.languages]


@cache
def _hint_known(script: int, language: str | None) -> bool:
    return language is not None and any(
        language in reading.languages for reading in _rules().readings if reading.script == script
    )


def _run(steps: Sequence[TextStep], words: list[str]) -> list[str]:
    """Apply steps to all words at once, one word a line."""
    text = "\n".join(words)
    for step in steps:
        text = step(text)
    return text.split("\n") if words else []


def _settle(form: str, rules: _Rules) -> list[str]:
    """Every reading of the open sounds, the likeliest first, at most `max_keys`."""
    pieces = [rules.ambiguous.get(sound, [sound]) for sound in form]
    return ["".join(choice) for choice in islice(product(*pieces), rules.max_keys)]


@cache
def _rules() -> _Rules:
    source = load_rules()
    names = [row["name"] for row in source["scripts"]]
    return _Rules(
        scripts=tuple(re.compile(row["letters"]) for row in source["scripts"]),
        readings=tuple(_reading(row, names, source["passes"]) for row in source["readings"]),
        ambiguous=source["ambiguous"],
        open_sound=re.compile("[" + "".join(source["ambiguous"]) + "]"),
        common=tuple(map(python_step, source["common"])),
        surname=tuple(map(python_step, source["surname"])),
        final=tuple(map(python_step, source["final"])),
        apostrophes=source["apostrophes"],
        nominatives={ord(sound): source["ambiguous"][sound][0] for sound in source["nominatives"]},
        max_keys=source["max_keys"],
    )


def _reading(row: dict[str, Any], scripts: list[str], passes: dict[str, Any]) -> _Reading:
    steps = [step for name in row["passes"] for step in passes[name]]
    return _Reading(
        script=scripts.index(row["script"]),
        languages=tuple(row.get("languages", ())),
        when=re.compile(row["when"]) if "when" in row else None,
        unless=re.compile(row["unless"]) if "unless" in row else None,
        steps=tuple(map(python_step, steps)),
    )
