import http.client
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from martyrolog.errors import ReleaseError
from martyrolog.serve import serve
from martyrolog.serve.server import HEADERS, find_file, is_loopback, make_server
from tests.unit.publish.build import archive_at


@pytest.fixture
def site(tmp_path: Path) -> Path:
    folder = tmp_path / "site"
    (folder / "p" / "aa").mkdir(parents=True)
    (folder / "ru").mkdir()
    (folder / "index.html").write_text("main", encoding="utf-8")
    (folder / "p" / "aa" / "index.html").write_text("person", encoding="utf-8")
    (folder / "404.html").write_text("<html><head></head>nothing here", encoding="utf-8")
    (folder / "ru" / "404.html").write_text("<html><head></head>ничего", encoding="utf-8")
    (tmp_path / "secret.txt").write_text("secret", encoding="utf-8")
    (folder / "link.txt").symlink_to(tmp_path / "secret.txt")
    (folder / ".hidden").write_text("hidden", encoding="utf-8")
    return folder.resolve()


@pytest.fixture
def port(site: Path) -> Iterator[int]:
    with make_server(site, "127.0.0.1", 0) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield server.server_address[1]
        server.shutdown()
        thread.join()


def ask(
    port: int, path: str, method: str = "GET", host: str = "localhost"
) -> tuple[int, str, dict[str, str]]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    connection.putrequest(method, path, skip_host=True)
    connection.putheader("Host", host)
    connection.endheaders()
    answer = connection.getresponse()
    body = answer.read().decode()
    connection.close()
    return answer.status, body, dict(answer.headers)


def test_files_are_served_with_safe_headers(port: int) -> None:
    status, body, headers = ask(port, "/")
    assert (status, body) == (200, "main")
    assert HEADERS.items() <= headers.items()
    assert "Server" not in headers or "Python" not in headers["Server"]
    assert ask(port, "/p/aa/index.html?q=1")[1] == "person"


def test_a_missing_page_is_404_with_links_from_the_root(port: int) -> None:
    status, body, headers = ask(port, "/p/deep/down/none.html")
    assert status == 404
    assert '<base href="/">' in body
    assert HEADERS.items() <= headers.items()
    assert '<base href="/ru/">' in ask(port, "/ru/none.html")[1]


@pytest.mark.parametrize(
    "path",
    ["/../secret.txt", "/%2e%2e/secret.txt", "/p/../../secret.txt", "/link.txt", "/.hidden", "/p",
     "/p/", "//etc/passwd", "/..%5csecret.txt", "/%00", "/p/aa", "/" + "a" * 5000],
)  # fmt: skip
def test_nothing_outside_the_site_and_no_folder_is_shown(port: int, path: str) -> None:
    status, body, _ = ask(port, path)
    assert status == 404
    assert "secret" not in body.replace("nothing here", "")


def test_a_foreign_host_name_is_refused(port: int) -> None:
    assert ask(port, "/", host="evil.example")[0] == 421
    assert ask(port, "/", host="127.0.0.1:80")[0] == 200


def test_nothing_can_be_changed(port: int) -> None:
    assert ask(port, "/", method="POST")[0] == 501
    assert ask(port, "/", method="HEAD")[:2] == (200, "")


def test_find_file_gives_the_first_page_of_a_folder(site: Path) -> None:
    assert find_file(site, "/p/aa/") == site / "p" / "aa" / "index.html"


@pytest.mark.parametrize(
    ("host", "loopback"),
    [("127.0.0.1", True), ("::1", True), ("localhost", True), ("0.0.0.0", False),
     ("192.168.1.1", False), ("example.org", False), ("", False)],
)  # fmt: skip
def test_only_this_computer_is_loopback(host: str, loopback: bool) -> None:
    assert is_loopback(host) == loopback


def test_serving_refuses_other_hosts_and_archives_without_a_release(tmp_path: Path) -> None:
    archive = archive_at(tmp_path)
    with pytest.raises(ReleaseError, match=r"0\.0\.0\.0"):
        serve(archive, host="0.0.0.0")
    with pytest.raises(ReleaseError, match="no release"):
        serve(archive)
    (archive.releases / "LATEST").write_text("gone\n", encoding="utf-8")
    with pytest.raises(ReleaseError, match="not complete"):
        serve(archive)


def test_a_port_in_use_is_one_clear_message(tmp_path: Path, port: int) -> None:
    archive = archive_at(tmp_path / "archive")
    (archive.releases / "LATEST").write_text("one\n", encoding="utf-8")
    (archive.releases / "one" / "site").mkdir(parents=True)
    (archive.releases / "one" / "site" / "index.html").write_text("", encoding="utf-8")
    with pytest.raises(ReleaseError, match=str(port)):
        serve(archive, port=port)
