"""What a page is made of, as one hash: while it stays, the page need not be rendered.

A template sees the values of its page, the lists that the page names, the texts of its language and
the settings. The first two are hashed here; texts, settings and templates are the same for all
pages (``release.shared_hash``). So a new kind of page needs nothing but to give all that it shows
as values: templates know nothing of the release.
"""

import json
from dataclasses import fields, is_dataclass
from datetime import date

from martyrolog.provenance import hash_bytes
from martyrolog.publish.site import Page, Site
from martyrolog.publish.voice import Voice


def _plain(value: object) -> object:
    """What stands for a value that is no JSON.

    Raises:
        TypeError: its text need not tell what it holds, such as a generator's.
    """
    if is_dataclass(value) and not isinstance(value, type):
        return [getattr(value, each.name) for each in fields(value)]
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"a page may not show a {type(value).__name__}")


_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=_plain)


def page_inputs(site: Site, voice: Voice, page: Page) -> str:
    """The hash of all that a page shows and that is not the same on every page."""
    sources = [site.source(i, voice) for i in page.lists if i in site.content.lists]
    shown = [page.template, page.title, page.live, sources, page.values]
    return hash_bytes(_JSON.encode(shown).encode("utf-8", "surrogatepass"))
