"""Fetching what an address names, whoever named it: from public addresses only, bounded in size and time.

The libraries that this needs come with the extra ``web``; importing the module without them raises ImportError.
"""

from __future__ import annotations

import re
import socket
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from ipaddress import IPv4Address, ip_address, ip_network
from time import monotonic
from typing import TYPE_CHECKING, Any

import httpcore2
import httpx2

from claims_cli.core.errors import FileTrouble, NotFound, NotUnderstood

if TYPE_CHECKING:
    import ssl

LONGEST_ANSWER = 5_000_000  # bytes, unpacked
PATIENCE = 20.0  # seconds for a page with all that leads to it
MOST_REDIRECTS = 5
PORTS = {"http": 80, "https": 443}
GONE = frozenset({404, 410})
REDIRECTS = frozenset({301, 302, 303, 307, 308})
HEADERS = [("Accept", "text/html, application/xhtml+xml, text/plain"), ("Accept-Encoding", "gzip"), ("User-Agent", "claims")]
TEXTS = frozenset({"text/html", "application/xhtml+xml", "text/plain"})
CHARSET = re.compile(r"(?i)charset\s*=\s*[\"']?([\w.:-]+)")
GZIP = 16 + zlib.MAX_WBITS  # as zlib is told to read gzip and nothing else

# What is not the public network (IANA's registries of special addresses, read in 2025), and what leads from it to other addresses:
# ipaddress calls the relays of 6to4 and some others global.
PRIVATE = tuple(
    ip_network(network)
    for network in (
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24",
        "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
        "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20",
    )
)  # fmt: skip
# All of IPv6 that is given out; NAT64, mapped and compatible forms, link-local, unique local and multicast lie outside.
GIVEN_OUT = ip_network("2000::/3")

Resolve = Callable[[str, int], Sequence[str]]


class Reach(StrEnum):
    """Which addresses may be asked."""

    PUBLIC = "public"
    ANY = "any"


@dataclass(frozen=True, slots=True)
class Answer:
    """What an address gave: its bytes, unpacked, their media type and encoding as told (``None``: not told), and where it came from."""

    content: bytes
    kind: str
    charset: str | None
    url: str


class Deadline:
    """The end of the time that there is for a page."""

    def __init__(self, seconds: float) -> None:
        self.end = monotonic() + seconds

    @property
    def left(self) -> float:
        """Seconds that are left. Raises ReadTimeout when none are."""
        left = self.end - monotonic()
        if left <= 0:
            raise httpcore2.ReadTimeout("it takes too long")
        return left


class Line(httpcore2.NetworkStream):
    """A connection that breaks off at the deadline, however slowly the other end sends."""

    def __init__(self, stream: httpcore2.NetworkStream, deadline: Deadline) -> None:
        self.stream = stream
        self.deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Bytes that have come."""
        del timeout
        return self.stream.read(max_bytes, self.deadline.left)

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Send bytes."""
        del timeout
        self.stream.write(buffer, self.deadline.left)

    def close(self) -> None:
        """End the connection."""
        self.stream.close()

    def start_tls(self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None) -> Line:
        """The same connection, encrypted; the certificate must be for the name that was asked for."""
        del timeout
        return Line(self.stream.start_tls(ssl_context, server_hostname, self.deadline.left), self.deadline)

    def get_extra_info(self, info: str) -> Any:  # noqa: ANN401  the interface of the library
        """What is known of the connection."""
        return self.stream.get_extra_info(info)


class Gate(httpcore2.NetworkBackend):
    """Connects to the addresses that a name has, resolved once, and to none that is not allowed."""

    def __init__(self, reach: Reach, resolve: Resolve, deadline: Deadline) -> None:
        self.reach = reach
        self.resolve = resolve
        self.deadline = deadline
        self.sockets = httpcore2.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> Line:
        """A connection to the first address that answers. Raises NotUnderstood when none is public, ConnectError when none answers."""
        del timeout
        refused: Exception = httpcore2.ConnectError("it has no address")
        for address in self.allowed(host, port):
            try:
                return Line(self.sockets.connect_tcp(address, port, self.deadline.left, local_address, socket_options), self.deadline)
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout) as error:
                refused = error
        raise refused

    def allowed(self, host: str, port: int) -> Iterator[str]:
        """The addresses of a name that may be asked. Raises NotUnderstood when it has others only."""
        try:
            found = self.resolve(host, port)
        except (OSError, UnicodeError):
            raise httpcore2.ConnectError("no such host is known") from None
        kept = [address for address in found if self.reach is Reach.ANY or is_public(address)]
        if found and not kept:
            what = host if host == found[0] else f"{host}, which is {found[0]},"
            raise NotUnderstood(f"{what} is not a public address", fix="give --allow-private to read from your own machine or network")
        yield from kept


