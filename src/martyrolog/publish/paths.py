"""Where each page of the site stands, relative to the root of its language.

Always holds: a path has only a-z, 0-9 and hyphens between its slashes, whatever an identifier of a
list holds, and ends in a file name, so that links work from the file system. A person's page is
named by the opaque identifier, never by the name.
"""

import re

from martyrolog.provenance import hash_bytes

_SAFE = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?")
_HASH_DIGITS = 12


def slug(identifier: str) -> str:
    """A file name for an identifier: itself where it is safe, else with a hash of it.

    >>> slug("great-purge"), slug("../T16")
    ('great-purge', 't16-caae25f50c61')
    """
    if _SAFE.fullmatch(identifier):
        return identifier
    plain = "-".join(re.findall("[a-z0-9]+", identifier.lower()))[:40].strip("-")
    return "-".join(filter(None, (plain, hash_bytes(identifier.encode())[:_HASH_DIGITS])))


def group_slug(label_key: str) -> str:
    """A file name for a group that has no identifier, such as a burial ground."""
    return hash_bytes(label_key.encode())[:_HASH_DIGITS]


def letters_slug(letters: str) -> str:
    """A file name for one to three letters of any alphabet: their code points."""
    return "-".join(f"{ord(letter):04x}" for letter in letters)


def person_folder(person_id: str) -> str:
    """The folder of a person's page, sharded by the first two characters after the ``p``."""
    name = slug(person_id)
    return f"p/{name[1:3] or '0'}/{name}"


def person_page(person_id: str) -> str:
    """The page of a person."""
    return f"{person_folder(person_id)}/index.html"


def item_page(section: str, identifier: str, number: int = 1) -> str:
    """A page of a section such as ``trials``; further ones of a long page are numbered."""
    return f"{section}/{slug(identifier)}/{page_name(number)}"


def group_page(section: str, name: str, number: int = 1) -> str:
    """A page of a group of persons; there are too many groups for a folder each."""
    return f"{section}/{name}.html" if number == 1 else f"{section}/{name}-{number}.html"


def page_name(number: int) -> str:
    """The file name of the first or a further page."""
    return "index.html" if number == 1 else f"page-{number}.html"


def to_root(path: str) -> str:
    """The way from a page up to the root of the site: ``../`` for each folder."""
    return "../" * path.count("/")
