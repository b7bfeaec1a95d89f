"""The map of the site for search engines: sitemap.xml, an index of several above 50,000 addresses.

The protocol wants whole addresses: they begin with ``base_url`` of archive.toml. Where none is set
they begin at the root of the host, which engines read as relative to the map.
"""

from collections.abc import Iterator, Sequence
from xml.sax.saxutils import escape

MOST = 50_000  # addresses of one map, sitemaps.org
_SPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'


def make_sitemaps(paths: Sequence[str], base_url: str, date: str) -> Iterator[tuple[str, bytes]]:
    """Path and content of each map.

    Args:
        paths: Pages relative to the root of the site.
        base_url: Address of the root, ending in a slash; '' where it is not known.
        date: Day of the release.
    """
    base = base_url or "/"
    parts = [paths[start : start + MOST] for start in range(0, len(paths), MOST)] or [[]]
    if len(parts) == 1:
        yield "sitemap.xml", _map(parts[0], base, date)
        return
    names = [f"sitemap-{number}.xml" for number in range(1, len(parts) + 1)]
    for name, part in zip(names, parts, strict=True):
        yield name, _map(part, base, date)
    lines = "".join(f"<sitemap><loc>{escape(base + name)}</loc></sitemap>\n" for name in names)
    yield "sitemap.xml", f"{_HEAD}<sitemapindex {_SPACE}>\n{lines}</sitemapindex>\n".encode()


def _map(paths: Sequence[str], base: str, date: str) -> bytes:
    lines = "".join(
        f"<url><loc>{escape(base + path)}</loc><lastmod>{date}</lastmod></url>\n" for path in paths
    )
    return f"{_HEAD}<urlset {_SPACE}>\n{lines}</urlset>\n".encode()