def is_public(address: str) -> bool:
    """Whether an address belongs to the public network and leads nowhere else."""
    try:
        found = ip_address(address)
    except ValueError:
        return False
    if any(found in network for network in PRIVATE if network.version == found.version):
        return False
    return isinstance(found, IPv4Address) or (found in GIVEN_OUT and found.scope_id is None)


def resolved(host: str, port: int) -> list[str]:
    """The addresses of a name, as the system tells them."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(one[4][0]) for one in found))


def fetch(url: str, reach: Reach = Reach.PUBLIC, resolve: Resolve = resolved) -> Answer:
    """What an address gives, after at most five redirects, each checked as the first one is.

    Raises NotUnderstood for an address that is not to be asked and for an answer that is no text or too long; NotFound; FileTrouble.
    """
    deadline = Deadline(PATIENCE)
    asked = url
    for _ in range(MOST_REDIRECTS + 1):
        target = checked(asked, reach)
        try:
            with httpcore2.ConnectionPool(network_backend=Gate(reach, resolve, deadline)) as pool:
                where = httpcore2.URL(scheme=target.raw_scheme, host=target.raw_host, port=target.port, target=target.raw_path)
                with pool.stream("GET", where, headers=HEADERS) as response:
                    if response.status not in REDIRECTS:
                        return answer_of(response, asked)
                    asked = str(target.join(header(response, "location")))
        except (httpcore2.NetworkError, httpcore2.TimeoutException, httpcore2.ProtocolError, httpx2.InvalidURL) as error:
            raise FileTrouble(
                f"cannot fetch {asked}: {str(error) or type(error).__name__}", fix="save the page as a file and ingest that"
            ) from None
    raise FileTrouble(f"{url} leads on more than {MOST_REDIRECTS} times", fix="give the address where it ends")


def checked(url: str, reach: Reach) -> httpx2.URL:
    """An address that may be asked. Raises NotUnderstood for another scheme or port, and for one with a name or password in it."""
    try:
        found = httpx2.URL(url)
    except httpx2.InvalidURL as error:
        raise NotUnderstood(f"{url} is not an address: {error}") from None
    if found.scheme not in PORTS or not found.host:
        raise NotUnderstood(f"{url} is not an address of the web", fix="give one that begins with https:// or http://")
    if found.userinfo:
        raise NotUnderstood(
            f"{found.host}: an address with a name or password in it is not fetched", fix="leave out what stands before the @"
        )
    if found.port not in {None, *PORTS.values()} and reach is Reach.PUBLIC:
        raise NotUnderstood(f"{url} names port {found.port}: only {' and '.join(map(str, PORTS.values()))} are asked", fix="leave it out")
    return found


def header(response: httpcore2.Response, name: str) -> str:
    """A header of an answer, empty when there is none."""
    return next((value.decode("latin-1") for key, value in response.headers if key.lower() == name.encode()), "")


def answer_of(response: httpcore2.Response, url: str) -> Answer:
    """The text that came. Raises NotFound, FileTrouble for another status, NotUnderstood for what is no text."""
    if response.status in GONE:
        raise NotFound(f"there is no page {url}")
    if response.status != 200:  # noqa: PLR2004  the one status with a page
        raise FileTrouble(f"{url} answers {response.status}", fix="save the page as a file and ingest that")
    told = header(response, "content-type") or "text/html"
    kind = told.split(";")[0].strip().lower()
    if kind not in TEXTS:
        raise NotUnderstood(f"{url} is {kind}, not a page of text")
    charset = CHARSET.search(told)
    return Answer(content_of(response, url), kind, None if charset is None else charset[1], url)


def content_of(response: httpcore2.Response, url: str) -> bytes:
    """The bytes of an answer, unpacked as they come, so that a small bomb never becomes a large text."""
    coding = header(response, "content-encoding").strip().lower() or "identity"
    if coding not in {"identity", "gzip", "x-gzip"}:
        raise NotUnderstood(f"{url} is packed as {coding}, which was not asked for", fix="save the page as a file and ingest that")
    unpacker = None if coding == "identity" else zlib.decompressobj(GZIP)
    content = bytearray()
    try:
        for piece in response.iter_stream():
            content += piece if unpacker is None else unpacker.decompress(piece, LONGEST_ANSWER + 1 - len(content))
            if len(content) > LONGEST_ANSWER:
                raise NotUnderstood(f"{url} is longer than {LONGEST_ANSWER:,} bytes", fix="save the article as a text file")
    except zlib.error:
        raise FileTrouble(f"{url} is not packed as it says", fix="save the page as a file and ingest that") from None
    if unpacker is not None and (content and not unpacker.eof):
        raise FileTrouble(f"{url} breaks off", fix="try again")
    return bytes(content)
