"""Text out of bytes: which encoding they are in, told rather than guessed where that can be, and said where it cannot."""

from __future__ import annotations

from dataclasses import dataclass

from claims_cli.core.errors import NotUnderstood, UsageError

BYTE_ORDER_MARKS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
# What Arabic and western newsrooms' files are in when they are not in UTF-8.
LEGACY = ["cp1256", "iso8859_6", "utf_16_le", "utf_16_be", "cp1252", "mac_arabic"]
REPLACEMENT = "\ufffd"  # PostgreSQL keeps no NUL
LEAST_SURE = 0.2  # of charset-normalizer's measure of disorder; above it nothing is taken


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text with the encoding that it was in. ``notice`` is what a person should know of it; ``None``: nothing is doubtful."""

    text: str
    encoding: str
    notice: str | None = None


def decoded(data: bytes, name: str, encoding: str | None = None) -> Decoded:
    """The text of some bytes: in the encoding given, by a byte order mark, in strict UTF-8, else in the likeliest legacy encoding.

    A byte order mark is left out; a NUL becomes U+FFFD. Raises NotUnderstood, with ``name``, when the bytes are no text in it, and
    UsageError for an encoding that does not exist.
    """
    if encoding is not None:
        return without_nul(text_in(data, encoding, name), encoding, None)
    for mark, marked in BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return without_nul(text_in(data[len(mark) :], marked, name), marked, None)
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
    return without_nul(str(best), best.encoding, f"not UTF-8: read as {best.encoding}; give --encoding if it looks wrong")


def text_in(data: bytes, encoding: str, name: str) -> str:
    """The text of bytes in an encoding."""
    try:
        return data.decode(encoding)
    except LookupError:
        raise UsageError(f"there is no encoding {encoding!r}", fix="write for example utf-8, cp1256, iso-8859-6") from None
    except UnicodeDecodeError as error:
        raise NotUnderstood(f"not {encoding}", where=f"{name}: byte {error.start}", fix="name another with --encoding") from None


def without_nul(text: str, encoding: str, notice: str | None) -> Decoded:
    """The text with each NUL replaced, and a word about it."""
    if "\x00" not in text:
        return Decoded(text, encoding, notice)
    told = f"{text.count(chr(0))} NUL replaced by U+FFFD"
    return Decoded(text.replace("\x00", REPLACEMENT), encoding, told if notice is None else f"{notice}; {told}")
