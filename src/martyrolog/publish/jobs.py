"""Everything a release is made of, as jobs that give files: pages, data, search index, downloads.

The jobs share the look-ups over the tables, which are made here once. The longest jobs come first,
so that no process waits for another at the end.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from importlib import resources
from pathlib import Path

from martyrolog.names import fold_rules_json
from martyrolog.provenance import hash_bytes
from martyrolog.publish import downloads
from martyrolog.publish.codings import begin_codings
from martyrolog.publish.content import make_content
from martyrolog.publish.disclosure import Disclosed
from martyrolog.publish.groups import Groups, coded_values, make_groups
from martyrolog.publish.page_inputs import page_inputs
from martyrolog.publish.pages import (
    articles,
    bodies,
    browse,
    campaign,
    cohorts,
    estimates,
    lists,
    main,
    names,
    operations,
    person,
    places,
    statistics,
    timeline,
    trials,
)
from martyrolog.publish.pages.exhibits import make_pictures
from martyrolog.publish.paths import person_folder, person_page
from martyrolog.publish.person_data import person_json, person_jsonld
from martyrolog.publish.person_inputs import inputs_hash
from martyrolog.publish.previous import Previous
from martyrolog.publish.release_info import ReleaseInfo, release_style
from martyrolog.publish.render import compile_templates, render
from martyrolog.publish.search_index import make_shards
from martyrolog.publish.site import Page, Site
from martyrolog.publish.voice import Voice
from martyrolog.publish.workers import File, Files, Job, collector_at_rest

PERSONS_A_JOB = 100


def make_jobs(disclosed: Disclosed, release: ReleaseInfo, list_order: Sequence[str],
              previous: Previous, build: Path, program: str) -> list[Job]:  # fmt: skip
    """Everything a release is made of, as jobs that give files.

    Args:
        disclosed: The tables that may be published.
        release: The release being made.
        list_order: Lists in the order of archive.toml.
        previous: Release from which the files of persons are taken where nothing in them changed.
        build: Folder where codings are kept from run to run.
        program: Hash of the rules of coding.
    """
    with collector_at_rest():
        content = make_content(disclosed.tables, list_order)
        site = Site(content, release, {i: Voice(i) for i in release.settings.archive.languages})
        codings = begin_codings(coded_values(content), build, program)
        _share(site)
        groups = make_groups(content, codings())
        persons = list(content.persons)
    table_list = downloads.overview(disclosed.tables)
    pages: list[Job] = [
        partial(_pages, site, voice, previous, make)
        for voice in site.voices.values()
        for make in (
            partial(browse.make_pages, site, voice, groups),
            partial(names.make_pages, site, voice),
            partial(lists.make_pages, site, voice),
            partial(trials.make_pages, site, voice),
            partial(bodies.make_pages, site, voice),
            partial(cohorts.make_pages, site, voice),
            partial(operations.make_pages, site, voice),
            partial(campaign.make_pages, site, voice, groups),
            partial(timeline.make_pages, site, voice),
            partial(places.make_pages, site, voice, groups),
            partial(statistics.make_pages, site, voice),
            partial(estimates.make_pages, site, voice),
            partial(iter, list(articles.make_pages(site, voice, disclosed.articles))),
            partial(main.make_pages, site, voice, groups, table_list),
        )
    ]
    parts = range(0, len(persons), PERSONS_A_JOB)
    each = [
        partial(_persons, site, groups, previous, persons[i : i + PERSONS_A_JOB]) for i in parts
    ]
    files = list(downloads.make_files(disclosed.tables, release))  # Arrow stays in this process
    style = ("static/release.css", release_style(release, site.voices.values()).encode())
    return [
        lambda: [*files, style],
        partial(make_shards, site),
        partial(make_pictures, site),
        partial(estimates.make_pictures, site),
        *pages,
        *each,
        _static,
    ]


def _share(site: Site) -> None:
    """Make the look-ups before the processes part, so that they share them."""
    for table in site.content.rows:
        _ = site.content.rows[table]
    for voice in site.voices.values():
        compile_templates(voice.language)
        site.order(voice)
        names.index_lines(site, "cyrillic")
        names.index_lines(site, "latin")
    content = site.content
    _ = content.person_of, content.records_of, content.records_in, content.place_in_list
    _ = content.links_of, content.by("match", "record_id_left")
    for table in ("statement", "event", "event_holder", "trial_party", "tenure", "membership"):
        content.by(table, "person_id")
    for table in ("possibly_same", "relation"):
        content.by(table, "person_id_left"), content.by(table, "person_id_right")


def _persons(site: Site, groups: Groups, previous: Previous, person_ids: Sequence[str]) -> Files:
    """Pages, JSON and JSON-LD of some persons: as they were, or made anew."""
    digests = {}
    for person_id in person_ids:
        data = person_json(site, person_id)
        digest = hash_bytes(data)
        inputs = inputs_hash(site, groups, person_id, digest)
        path, *others = _paths(site, person_id)
        kept = previous.offers(path, inputs, others)
        yield File(path, data, inputs)
        if kept:
            yield from (File(other, None) for other in others)
            continue
        digests[person_id] = digest
        yield f"{person_folder(person_id)}/person.jsonld", person_jsonld(site, person_id)
    for voice in site.voices.values():
        for page in person.make_pages(site, voice, groups, digests):
            yield site.folder(voice.language) + page.path, render(site, voice, page).encode()


def _paths(site: Site, person_id: str) -> list[str]:
    """The files of a person."""
    folder = person_folder(person_id)
    return [f"{folder}/person.json", f"{folder}/person.jsonld",
            *(site.folder(i) + person_page(person_id) for i in site.languages)]  # fmt: skip


def _pages(
    site: Site, voice: Voice, previous: Previous, make: Callable[[], Iterator[Page]]
) -> Files:
    """Pages of one kind: as they were, or rendered."""
    for page in make():
        path = site.folder(voice.language) + page.path
        inputs = page_inputs(site, voice, page)
        kept = previous.offers(path, inputs, [path])
        yield File(path, None if kept else render(site, voice, page).encode(), inputs)


def _static() -> Files:
    """Style sheet, scripts and fonts."""
    for package, folder, suffixes in (("martyrolog.publish", "static", (".css", ".js")),
                                      ("martyrolog.publish", "static/fonts", (".woff2", ".txt")),
                                      ("martyrolog.names", "", (".js",))):  # fmt: skip
        for path in sorted(
            resources.files(package).joinpath(folder).iterdir(), key=lambda p: p.name
        ):
            if path.name.endswith(suffixes):
                place = "static/fonts" if folder == "static/fonts" else "static"
                yield f"{place}/{path.name}", path.read_bytes()
    yield "search/rules.js", f"var martyrologRules={fold_rules_json()};\n".encode()
