"""Which tokens of a sentence are numbers that count something: no pronouns, no names, no bare fractions."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from claims_cli.core.value import EXACT
from claims_cli.extract.digits import quotient
from claims_cli.extract.lexicon import NO_ENTRY, Part
from claims_cli.extract.nouns import NOT_KEPT, Nouns
from claims_cli.extract.numerals import Reader
from claims_cli.extract.terms import THOUSAND, Numeral
from claims_cli.extract.text import NUMBER_KIND, WORD_KIND

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from claims_cli.extract.pack import Pack
    from claims_cli.extract.text import Token

HALF = Decimal("0.5")
TWO = Decimal(2)
SHORTEST_DEFINITE = 5  # letters of a word that no pack knows, its article among them


class Counter:
    """Finds the numbers of one sentence. ``taken`` are tokens that are no numbers: masks and dates."""

    def __init__(self, tokens: Sequence[Token], pack: Pack, taken: set[int]) -> None:
        self.tokens = tokens
        self.pack = pack
        self.taken = taken
        self.reader = Reader(tokens, pack)
        self.nouns = Nouns(tokens, pack, taken)
        self.counted_off = taken | self.percent_words()

    def percent_words(self) -> set[int]:
        """The tokens of percent signs in words: "في المئة" holds no hundred."""
        found: set[int] = set()
        for at in range(1, len(self.tokens)):
            phrase = self.pack.percent.at(self.tokens, at)
            if phrase is not None and phrase[0] > 1:
                found.update(range(at, at + phrase[0]))
        return found

    def numerals(self, *, bare_fractions: bool = False) -> Iterator[Numeral]:
        """Each number, in order; two that are joined by "between … and …" stay two. ``bare_fractions`` keeps "half of them" too."""
        at = 0
        while at < len(self.tokens):
            found = None if at in self.counted_off else self.numeral_at(at, bare_fractions=bare_fractions)
            if found is None:
                at += 1
                continue
            yield found
            at = found.last + 1

    def numeral_at(self, at: int, *, bare_fractions: bool = False) -> Numeral | None:
        """The number that begins at a token, a vague word or a dual noun included."""
        token = self.tokens[at]
        if token.kind == NUMBER_KIND or token.word.entry.number is not None or token.word.has("article"):
            stop = self.stop_of(at)
            found = self.vague(at) or (self.reader.numeral_at(at, stop=stop) if self.may_begin(at) else None)
            if found is not None and found.first in self.taken:
                found = None
            return found and self.kept(found, bare_fractions=bare_fractions)
        if token.kind == WORD_KIND:
            if token.word.has("dual"):
                return Numeral(at, at, TWO, rules=("dual noun",))
            return self.vague(at)
        return None

    def may_begin(self, at: int) -> bool:
        """Whether a number may begin at a token: an article alone begins one only before "hundred", "dozen" and the like."""
        token = self.tokens[at]
        if not token.word.has("article"):
            return True
        number = self.tokens[at + 1].word.entry.number if at + 1 < len(self.tokens) else None
        return (
            number is not None
            and number.part in {Part.SCALE, Part.HUNDRED, Part.DOZEN, Part.FRACTION}
            and (at + 1 not in self.taken and not self.tokens[at + 1].word.has("glued"))
        )

    def kept(self, numeral: Numeral, *, bare_fractions: bool) -> Numeral | None:
        """The number, unless it is a pronoun or a fraction that is no quantity."""
        token = self.tokens[numeral.first]
        if numeral.first == numeral.last and token.word.has("pronoun"):
            return numeral if self.counts_one(numeral.first) else None
        if numeral.rules == ("fraction",) and not (self.tells_a_share(numeral) or (bare_fractions and self.is_fraction_of(numeral))):
            return None
        if numeral.first == numeral.last and self.is_fifth_of(numeral.first):
            return replace(numeral, value=quotient(1, int(numeral.value)), rules=("fraction",)) if bare_fractions else None
        return numeral

    def is_fraction_of(self, numeral: Numeral) -> bool:
        """Whether a fraction of one word is one of something: "half of the", "نصف القافلة"; not "the second half", "النصف الأول"."""
        before = self.tokens[numeral.first - 1] if numeral.first else None
        if self.tokens[numeral.last].word.prefix.endswith("ال") or (before is not None and self.reader.is_ordinal(numeral.first - 1)):
            return False
        following = self.tokens[numeral.last + 1] if numeral.last + 1 < len(self.tokens) else None
        if following is None or following.kind != WORD_KIND or self.reader.bears_join(numeral.last + 1):
            return False
        if self.pack.source.numerals.join_needed:
            return not following.word.has("stop")
        opened = numeral.first < numeral.last or not self.reader.is_ordinal(numeral.first)
        return opened and (following.word.has("of") or following.word.has("determiner") or following.word.has("article"))

    def counts_one(self, at: int) -> bool:
        """Whether "one" counts something, rather than standing for someone: "one soldier", "جندي واحد"."""
        if len(self.tokens) == 1:
            return True
        if self.pack.source.language.order == "verb first":
            before = self.tokens[at - 1] if at else None
            counted = self.pack.units.before(self.tokens, at, 2)
            return before is not None and counted is not None and counted[1] not in NOT_KEPT
        return at + 1 < len(self.tokens) and self.nouns.unit_after(at) is not None

    def is_fifth_of(self, at: int) -> bool:
        """Whether a unit is a fraction of what follows: "خمس السكان"; the noun that a number counts has no article there."""
        number = self.tokens[at].word.entry.number
        if number is None or number.part is not Part.UNIT or at + 1 >= len(self.tokens) or not self.pack.source.numerals.join_needed:
            return False
        following = self.tokens[at + 1]
        if not following.word.form.startswith("ال") or following.word.entry.number is not None:
            return False
        return following.word.prefix.endswith("ال") or (following.word.entry is NO_ENTRY and len(following.word.form) >= SHORTEST_DEFINITE)

    def tells_a_share(self, numeral: Numeral) -> bool:
        """Whether a fraction is told as a share: with its own number, "two thirds", in one word too, "ثلثا", or by itself."""
        counted = numeral.last > numeral.first and not self.tokens[numeral.first].word.has("article")
        return counted or numeral.value > HALF or self.reader.is_alone(numeral.first, numeral.last)

    def stop_of(self, at: int) -> int:
        """Where a number has to end that begins a range "between … and …": its joint is no part of it."""
        opening = self.pack.between.before(self.tokens, at, 2)
        if opening is None:
            return len(self.tokens)
        whole = self.reader.numeral_at(at)
        if whole is None:
            return len(self.tokens)
        for joint in range(whole.last, at, -1):
            left = self.joint_before(joint)
            if left is None:
                continue
            first, second = self.reader.numeral_at(at, stop=left), self.reader.numeral_at(joint)
            if (
                first
                and second
                and first.last == left - 1
                and second.last >= whole.last
                and scaled_like(first, second).value < second.value
            ):
                return left
        return len(self.tokens)

    def joint_before(self, at: int) -> int | None:
        """Where a number before the token has to end when the token begins the second number of a pair; ``None``: nothing joins them."""
        if self.reader.bears_join(at):
            return at
        before = self.tokens[at - 1]
        return at - 1 if before.word.form in self.pack.joins else None

    def vague(self, at: int) -> Numeral | None:
        """A vague word, with the scales that follow it: "several hundred million"."""
        found = self.pack.vague.at(self.tokens, at)
        if found is None:
            return None
        length, floor = found
        before = self.tokens[at - 1] if at else None
        if before is not None and before.kind == NUMBER_KIND and before.reach + 1 >= self.tokens[at].start:
            return None  # "3 thousands": a scale of the number before it
        numeral = Numeral(at, at + length - 1, floor, floor, floor=True, rules=("vague word",))
        scaled = self.reader.with_scales(numeral, len(self.tokens))
        return replace(scaled, floor=True)


def scaled_like(first: Numeral, second: Numeral) -> Numeral:
    """The first of two ends with the scale of the second where it is bare and smaller: "10-12 thousand"."""
    if first.scale == 1 and second.scale > 1 and first.value < second.value / second.scale and first.value < THOUSAND:
        return replace(
            first, value=EXACT.multiply(first.value, second.scale), scale=second.scale, rules=(*first.rules, "scale of the other end")
        )
    return first
