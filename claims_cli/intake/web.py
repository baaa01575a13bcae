"""Web pages, fetched or saved, brought down to the article that they hold. What this needs comes with the extra ``web``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from claims_cli.core.claim import Source
from claims_cli.core.errors import FileTrouble, NotUnderstood
from claims_cli.core.when import parse_when
from claims_cli.intake.encodings import decoded

if TYPE_CHECKING:
    from types import ModuleType

LONGEST_PAGE = 2_000_000  # bytes: the extractor takes seconds for a few megabytes of tiny tags
SCHEMES = ("http://", "https://")


def is_address(word: str) -> bool:
    """Whether a word names a web page rather than a file."""
    return word.lower().startswith(SCHEMES)


def fetched(url: str, *, private: bool = False) -> tuple[Source, str | None]:
    """The article at an address, and what a person should know of how it was read; ``private``: on one's own network too.

    Raises NotFound, FileTrouble for an address that does not answer, NotUnderstood for what is not to be asked or is no article.
    """
    fetching = needed("claims_cli.intake.fetching")
    answer = fetching.fetch(url, fetching.Reach.ANY if private else fetching.Reach.PUBLIC)
    if answer.kind == "text/plain":
        read = decoded(answer.content, url, answer.charset)
        return Source(publisher=urlsplit(answer.url).hostname, url=answer.url, text=read.text), read.notice
    content, notice = in_utf8(answer.content, answer.charset)
    return page(content, answer.url), notice


def in_utf8(content: bytes, charset: str | None) -> tuple[bytes, str | None]:
    """A page in UTF-8, from the encoding that it was said to be in; as it is where none was said. With a word when that was wrong."""
    if charset is None:
        return content, None
    try:
        return content.decode(charset).encode(), None
    except (LookupError, UnicodeError):
        return content, f"not {charset}, as it was said to be: read as the page itself tells"


def page(content: bytes, name: str) -> Source:
    """The article of a page with what the page tells of itself: title, publisher, date. Raises NotUnderstood when it holds no article."""
    trafilatura = needed("trafilatura")
    url = name if is_address(name) else None
    if len(content) > LONGEST_PAGE:
        raise NotUnderstood(f"{name} is longer than {LONGEST_PAGE:,} bytes", fix="save the article as a text file")
    try:
        found: Any = trafilatura.bare_extraction(content, url=url, with_metadata=True, include_comments=False, favor_precision=True)
    except RecursionError:
        raise NotUnderstood(f"{name} is too deeply nested", fix="save the article as a text file") from None
    if found is None or not found.text:
        raise NotUnderstood(f"no article was found in {name}", fix="save its text in a .txt file, with particulars in front")
    return Source(
        publisher=found.sitename or found.hostname,
        title=found.title,
        url=address_kept(found.url, url),
        published_on=None if found.date is None else parse_when(found.date),
        text=found.text,
    )


def address_kept(told: str | None, asked: str | None) -> str | None:
    """The address of a page: as the page tells it, when that is one of the same site; else where it came from.

    A page may tell anything: a script, or the address of a paper that it imitates.
    """
    if told is None or not is_address(told):
        return asked
    return told if asked is None or urlsplit(told).netloc.lower() == urlsplit(asked).netloc.lower() else asked


def needed(module: str) -> ModuleType:
    """A library of the extra, or what stands on it. Raises FileTrouble when it is not there."""
    from importlib import import_module

    try:
        return import_module(module)
    except ImportError:
        raise FileTrouble("web pages need more libraries", fix="pip install 'claims-cli[web]'") from None
