"""Stage ``serve``: the newest release for a reader at this computer.

Reads ``releases/LATEST`` and the folder it names; writes nothing. What it serves is what
``publish`` disclosed, byte for byte.
"""

import webbrowser

from martyrolog.archive import Archive
from martyrolog.errors import ReleaseError
from martyrolog.progress import SILENT, Progress
from martyrolog.serve.server import is_loopback, make_server

__all__ = ["serve"]


def serve(
    archive: Archive,
    *,
    port: int = 8765,
    host: str = "127.0.0.1",
    open_browser: bool = False,
    progress: Progress = SILENT,
) -> None:
    """Serve the newest release on loopback until interrupted.

    Args:
        archive: An archive that has been published.
        port: Where to listen; 0 takes a free port.
        host: A loopback address or ``localhost``.
        open_browser: Show the site in the browser.
        progress: Is told the address.

    Raises:
        ReleaseError: no release, an incomplete one, a host that is not this computer, or a port in
            use.
    """
    if not is_loopback(host):
        raise ReleaseError("publish.not_loopback", host=host, path=str(archive.releases))
    latest = archive.releases / "LATEST"
    if not latest.is_file():
        raise ReleaseError("publish.no_release", path=str(archive.releases))
    release_id = latest.read_text(encoding="utf-8").strip()
    site = archive.releases / release_id / "site"
    if not (site / "index.html").is_file():
        raise ReleaseError("publish.release_damaged", release=release_id, file="site/index.html",
                           path=str(site.parent))  # fmt: skip
    try:
        server = make_server(site, host, port)
    except OSError as problem:
        raise ReleaseError("publish.port_taken", port=str(port)) from problem
    address = f"http://{host}:{server.server_address[1]}/"
    progress.say("publish.serving", release=release_id, address=address)
    if open_browser:
        webbrowser.open(address)
    with server:
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            return
