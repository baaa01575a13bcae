"""Documents: particulars in front of a text that is kept to the letter, and quotes that stand in it exactly once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from claims_cli.core.errors import NotFound, NotUnderstood
from claims_cli.intake.documents import CONTEXT, find_quote, read_document

if TYPE_CHECKING:
    from pathlib import Path

# What evidence may hold and a careless program loses: joined marks, direction, stretching, hard spaces, letters outside the BMP.
TEXTS = st.text(st.sampled_from("ab \n\t،ـًّ\u200f\u200e\u2066\u2069\u00a0\ufeffقولé\U0001f600\r"), min_size=1, max_size=60)


@given(text=TEXTS, data=st.data())
def test_a_quote_is_the_text_at_its_place(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    words = text[start:end]
    assume(text.count(words) == 1 and text.index(words) == start)
    quote = find_quote(words, text)
    assert (quote.start, quote.end, quote.exact) == (start, end, words)
    assert quote.prefix == text[max(0, start - CONTEXT) : start]
    assert quote.suffix == text[end : end + CONTEXT]


@pytest.mark.parametrize(
    ("words", "said"),
    [("ten", "does not stand"), ("one", "stands 2 times"), ("One", "does not stand"), ("قُوات", "does not stand")],
)
def test_a_quote_that_does_not_stand_once_is_refused(words: str, said: str) -> None:
    with pytest.raises(NotUnderstood, match=said):
        find_quote(words, "one and one are two: قوات")


def test_a_document_tells_its_source_and_keeps_its_text(tmp_path: Path) -> None:
    body = "  First line.\r\n\r\nقـال\u200f البنتاغون…\u00a0\n"
    path = tmp_path / "a.md"
    path.write_bytes(
        (
            '\ufeff---\ntitle: "A title: with a colon"\nPublisher:  الجزيرة \nurl:\npublished: 2024-10-29\n\nlanguage: ar\n---\n' + body
        ).encode()
    )
    source = read_document(path).source
    assert source.title == "A title: with a colon"
    assert source.publisher == "الجزيرة"
    assert source.url is None
    assert source.published_on is not None
    assert source.published_on.text == "2024-10-29"
    assert source.language == "ar"
    assert source.text == body
    assert (source.encoding, source.original) == ("utf-8", path.read_bytes())


def test_a_text_without_particulars_is_all_text(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"no fence\n---\nhere")
    source = read_document(path).source
    assert source.text == "no fence\n---\nhere"
    assert (source.encoding, source.original) == ("utf-8", None)
    assert (source.title, source.publisher, source.published_on) == (None, None, None)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"---\ntitle: x\n", r"a\.md:1: the particulars have no end"),
        (b"---\ntitle: x\nauthor: y\n---\n", r"a\.md:3: 'author: y' is not a particular"),
        (b" \n\n", r"a\.md holds no text"),
        (b"---\ntitle: x\n---\n\n", r"a\.md holds no text"),
        (b"---\njust words\n---\n", r"a\.md:2: 'just words' is not a particular"),
        (b"---\npublished: 2024-02-30\n---\n", "February 2024 has 29 days"),
        (bytes(range(128, 256)) * 3, "byte 0: neither UTF-8 nor another encoding"),
    ],
)
def test_a_document_that_cannot_be_understood_says_where(tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(content)
    with pytest.raises(NotUnderstood, match=said):
        read_document(path)


def test_a_document_that_is_not_there_is_not_found(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="there is no file"):
        read_document(tmp_path / "none.md")
