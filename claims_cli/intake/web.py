"""Web pages: fetched with limits, and brought down to the article that they hold. What this needs comes with the extra ``web``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from claims_cli.core.claim import Source
from claims_cli.core.errors import FileTrouble, NotFound, NotUnderstood
from claims_cli.core.when import parse_when

if TYPE_CHECKING:
    from types import ModuleType

LONGEST_PAGE = 8_000_000  # bytes: the extractor takes seconds for a few megabytes of tiny tags
PATIENCE = 20.0  # seconds for a connection, and for each piece of an answer
SCHEMES = ("http://", "https://")
TEXTS = ("text/html", "application/xhtml+xml", "text/plain")
GONE = frozenset({404, 410})


def is_address(word: str) -> bool:
    """Whether a word names a web page rather than a file."""
    return word.lower().startswith(SCHEMES)


def fetched(url: str) -> Source:
    """The article at an address. Raises NotFound, FileTrouble for an address that does not answer, NotUnderstood for what is no article."""
    httpx2 = needed("httpx2")
    try:
        with httpx2.stream("GET", url, follow_redirects=True, timeout=PATIENCE) as answer:
            if answer.status_code in GONE:
                raise NotFound(f"there is no page {url}")
            if answer.is_error:
                raise FileTrouble(f"{url} answers {answer.status_code}", fix="save the page as a file and ingest that")
            kind = answer.headers.get("content-type", "text/html").split(";")[0].strip().lower()
            if kind not in TEXTS:
                raise NotUnderstood(f"{url} is {kind}, not a page of text")
            content = bytearray()
            for piece in answer.iter_bytes():
                content += piece
                if len(content) > LONGEST_PAGE:
                    raise NotUnderstood(f"{url} is longer than {LONGEST_PAGE:,} bytes", fix="save the article as a text file")
            return page(bytes(content), str(answer.url))
    except (httpx2.HTTPError, httpx2.InvalidURL) as error:
        raise FileTrouble(f"cannot fetch {url}: {error or type(error).__name__}") from None


def page(content: bytes, name: str) -> Source:
    """The article of a page with what the page tells of itself: title, publisher, date. Raises NotUnderstood when it holds no article."""
    trafilatura = needed("trafilatura")
    url = name if is_address(name) else None
    if len(content) > LONGEST_PAGE:
        raise NotUnderstood(f"{name} is longer than {LONGEST_PAGE:,} bytes", fix="save the article as a text file")
    found: Any = trafilatura.bare_extraction(content, url=url, with_metadata=True, include_comments=False, favor_precision=True)
    if found is None or not found.text:
        raise NotUnderstood(f"no article was found in {name}", fix="save its text in a .txt file, with particulars in front")
    return Source(
        publisher=found.sitename or found.hostname,
        title=found.title,
        url=found.url or url,
        published_on=None if found.date is None else parse_when(found.date),
        text=found.text,
    )


def needed(module: str) -> ModuleType:
    """A library of the extra. Raises FileTrouble when it is not there."""
    from importlib import import_module

    try:
        return import_module(module)
    except ImportError:
        raise FileTrouble("web pages need more libraries", fix="pip install 'claims-cli[web]'") from None
