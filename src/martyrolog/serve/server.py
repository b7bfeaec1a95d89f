"""The published site on this computer only: files of one release over HTTP, nothing else.

Always holds: only loopback addresses are listened on and only requests that name a loopback host
are answered (another site cannot reach it by its own host name); a path never leaves the release;
folders are not listed; every answer carries the safe headers. Nothing is written and no request is
logged: what a reader looks at is nobody's business.
"""

import ipaddress
import mimetypes
from functools import partial
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit

HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; "
    "font-src 'self'; img-src 'self'; form-action 'self'; base-uri 'self'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "DENY",
}
TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".jsonld": "application/ld+json",
    ".xml": "application/xml",
    ".txt": "text/plain; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".woff2": "font/woff2",
    ".parquet": "application/vnd.apache.parquet",
}
NOT_FOUND = "404.html"


def is_loopback(host: str) -> bool:
    """Whether a host name or address is this computer and no other."""
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def make_server(site: Path, host: str, port: int) -> ThreadingHTTPServer:
    """A server of the files of a site; port 0 takes a free one.

    Raises:
        OSError: the port is in use.
    """
    kind = type(
        "Server", (ThreadingHTTPServer,), {"daemon_threads": True, "allow_reuse_address": True}
    )
    made: ThreadingHTTPServer = kind((host, port), partial(_Handler, site.resolve()))
    return made


class _Handler(BaseHTTPRequestHandler):
    """Answers GET and HEAD with files of the site."""

    server_version = "martyrolog"
    sys_version = ""
    protocol_version = "HTTP/1.1"
    timeout = 30

    def __init__(self, site: Path, *arguments: object) -> None:
        self.site = site
        super().__init__(*arguments)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        self._answer(with_body=True)

    def do_HEAD(self) -> None:
        self._answer(with_body=False)

    def _answer(self, *, with_body: bool) -> None:
        host = urlsplit(f"//{self.headers.get('Host', '')}").hostname or ""
        if not is_loopback(host):
            self._send(HTTPStatus.MISDIRECTED_REQUEST, b"", TYPES[".txt"], with_body=with_body)
            return
        found = find_file(self.site, self.path)
        if found is None:
            self._send(HTTPStatus.NOT_FOUND, self._not_found(), TYPES[".html"], with_body=with_body)
            return
        kind = TYPES.get(found.suffix) or mimetypes.guess_type(found.name)[0]
        self._send(HTTPStatus.OK, found.read_bytes(), kind or "application/octet-stream",
                   with_body=with_body)  # fmt: skip

    def _not_found(self) -> bytes:
        """The page 404.html, its links made to begin at the root, whatever was asked for."""
        language = next(
            (
                part
                for part in self.path.split("/")[1:2]
                if len(part) == 2 and part.isalpha() and (self.site / part / NOT_FOUND).is_file()
            ),
            "",
        )
        page = self.site / language / NOT_FOUND
        base = f"/{language}/" if language else "/"
        text = page.read_text(encoding="utf-8") if page.is_file() else ""
        return text.replace("<head>", f'<head>\n<base href="{base}">', 1).encode()

    def _send(self, status: HTTPStatus, body: bytes, kind: str, *, with_body: bool) -> None:
        self.send_response(status)
        for name, value in HEADERS.items():
            self.send_header(name, value)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-cache")
        self.end_headers()
        if with_body:
            self.wfile.write(body)

    def log_message(self, format: str, *arguments: object) -> None:
        """Nothing: requests are not logged."""


def find_file(site: Path, address: str) -> Path | None:
    """The file of a request; None where there is none, or where it would lie outside the site.

    Args:
        site: The folder of the site, resolved.
        address: Path and query as requested.
    """
    path = unquote(urlsplit(address).path, errors="replace")
    if "\0" in path or "\\" in path:
        return None
    parts = [part for part in path.split("/") if part]
    if any(part.startswith(".") for part in parts):
        return None
    try:
        found = site.joinpath(*parts)
        if path.endswith("/") or found.is_dir():
            if not path.endswith("/"):
                return None  # relative links of the page would lead astray
            found = found / "index.html"
        real = found.resolve()
        return real if real.is_relative_to(site) and real.is_file() else None
    except (OSError, ValueError):
        return None
