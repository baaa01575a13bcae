"""Web pages, fetched or saved, brought down to the article that they hold. What this needs comes with the extra ``web``."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from claims_cli.core.claim import Source
from claims_cli.core.errors import FileTrouble, NotUnderstood, UsageError
from claims_cli.core.when import parse_when
from claims_cli.intake.encodings import Decoded, bytes_apart, decoded, in_unicode, marked

if TYPE_CHECKING:
    from types import ModuleType

LONGEST_PAGE = 2_000_000  # bytes: the extractor takes seconds for a few megabytes of tiny tags
SCHEMES = ("http://", "https://")
HEAD = 4096  # bytes of a page in which it may say its encoding; browsers look at the first 1024
SAID = re.compile(rb"(?i)<meta\b[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]+)")


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
        host, original = urlsplit(answer.url).hostname, bytes_apart(answer.content, read.text)
        return Source(publisher=host, url=answer.url, text=read.text, encoding=read.encoding, original=original), read.notice
    return page(answer.content, answer.url, charset=answer.charset)


def letters(content: bytes, name: str, encoding: str | None, charset: str | None) -> Decoded:
    """A page decoded: in the encoding given, else by a byte order mark, as the server said, in UTF-8, as the page says, or as texts are.

    Raises what ``decoded`` raises for the encoding given; without one every page is read, and what is doubtful about it is told.
    """
    if encoding is not None:
        return decoded(content, name, encoding)
    said = None if in_unicode(content) else SAID.search(content[:HEAD])
    wrong = []
    for told in (None if marked(content) else charset, None if said is None else said[1].decode("ascii", "replace")):
        if told is None:
            continue
        try:
            read = decoded(content, name, told)
            break
        except (NotUnderstood, UsageError):
            wrong.append(told)
    else:
        read = unsaid(content, name)
    doubts = [f"not {' or '.join(wrong)}, as it was said to be: read as {read.encoding}"] if wrong else []
    return replace(read, notice="; ".join([*doubts, *filter(None, [read.notice])]) or None)


def unsaid(content: bytes, name: str) -> Decoded:
    """A page of which nothing true is said: decoded as texts are; in UTF-8 with U+FFFD in the gaps where it is in nothing that is known."""
    try:
        return decoded(content, name)
    except NotUnderstood:
        text = content.decode("utf-8", "replace").replace("\0", "\ufffd")
        return Decoded(text, "utf-8", "what is no UTF-8 in it is replaced by U+FFFD")


def page(content: bytes, name: str, encoding: str | None = None, charset: str | None = None) -> tuple[Source, str | None]:
    """The article of a page with what it tells of itself (title, publisher, date), and what a person should know of how it was read.

    ``encoding`` is the one given, ``charset`` the one that the server said. Raises NotUnderstood when it holds no article.
    """
    trafilatura = needed("trafilatura")
    url = name if is_address(name) else None
    if len(content) > LONGEST_PAGE:
        raise NotUnderstood(f"{name} is longer than {LONGEST_PAGE:,} bytes", fix="save the article as a text file")
    read = letters(content, name, encoding, charset)
    try:
        found: Any = trafilatura.bare_extraction(read.text, url=url, with_metadata=True, include_comments=False, favor_precision=True)
    except RecursionError:
        raise NotUnderstood(f"{name} is too deeply nested", fix="save the article as a text file") from None
    if found is None or not found.text:
        raise NotUnderstood(f"no article was found in {name}", fix="save its text in a .txt file, with particulars in front")
    source = Source(
        publisher=found.sitename or found.hostname,
        title=found.title,
        url=address_kept(found.url, url),
        published_on=None if found.date is None else parse_when(found.date),
        text=found.text,
        encoding=read.encoding,
        original=bytes_apart(content, found.text),
    )
    return source, read.notice


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
