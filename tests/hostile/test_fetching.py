"""An address that anyone may have named reaches the public network only, and its answer is bounded in size and time."""

from __future__ import annotations

import gzip
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import TYPE_CHECKING, Any, ClassVar

import httpcore2
import pytest

from claims_cli.core.errors import ClaimsError, FileTrouble, NotUnderstood
from claims_cli.intake import fetching
from claims_cli.intake.fetching import LONGEST_ANSWER, Answer, Reach, fetch, is_public
from claims_cli.intake.web import LONGEST_PAGE, page
from tests.hostile.conftest import called

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

PUBLIC = "93.184.215.14"
ARTICLE = "<html><head>{head}</head><body><article><h1>Camps</h1>{body}</article></body></html>"
SENTENCE = "<p>The ministry said that 400 people live in the camp, and that the number of tents had grown since the spring.</p>"
HTML = {"Content-Type": "text/html; charset=utf-8"}


class Site(BaseHTTPRequestHandler):
    """A site whose pages are given by the test."""

    pages: ClassVar[dict[str, tuple[int, dict[str, str], bytes | Iterator[bytes]]]] = {}
    asked: ClassVar[list[str]] = []

    def do_GET(self) -> None:
        self.asked.append(f"{self.headers['Host']}{self.path}")
        status, headers, body = self.pages[self.path]
        try:
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            for piece in [body] if isinstance(body, bytes) else body:
                self.wfile.write(piece)
        except OSError:
            return  # the program has hung up

    def log_message(self, *_: object) -> None:
        return


@pytest.fixture
def site() -> Iterator[HTTPServer]:
    """A site on this machine."""
    Site.pages, Site.asked = {}, []
    server = HTTPServer(("127.0.0.1", 0), Site)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


class Net:
    """The public network as the program sees it: names with their addresses, all of them that one site."""

    def __init__(self, server: HTTPServer) -> None:
        self.port = server.server_port
        self.names = {"paper.example": [[PUBLIC]], "other.example": [[PUBLIC]]}
        self.resolved: list[str] = []
        self.connected: list[str] = []

    def resolve(self, host: str, _: int) -> list[str]:
        self.resolved.append(host)
        answers = self.names.get(host)
        if answers is None:
            return fetching.resolved(host, 80)
        return answers.pop(0) if len(answers) > 1 else answers[0]

    def fetch(self, url: str) -> Answer:
        return fetch(url, resolve=self.resolve)


@pytest.fixture
def net(site: HTTPServer, monkeypatch: pytest.MonkeyPatch) -> Net:
    """A network on which each public address is the site, and no other can be reached without the test seeing it."""
    found = Net(site)
    connect: Callable[..., Any] = httpcore2.SyncBackend.connect_tcp

    def connected(backend: httpcore2.SyncBackend, host: str, port: int, *rest: Any) -> httpcore2.NetworkStream:  # noqa: ANN401  as it is
        del port
        found.connected.append(host)
        stream: httpcore2.NetworkStream = connect(backend, "127.0.0.1", found.port, *rest)
        return stream

    monkeypatch.setattr(httpcore2.SyncBackend, "connect_tcp", connected)
    return found


