"""Text out of bytes: which encoding they are in, told rather than guessed where that can be, and said where it cannot."""

from __future__ import annotations

import re
from codecs import lookup
from dataclasses import dataclass

from claims_cli.core.errors import NotUnderstood, UsageError

BYTE_ORDER_MARKS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
# What Arabic and western newsrooms' files are in when they are not in UTF-8.
LEGACY = ["cp1256", "iso8859_6", "utf_16_le", "utf_16_be", "cp1252", "mac_arabic"]
# How files begin that hold text, but are none.
NO_TEXT = {
    b"%PDF-": ("a PDF", "take its text out first, for example with: pdftotext FILE.pdf"),
    b"PK\x03\x04": ("an archive or an office document", "save it as plain text or as a web page"),
    b"{\\rtf": ("a document in RTF", "save it as plain text or as a web page"),
}
REPLACEMENT = "\ufffd"
# PostgreSQL keeps no NUL, and no database half a character, which a few encodings can write.
UNKEPT = {"NUL": re.compile("\x00"), "half characters": re.compile("[\ud800-\udfff]")}
SEEN = 32_000  # characters that are looked at for zeros
FEWEST_ZEROS = 0.05  # a NUL in each ten characters: Arabic text in UTF-16 has one in six
LEAST_SURE = 0.2  # of charset-normalizer's measure of disorder; above it nothing is taken


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text with the encoding that it was in, by Python's name for it.

    ``notice`` is what a person should know of it; ``None``: nothing is doubtful.
    """

    text: str
    encoding: str
    notice: str | None = None


def bytes_apart(data: bytes, text: str) -> bytes | None:
    """The bytes of a document where they tell more than the text kept of it; ``None`` where they are just the text in UTF-8."""
    return None if data == text.encode("utf-8") else data


def decoded(data: bytes, name: str, encoding: str | None = None) -> Decoded:
    """The text of some bytes: in the encoding given, by a byte order mark, in strict UTF-8, else in the likeliest legacy encoding.

    A byte order mark is left out; a NUL becomes U+FFFD. Raises NotUnderstood, with ``name``, when the bytes are no text in it, and
    UsageError for an encoding that does not exist.
    """
    for beginning, (what, fix) in NO_TEXT.items():
        if data.startswith(beginning):
            raise NotUnderstood(f"{name} is {what}, not a text", fix=fix)
    if encoding is not None:
        return without_nul(text_in(data, encoding, name), encoding, None)
    for mark, marked in BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return without_nul(text_in(data[len(mark) :], marked, name), marked, None)
    wide = wide_without_mark(data)
    if wide is not None:
        return without_nul(text_in(data, wide, name), wide, f"no byte order mark: read as {wide}; give --encoding if it looks wrong")
    try:
        return without_nul(data.decode("utf-8"), "utf-8", None)
    except UnicodeDecodeError as error:
        place = error.start
    from charset_normalizer import from_bytes

    best = from_bytes(data, cp_isolation=LEGACY).best()
    if best is None or best.chaos > LEAST_SURE:
        raise NotUnderstood(
            "neither UTF-8 nor another encoding that is known", where=f"{name}: byte {place}", fix="name it with --encoding"
        )
    found = lookup(best.encoding).name
    return without_nul(str(best), found, f"not UTF-8: read as {found}; give --encoding if it looks wrong")


def marked(data: bytes) -> bool:
    """Whether bytes begin with a byte order mark."""
    return any(data.startswith(mark) for mark, _ in BYTE_ORDER_MARKS)


def in_unicode(data: bytes) -> bool:
    """Whether bytes tell by themselves that they are in UTF-8 or UTF-16: by a mark, or because nothing else looks like UTF-8."""
    if marked(data):
        return True
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def wide_without_mark(data: bytes) -> str | None:
    """The kind of UTF-16 that bytes are in though no mark says so; ``None`` when they are in none.

    Blanks, digits and signs have a zero in them, always on the same side; as UTF-8 such a text would be read without a complaint.
    """
    head = data[: 2 * SEEN]
    if len(data) % 2 or head.count(0) < len(head) * FEWEST_ZEROS:
        return None
    sides = {"utf-16-be": head[::2].count(0), "utf-16-le": head[1::2].count(0)}
    found = max(sides, key=lambda side: sides[side])
    return found if min(sides.values()) == 0 else None


def text_in(data: bytes, encoding: str, name: str) -> str:
    """The text of bytes in an encoding."""
    try:
        return data.decode(encoding)
    except LookupError:
        raise UsageError(f"there is no encoding {encoding!r}", fix="write for example utf-8, cp1256, iso-8859-6") from None
    except UnicodeError as error:
        where = f"{name}: byte {error.start}" if isinstance(error, UnicodeDecodeError) else name
        raise NotUnderstood(f"not {encoding}", where=where, fix="name another with --encoding") from None


def without_nul(text: str, encoding: str, notice: str | None) -> Decoded:
    """The text with each NUL and each half of a character replaced, and a word about it."""
    told = [] if notice is None else [notice]
    for what, unkept in UNKEPT.items():
        text, count = unkept.subn(REPLACEMENT, text)
        if count:
            told.append(f"{count} {what} replaced by U+FFFD")
    return Decoded(text, lookup(encoding).name, "; ".join(told) or None)
