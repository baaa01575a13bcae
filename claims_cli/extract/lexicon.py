"""What a language pack knows of words: a compiled table of forms, and of phrases of several words.

A word is looked up as it is written, folded; then without its possessive or plural ending where the language has one; then without
the particles that the language writes onto a word ("و", "ب", "ال"). The first that the pack knows is taken, so that a word which
merely begins with a particle's letter keeps its meaning.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Generic, TypeVar
from unicodedata import normalize

from claims_cli.core.folding import fold
from claims_cli.extract.text import MARKS, TOKEN

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from decimal import Decimal

    from claims_cli.extract.text import Token

HIDDEN = re.compile(f"[{MARKS}]")
Meaning = TypeVar("Meaning")
MOST_WORDS = 50_000  # distinct words that are remembered before the memory is cleared: about 20 MB
SHORTEST_BASE = 3  # letters: "us" is no plural
LONGEST_WORD = 60  # letters; a longer one is no word of a language


class Part(StrEnum):
    """The part that a number word plays in a numeral."""

    UNIT = "unit"  # 0 to 9
    TEEN = "teen"  # 10 to 19
    TEN = "ten"  # 20 to 90
    HUNDREDS = "hundreds"  # 200, 300 written as one word
    HUNDRED = "hundred"  # multiplies what stands before it
    SCALE = "scale"
    PLURAL_SCALE = "plural scale"  # "thousands": a vague floor unless a number stands before it
    PAIR = "pair"  # two of a scale in one word
    TEEN_MARK = "teen mark"  # "عشر" after a unit
    FRACTION = "fraction"  # "half", "third"
    SHARES = "shares"  # "thirds", after a number
    DOZEN = "dozen"


@dataclass(frozen=True, slots=True)
class NumberWord:
    """A word of a numeral: its part, and its value (of a scale and a hundred, what it multiplies by)."""

    part: Part
    value: Decimal


@dataclass(slots=True)
class Entry:
    """All that a pack says of one form."""

    number: NumberWord | None = None
    unit: str | None = None
    month: int | None = None
    weekday: int | None = None
    verb: str | None = None
    ordinal: int | None = None
    roles: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Word:
    """A word as it stands in a text.

    ``form`` is the word folded, ``stem`` the form that the lexicon knows, ``base`` the form without its ending, ``prefix`` the particles
    written onto it, ``keys`` the different ones of form, stem and base, under which tables are looked up.
    """

    form: str
    stem: str
    base: str
    prefix: str
    entry: Entry
    keys: tuple[str, ...]

    def has(self, role: str) -> bool:
        """Whether the pack gives the word a role."""
        return role in self.entry.roles


NO_ENTRY = Entry()
NOTHING = Word("", "", "", "", NO_ENTRY, ())


class Words(dict[str, Word]):
    """Words by how they are written, each analysed once."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon

    def __missing__(self, written: str) -> Word:
        """Analyse a word that has not been seen."""
        if len(self) >= MOST_WORDS:
            self.clear()
        word = self.lexicon.analysed(written[:LONGEST_WORD])
        self[written] = word
        return word


class Lexicon:
    """The words of a language.

    ``prefixes`` are the particles written onto words, ``endings`` what may follow a known form, and ``as_written`` the spellings of
    forms that mean what the pack says only when spelled so: folded, "مئتي" (200) and the name "ميتي" are one form.
    """

    def __init__(self, prefixes: Sequence[str] = (), endings: Sequence[str] = (), as_written: Sequence[str] = ()) -> None:
        self.entries: dict[str, Entry] = {}
        self.prefixes = tuple(sorted(prefixes, key=len))
        self.endings = tuple(endings)
        self.spellings: dict[str, list[str]] = {}
        for spelling in as_written:
            self.spellings.setdefault(fold(spelling), []).append(spelling)
        self.words = Words(self)
        self.nothing = NOTHING

    def entry(self, form: str) -> Entry:
        """The entry of a form, made when there is none."""
        return self.entries.setdefault(fold(form), Entry())

    def analysed(self, written: str) -> Word:
        """The word as the lexicon knows it; one that it does not know keeps its form as its stem."""
        form = fold(written)
        base = next((short for short in self.shortened(form) if len(short) >= SHORTEST_BASE), form)
        for prefix in ("", *self.prefixes):
            if not form.startswith(prefix):
                continue
            rest = form[len(prefix) :]
            for stem in (rest, *self.shortened(rest)):
                if stem in self.entries and self.spelled_so(stem, written):
                    return Word(form, stem, base, prefix, self.entries[stem], tuple(dict.fromkeys((form, stem, base))))
        return Word(form, form, base, "", NO_ENTRY, tuple(dict.fromkeys((form, base))))

    def spelled_so(self, stem: str, written: str) -> bool:
        """Whether a word is spelled as its meaning asks for."""
        spellings = self.spellings.get(stem)
        return spellings is None or HIDDEN.sub("", normalize("NFC", written)).endswith(tuple(spellings))

    def shortened(self, form: str) -> Iterable[str]:
        """The form without each ending that it has."""
        return (form[: -len(ending)].rstrip() for ending in self.endings if len(form) > len(ending) and form.endswith(ending))


class Phrases(Generic[Meaning]):
    """Phrases of one or more words, each with a meaning; the longest that fits is taken."""

    def __init__(self, table: Mapping[Meaning, Iterable[str]]) -> None:
        self.first: dict[str, list[tuple[tuple[str, ...], Meaning]]] = {}
        for meaning, phrases in table.items():
            for phrase in phrases:
                forms = tuple(fold(piece[0]) or piece[0] for piece in TOKEN.finditer(phrase))
                self.first.setdefault(forms[0], []).append((forms, meaning))
        for choices in self.first.values():
            choices.sort(key=lambda choice: -len(choice[0]))

    def at(self, tokens: Sequence[Token], at: int) -> tuple[int, Meaning] | None:
        """The number of tokens and the meaning of the longest phrase that begins at a place; ``None``: there is none."""
        token = tokens[at]
        word = token.word
        if word.keys and word.entry is NO_ENTRY:  # each first word of a phrase has an entry, and most words of a text have none
            return None
        for key in word.keys or (token.text,):
            for forms, meaning in self.first.get(key, ()):
                if len(forms) == 1 or fits(tokens, at, forms):
                    return len(forms), meaning
        return None

    def all_in(self, tokens: Sequence[Token]) -> dict[int, tuple[int, Meaning]]:
        """The phrases that words of a sentence begin, by where they begin, each with its length in tokens and its meaning."""
        places = (at for at, token in enumerate(tokens) if token.word.entry is not NO_ENTRY)
        return {at: phrase for at in places if (phrase := self.at(tokens, at)) is not None}

    def before(self, tokens: Sequence[Token], end: int, reach: int) -> tuple[int, Meaning] | None:
        """Where the phrase that ends right before a place begins, and its meaning; ``reach`` is the most words looked at."""
        for length in range(min(reach, end), 0, -1):
            found = self.at(tokens, end - length)
            if found is not None and found[0] == length:
                return end - length, found[1]
        return None


def fits(tokens: Sequence[Token], at: int, forms: tuple[str, ...]) -> bool:
    """Whether the tokens from a place on are the words of a phrase, the first one judged already."""
    if at + len(forms) > len(tokens):
        return False
    for step in range(1, len(forms)):
        token = tokens[at + step]
        if forms[step] not in (token.word.keys or (token.text,)):
            return False
    return True
