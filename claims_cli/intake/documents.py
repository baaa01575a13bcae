"""Documents: a text file with particulars in front of it, and quotes found in its text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from claims_cli.core.claim import Quote, Source
from claims_cli.core.errors import NotUnderstood
from claims_cli.core.when import parse_when
from claims_cli.intake.encodings import bytes_apart, decoded
from claims_cli.intake.files import opened_bytes

if TYPE_CHECKING:
    from pathlib import Path

CONTEXT = 32  # code points on either side of a quote, as the Web Annotation model suggests for telling equal quotes apart
FENCE = "---"
PAGES = frozenset({".html", ".htm"})
PARTICULARS = {"title": "title", "publisher": "publisher", "url": "url", "language": "language", "published": "published_on"}
KEY_AND_VALUE = re.compile(r"(?P<key>[A-Za-z_]+)\s*:\s*(?P<value>.*)")


class Document(NamedTuple):
    """A source with its text, and what a person should know of how it was read."""

    source: Source
    notices: tuple[str, ...] = ()


def read_document(path: Path, encoding: str | None = None) -> Document:
    """The source that a file holds, or standard input for ``-``: a web page, or a text with particulars between ``---`` lines before it.

    The text is kept as it is; that of a web page is its article. ``encoding`` is ``None`` to tell it by the bytes. Raises NotFound,
    FileTrouble, or NotUnderstood for a file that is no text or has a line of particulars that means nothing.
    """
    with opened_bytes(path) as file:
        content = file.read()
    if path.suffix.lower() in PAGES:
        from claims_cli.intake.web import page

        source, notice = page(content, str(path), encoding)
        return Document(with_text(source, str(path)), () if notice is None else (notice,))
    read = decoded(content, str(path), encoding)
    particulars, body = split_front_matter(read.text, str(path))
    published = particulars.pop("published_on", None)
    source = Source(
        **particulars,
        published_on=None if published is None else parse_when(published),
        text=body,
        encoding=read.encoding,
        original=bytes_apart(content, body),
    )
    return Document(with_text(source, str(path)), () if read.notice is None else (read.notice,))


def with_text(source: Source, name: str) -> Source:
    """The source, when it has any text. Raises NotUnderstood otherwise."""
    if not (source.text or "").strip():
        raise NotUnderstood(f"{name} holds no text", fix="leave it out")
    return source


def split_front_matter(text: str, name: str) -> tuple[dict[str, str], str]:
    """Particulars and text; no particulars when the file does not begin with ``---``."""
    lines = text.splitlines(keepends=True)
    if not lines or lines[0].strip() != FENCE:
        return {}, text
    end = next((number for number, line in enumerate(lines[1:], start=1) if line.strip() == FENCE), None)
    if end is None:
        raise NotUnderstood("the particulars have no end", where=f"{name}:1", fix=f"close them with a line {FENCE}")
    particulars: dict[str, str] = {}
    for number, line in enumerate(lines[1:end], start=2):
        if not line.strip():
            continue
        match = KEY_AND_VALUE.fullmatch(line.strip())
        key = match and PARTICULARS.get(match["key"].lower())
        if not match or not key:
            fix = f"known particulars: {', '.join(PARTICULARS)}"
            raise NotUnderstood(f"{line.strip()!r} is not a particular of a document", where=f"{name}:{number}", fix=fix)
        if match["value"].strip():
            particulars[key] = match["value"].strip().strip("\"'")
    return particulars, "".join(lines[end + 1 :]).lstrip("\n")


def find_quote(quote: str, text: str) -> Quote:
    """A quote with its place in a text. Raises NotUnderstood unless it stands there exactly once."""
    count = text.count(quote)
    if count == 0:
        raise NotUnderstood("the quote does not stand in the document", fix="copy it letter by letter, marks and signs too")
    if count > 1:
        raise NotUnderstood(f"the quote stands {count} times in the document", fix="take in more words until it stands once")
    start = text.index(quote)
    end = start + len(quote)
    return Quote(quote, text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT], start, end)
