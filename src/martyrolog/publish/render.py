"""Pages to HTML: templates with every value escaped, links relative to the page.

Always holds: a value from a list reaches a page only as escaped text or as a checked address;
an undefined value is an error. No template marks a value as safe.
"""

import re
from collections.abc import Mapping
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined
from jinja2.ext import Extension
from markupsafe import Markup

from martyrolog.publish.content import script_language
from martyrolog.publish.markup import (
    cite_page,
    escape,
    fact_items,
    person_items,
    person_line,
    references,
    release_mark,
    written_line,
)
from martyrolog.publish.paths import to_root
from martyrolog.publish.record_markup import record_sections
from martyrolog.publish.site import Page, Site
from martyrolog.publish.voice import Voice

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self'; "
    "form-action 'self'; base-uri 'self'"
)
"""Content security policy of every page: nothing from another host, no script within a page."""

FRAME = ("find", "foot")
PIECES = (
    cite_page, fact_items, person_items, person_line, record_sections, references, release_mark,
    written_line,
)  # fmt: skip
"""What templates may call."""
_FIXED_TEXT = re.compile(r"""{{ t\(["'](\w+)["']\) }}""")
_BLANK_LINES = re.compile(r"\n\s*\n+")


class Texts(Extension):
    """Puts the fixed texts of the catalogue into a template before it is compiled."""

    def preprocess(self, source: str, *_: str | None) -> str:
        """The template with each ``{{ t("key") }}`` replaced by the text, escaped."""
        voice = self.environment.globals["voice"]
        assert isinstance(voice, Voice)
        return _FIXED_TEXT.sub(lambda found: escape(voice.t(found[1])), source)


@cache
def environment(language: str) -> Environment:
    """The templates of a language, compiled once."""
    made = Environment(
        loader=PackageLoader("martyrolog.publish", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.globals["voice"] = Voice(language)
    made.add_extension(Texts)
    made.globals |= {piece.__name__: piece for piece in PIECES}
    made.filters["script"] = script_language
    made.globals["parts"] = made.get_template("parts.html").module  # once, not for each page
    return made


def compile_templates(language: str) -> None:
    """Compile every template now: processes that share memory need not do it each."""
    templates = environment(language)
    for name in templates.list_templates():
        templates.get_template(name)


def render(site: Site, voice: Voice, page: Page) -> str:
    """The HTML of a page."""
    folder = site.folder(voice.language)
    root = to_root(folder + page.path)
    html = environment(voice.language).get_template(page.template).render(
        frame=_frame(site, voice, root), page=page, voice=voice, t=voice.t, root=root,
        home=root + folder, policy=POLICY, archive_title=_title(site, voice),
        languages=[(language, root + site.folder(language) + page.path)
                   for language in site.languages],
        sources=[site.source(list_id, voice) for list_id in page.lists
                 if list_id in site.content.lists],
        **page.values,
    )  # fmt: skip
    return _BLANK_LINES.sub("\n", html)


@cache
def _frame(site: Site, voice: Voice, root: str) -> Mapping[str, Markup]:
    """What is the same on all pages of one depth: the search box and the foot of the page."""
    values = {
        "t": voice.t,
        "home": root + site.folder(voice.language),
        "archive_title": _title(site, voice),
    }
    pieces = {
        name: environment(voice.language).get_template(f"{name}.html").render(values)
        for name in FRAME
    }
    return {name: Markup(html) for name, html in pieces.items()}  # noqa: S704 - by templates


def _title(site: Site, voice: Voice) -> str:
    return site.release.settings.archive.title.in_language(voice.language)
