"""A text cut into tokens and sentences, with offsets into the untouched text all the way."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from claims_cli.extract.lexicon import Lexicon, Word

# Marks that change how a text looks and never what it says: joiners, directions, tatweel, harakat.
MARKS = "\u200b-\u200f\u061c\u202a-\u202e\u2066-\u2069\ufeff\u0640\u064b-\u065f\u0670"
DIGITS = "0-9\u0660-\u0669\u06f0-\u06f9"
# No-break and thin spaces between digits join them, whatever the groups: that is what they are written for.
JOINERS = "\u00a0\u2009\u202f\u2007"
PUNCTUATION = (
    "!-/:-@\\[-`{-~\u00a1-\u00bf\u00d7\u060c\u061b\u061f\u066a-\u066d\u06d4\u2010-\u2027\u2030-\u205e\u20a0-\u20cf"
    "\u2212\u2248\u2264\u2265\u3000-\u3003"
)
NO_YEAR_BEFORE = f"(?<![{DIGITS}][{DIGITS}][{DIGITS}][{DIGITS}])"  # "2024 500": a year, then a number
THREE_DIGITS_AFTER = f"(?=[{DIGITS}]{{3}}(?![{DIGITS}]))"
MINUSES = "-\u2212\u2013"
VULGAR_FRACTIONS = "\u00bc-\u00be\u2150-\u215e"
NUMBER = (
    f"[{DIGITS}][{DIGITS}{MARKS}]*"
    f"(?:(?:[{JOINERS}][{MARKS}]*|[.,\u066b\u066c\u060c'\u2019_][{MARKS}]*|{NO_YEAR_BEFORE} {THREE_DIGITS_AFTER})"
    f"(?=[{DIGITS}])[{DIGITS}{MARKS}]+)*[{VULGAR_FRACTIONS}]?|[{VULGAR_FRACTIONS}]"
)
IN_WORDS = f"[^\\s{DIGITS}{PUNCTUATION}{VULGAR_FRACTIONS}]+"
WORD = f"{IN_WORDS}(?:['\u2019]{IN_WORDS})*"
TOKEN = re.compile(f"(?P<n>{NUMBER})|(?P<w>{WORD})|(?P<l>\\s*\\n\\s*)|(?P<p>\\S)")
EACH_MARK = re.compile(f"[{MARKS}]")
ONLY_MARKS = re.compile(f"[{MARKS}]+")
TRAILING_MARKS = re.compile(f"[{MARKS}]+$")

NUMBER_KIND, WORD_KIND, SIGN_KIND, LINE_KIND = "n", "w", "p", "l"
ENDINGS = frozenset(".!?\u061f\u06d4\u2026")
CLOSING = frozenset("\"'\u201d\u2019\u00bb)]")
INITIALS = 2  # letters of a token before a full stop that is more likely an initial than the end of a sentence: "J. Smith", "U.S."


class Token(NamedTuple):
    """A piece of the text. ``word`` is what the lexicon knows of it: an empty entry for numbers and signs.

    ``text`` is what stands there, in a number without marks that nobody sees. ``reach`` is where it ends with the marks that follow it:
    what begins there is glued to it. ``gap`` is how many spaces stand before it.
    """

    start: int
    end: int
    kind: str
    text: str
    word: Word
    reach: int
    gap: int

    def glued_to(self, other: Token) -> bool:
        """Whether nothing stands between this token and the next one."""
        return self.reach == other.start


def tokens_of(text: str, lexicon: Lexicon) -> list[Token]:
    """The tokens of a text, in order: numbers with their separators, words, signs, and line breaks."""
    words, nothing = lexicon.words, lexicon.nothing
    found: list[Token] = []
    reach = hidden = 0
    for match in TOKEN.finditer(text):
        kind, piece = str(match.lastgroup), match[0]
        start, end = match.span()
        gap = start - reach - hidden
        if kind == WORD_KIND and ONLY_MARKS.fullmatch(piece):
            if found and found[-1].reach == start:
                reach = end
                found[-1] = found[-1]._replace(reach=reach)
            else:
                hidden += len(piece)
            continue
        if kind == WORD_KIND:
            found.append(Token(start, end, kind, piece, words[piece], end, gap))
        elif kind == NUMBER_KIND:
            visible = end - (len(trailing[0]) if (trailing := TRAILING_MARKS.search(piece)) else 0)
            found.append(Token(start, visible, kind, EACH_MARK.sub("", piece), nothing, end, gap))
        else:
            found.append(Token(start, end, kind, piece, nothing, end, gap))
        reach, hidden = end, 0
    return found


class Sentence(NamedTuple):
    """The tokens of one sentence, where it begins and ends in the text, and the number of its paragraph."""

    tokens: Sequence[Token]
    start: int
    end: int
    paragraph: int


def sentences_of(tokens: Sequence[Token], abbreviations: frozenset[str]) -> Iterator[Sentence]:
    """The sentences, in order. A line break ends one, and so does a full stop that is not part of an abbreviation or an initial."""
    begin, paragraph = 0, 0
    for at, token in enumerate(tokens):
        if at < begin:
            continue
        if token.kind == LINE_KIND:
            yield from sentence(tokens[begin:at], paragraph)
            begin, paragraph = at + 1, paragraph + 1
        elif token.kind == SIGN_KIND and token.text in ENDINGS and ends_sentence(tokens, at, abbreviations):
            end = at + 1
            while (
                end < len(tokens) and (tokens[end].text in CLOSING or tokens[end].text in ENDINGS) and tokens[end - 1].glued_to(tokens[end])
            ):
                end += 1
            yield from sentence(tokens[begin:end], paragraph)
            begin = end
    yield from sentence(tokens[begin:], paragraph)


def sentence(tokens: Sequence[Token], paragraph: int) -> Iterator[Sentence]:
    """The sentence of some tokens, when there are any."""
    if tokens:
        yield Sentence(tokens, tokens[0].start, tokens[-1].end, paragraph)


def ends_sentence(tokens: Sequence[Token], at: int, abbreviations: frozenset[str]) -> bool:
    """Whether the sign at a place ends its sentence."""
    if tokens[at].text != "." or at + 1 == len(tokens):
        return True
    before, after = tokens[at - 1] if at else None, tokens[at + 1]
    if before is not None and before.kind == WORD_KIND and before.glued_to(tokens[at]):
        form = before.word.form
        if form in abbreviations or (len(form) < INITIALS and before.text.isascii()):
            return False
    if tokens[at].glued_to(after) and after.text not in CLOSING:
        # Glued on: "60.Then" in a text set in haste, but also "U.S" and "example.org".
        return after.kind == WORD_KIND and not after.text.isascii()
    return not (after.kind == WORD_KIND and after.text[:1].islower() and after.text.isascii())