@pytest.mark.parametrize(
    "address",
    [
        "0.0.0.0",  # noqa: S104  nothing is bound
        "10.1.2.3",
        "100.64.0.1",
        "127.0.0.1",
        "127.255.255.254",
        "169.254.169.254",
        "172.16.0.1",
        "172.31.255.255",
        "192.0.0.170",
        "192.0.2.1",
        "192.88.99.1",
        "192.168.1.1",
        "198.18.0.1",
        "198.51.100.7",
        "203.0.113.9",
        "224.0.0.1",
        "239.255.255.250",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::127.0.0.1",
        "::ffff:127.0.0.1",
        "::ffff:8.8.8.8",
        "::ffff:0:127.0.0.1",
        "64:ff9b::7f00:1",
        "64:ff9b::808:808",
        "64:ff9b:1::1",
        "100::1",
        "2001::1",
        "2001:0:4136:e378:8000:63bf:3fff:fdd2",
        "2001:10::1",
        "2001:20::1",
        "2001:db8::1",
        "2002:7f00:1::1",
        "2002:808:808::1",
        "3fff::1",
        "5f00::1",
        "fc00::1",
        "fd12::1",
        "fe80::1",
        "fe80::1%eth0",
        "fec0::1",
        "ff02::1",
        "2606:4700::1%eth0",
        "localhost",
        "1.2.3",
        "words",
    ],
)
def test_an_address_that_is_not_public_is_refused(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(
    "address", ["8.8.8.8", "93.184.215.14", "172.32.0.1", "100.128.0.1", "198.20.0.1", "2606:4700::1111", "2a00:1450::1"]
)
def test_a_public_address_is_asked(address: str) -> None:
    assert is_public(address)


HOSTS = [
    "127.0.0.1",
    "127.1",
    "2130706433",
    "0x7f.1",
    "0177.0.0.1",
    "0",
    "localhost",
    "LOCALHOST.",
    "[::1]",
    "[::ffff:127.0.0.1]",
    "[::ffff:7f00:1]",
    "[::]",
    "169.254.169.254",
]


@pytest.mark.parametrize("host", HOSTS)
def test_a_host_by_another_spelling_is_what_it_resolves_to(net: Net, host: str) -> None:
    with pytest.raises((NotUnderstood, FileTrouble)):
        net.fetch(f"http://{host}/")
    assert net.connected == Site.asked == []


@pytest.mark.parametrize(
    "url",
    [
        "http://paper.example:22/",
        "http://paper.example:8080/",
        "https://paper.example:6379/",
        "http://user:secret@paper.example/",
        "http://paper.example@127.0.0.1/",
        "file:///etc/passwd",
        "ftp://paper.example/",
        "gopher://paper.example/",
        "http://",
        "http:///path",
        "http://[::1",
        "http://paper.example:99999/",
        "http://a b/",
    ],
)
def test_an_address_that_is_no_page_of_the_web_is_refused(net: Net, url: str) -> None:
    with pytest.raises((NotUnderstood, FileTrouble)) as refused:
        net.fetch(url)
    assert "secret" not in str(refused.value)
    assert net.connected == []


def test_a_name_is_resolved_once_and_that_address_is_asked(net: Net) -> None:
    """Given a name that becomes private after the first look, the address that was looked at is the one that is asked."""
    net.names["paper.example"] = [[PUBLIC], ["127.0.0.1"]]
    Site.pages["/"] = (200, HTML, b"x")
    assert net.fetch("http://paper.example/").content == b"x"
    assert (net.resolved, net.connected, Site.asked) == (["paper.example"], [PUBLIC], ["paper.example/"])


def test_private_addresses_of_a_name_are_passed_over_and_others_asked(net: Net) -> None:
    net.names["paper.example"] = [["10.0.0.1", "::1", PUBLIC]]
    Site.pages["/"] = (200, HTML, b"x")
    net.fetch("http://paper.example/")
    assert net.connected == [PUBLIC]


@pytest.mark.parametrize(
    "target",
    [
        "http://127.0.0.1/",
        "//127.0.0.1/",
        "http://inner.example/",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "http://other.example:25/",
        "http://a:b@other.example/",
    ],
)
def test_each_redirect_is_checked_as_the_first_address_is(net: Net, target: str) -> None:
    net.names["inner.example"] = [["10.0.0.1"]]
    Site.pages["/"] = (302, {"Location": target}, b"")
    with pytest.raises((NotUnderstood, FileTrouble)):
        net.fetch("http://paper.example/")
    assert net.connected == [PUBLIC]


def test_five_redirects_are_followed_and_no_more(net: Net) -> None:
    for number in range(7):
        Site.pages[f"/{number}"] = (302, {"Location": f"http://other.example/{number + 1}"}, b"")
    Site.pages["/7"] = (200, HTML, b"x")
    assert net.fetch("http://paper.example/2").url == "http://other.example/7"
    with pytest.raises(FileTrouble, match="leads on more than 5 times"):
        net.fetch("http://paper.example/1")


def endless() -> Iterator[bytes]:
    """A body that never ends."""
    while True:
        yield b"<p>" * 20_000


def squeezed(size: int) -> bytes:
    """A small answer that unpacks to a large one."""
    return gzip.compress(bytes(size))


TOO_MUCH: dict[str, tuple[dict[str, str], Callable[[], bytes | Iterator[bytes]]]] = {
    "endless": ({}, endless),
    "a bomb of gzip": ({"Content-Encoding": "gzip"}, lambda: squeezed(200_000_000)),
    "just too long": ({}, lambda: b"x" * (LONGEST_ANSWER + 1)),
    "a packing that was not asked for": ({"Content-Encoding": "br"}, lambda: b"x"),
    "two packings": ({"Content-Encoding": "gzip, gzip"}, lambda: gzip.compress(squeezed(10))),
    "a packing that is none": ({"Content-Encoding": "gzip"}, lambda: b"x" * 100),
    "a packing that breaks off": ({"Content-Encoding": "gzip"}, lambda: squeezed(10_000)[:30]),
    "a picture": ({"Content-Type": "image/svg+xml"}, lambda: b"<svg/>"),
    "a program": ({"Content-Type": "application/octet-stream"}, lambda: b"MZ"),
    "a length that is wrong": ({"Content-Length": "500"}, lambda: b"x"),
}


@pytest.mark.parametrize("case", TOO_MUCH)
def test_an_answer_that_is_too_much_is_refused_while_it_comes(net: Net, case: str) -> None:
    headers, body = TOO_MUCH[case]
    Site.pages["/"] = (200, HTML | headers, body())
    with pytest.raises((NotUnderstood, FileTrouble)):
        net.fetch("http://paper.example/")


def test_an_answer_as_long_as_may_be_is_taken(net: Net) -> None:
    Site.pages["/"] = (200, HTML | {"Content-Encoding": "gzip"}, squeezed(LONGEST_ANSWER))
    assert len(net.fetch("http://paper.example/").content) == LONGEST_ANSWER


@pytest.mark.parametrize("part", ["headers", "body"])
def test_an_answer_that_drips_breaks_off(net: Net, part: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def dripping() -> Iterator[bytes]:
        yield b"" if part == "body" else b"<"
        while not hung_up.wait(0.02):
            yield b"x"

    hung_up = threading.Event()
    monkeypatch.setattr(fetching, "PATIENCE", 0.3)
    Site.pages["/"] = (200, HTML, dripping())
    if part == "headers":
        monkeypatch.setattr(Site, "end_headers", lambda _: None)
    with pytest.raises(FileTrouble):
        net.fetch("http://paper.example/")
    hung_up.set()


def test_a_page_that_is_too_long_for_the_parser_never_reaches_it() -> None:
    with pytest.raises(NotUnderstood, match="longer than"):
        page(b"<b>" * LONGEST_PAGE, "a.html")


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize(
    "content",
    [
        b"<div>" * 60_000,
        b"<a " + b"x=y " * 100_000 + b">",
        b"<!DOCTYPE a [<!ENTITY a 'aaaaaaaaaa'>" + b"".join(b"<!ENTITY a%d '&a;&a;&a;'>" % at for at in range(30)) + b"]><p>&a9;</p>",
        b"<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><article><p>&x;</p></article>",
        b"\x00" * 100_000,
        bytes(range(256)) * 500,
    ],
    ids=["nested", "attributes", "entities", "a file by an entity", "zeros", "all bytes"],
)
def test_a_page_that_is_made_to_break_the_parser_is_refused_in_words(content: bytes) -> None:
    try:
        found, _ = page(content, "a.html")
    except ClaimsError:
        return
    assert "root:" not in str(found)


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize(
    "told", ["javascript:alert(1)", "https://bank.example/story", "http://paper.example.evil.example/", "file:///etc/passwd"]
)
def test_a_page_does_not_say_where_it_came_from(told: str) -> None:
    content = ARTICLE.format(head=f'<link rel="canonical" href="{told}">', body=SENTENCE * 4).encode()
    assert page(content, "http://paper.example/a")[0].url == "http://paper.example/a"


@pytest.mark.filterwarnings("ignore")
def test_words_of_a_script_are_no_words_of_the_article() -> None:
    content = ARTICLE.format(head="", body=f"{SENTENCE * 4}<script>document.write('900 people')</script><!-- 800 people -->").encode()
    assert "900" not in (page(content, "a.html")[0].text or "")
    assert "800" not in (page(content, "a.html")[0].text or "")


@pytest.mark.filterwarnings("ignore")
def test_ones_own_network_is_read_when_that_is_asked_for(site: HTTPServer, tmp_path: Path) -> None:
    Site.pages["/a"] = (200, HTML, ARTICLE.format(head="", body=SENTENCE * 4).encode())
    url, database = f"http://127.0.0.1:{site.server_port}/a", str(tmp_path / "a.db")
    called("--db", database, "init", folder=tmp_path)
    refused = called("--db", database, "ingest", url, "--published", "2024-10-29", folder=tmp_path)
    assert (refused.code, Site.asked) == (3, [])
    assert "only 80 and 443 are asked" in refused.stderr
    assert called("--db", database, "ingest", url, "--published", "2024-10-29", "--allow-private", folder=tmp_path).code == 0


def test_a_local_address_may_be_asked_where_that_is_allowed(site: HTTPServer) -> None:
    Site.pages["/"] = (200, {"Content-Type": "text/plain; charset=windows-1256"}, "قال".encode("cp1256"))
    found = fetch(f"http://127.0.0.1:{site.server_port}/", Reach.ANY)
    assert (found.kind, found.charset) == ("text/plain", "windows-1256")
