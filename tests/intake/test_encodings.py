"""Encodings: what can be told is told, what is guessed is said, what is no text is refused."""

from __future__ import annotations

import pytest

from claims_cli.core.errors import NotUnderstood, UsageError
from claims_cli.intake.encodings import decoded

ARABIC = "قالت الوزارة إن نحو 12 ألف جندي وصلوا إلى المدينة أمس، وإن عددهم سيرتفع قريبا. ولم يتسن التحقق من العدد من مصدر مستقل.\n" * 4


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1256", "iso8859_6"])
def test_arabic_is_read_in_every_encoding_that_newsrooms_have(encoding: str) -> None:
    text = ARABIC if encoding != "iso8859_6" else ARABIC.replace("\u0640", "")
    found = decoded(text.encode(encoding), "a.txt")
    assert found.text == text
    assert (found.notice is None) == encoding.startswith("utf")


def test_what_was_guessed_is_said() -> None:
    assert decoded(ARABIC.encode("cp1256"), "a.txt").notice == "not UTF-8: read as cp1256; give --encoding if it looks wrong"


def test_an_encoding_that_is_given_is_taken() -> None:
    assert decoded("é".encode("latin-1"), "a.txt", "latin-1").text == "é"
    with pytest.raises(NotUnderstood, match=r"a\.txt: byte 0: not ascii"):
        decoded("é".encode(), "a.txt", "ascii")
    with pytest.raises(UsageError, match="there is no encoding 'klingon'"):
        decoded(b"x", "a.txt", "klingon")


def test_a_nul_is_replaced_and_said() -> None:
    found = decoded(b"a\x00b", "a.txt")
    assert (found.text, found.notice) == ("a\ufffdb", "1 NUL replaced by U+FFFD")


@pytest.mark.parametrize(("beginning", "what"), [(b"%PDF-1.7\n", "a PDF"), (b"PK\x03\x04", "an office document"), (b"{\\rtf1 ", "RTF")])
def test_documents_that_hold_a_text_but_are_none_are_refused_by_what_they_are(beginning: bytes, what: str) -> None:
    with pytest.raises(NotUnderstood, match=what):
        decoded(beginning + b"500 people came.", "a", "utf-8")


def test_bytes_that_are_no_text_are_refused() -> None:
    with pytest.raises(NotUnderstood, match=r"a\.txt: byte \d+: neither UTF-8 nor another encoding"):
        decoded(bytes(range(128, 256)) * 3, "a.txt")
