"""Numerals: numbers in digits and in words, read from tokens.

A numeral is a sum of terms, each smaller than the scale of the one before, or a bare fraction:

    numeral  = [minus] (sum | fraction [scale])
    sum      = term (join term)* [join fraction]
    fraction = share | one share | group shares
    term     = group scale* | scale+ | pair
    group    = digits | hundreds, tens and units in the order of the language

Which words these are, whether a joining word is needed between them and where it stands is the pack's.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from claims_cli.core.value import EXACT, is_kept
from claims_cli.extract.digits import quotient
from claims_cli.extract.lexicon import Part
from claims_cli.extract.nouns import PEOPLE
from claims_cli.extract.terms import HUNDRED, THOUSAND, Numeral, Terms, counts_alone
from claims_cli.extract.text import MINUSES, NUMBER_KIND, WORD_KIND

if TYPE_CHECKING:
    from collections.abc import Iterator

LARGEST_RATIO = 1000
SMALLEST_ORDINAL_SHARE = Decimal("0.01")  # "two hundredth" is an ordinal; "two third" is a slip of the pen


class Reader(Terms):
    """Reads numerals in the tokens of one sentence."""

    def numeral_at(self, at: int, *, stop: int | None = None) -> Numeral | None:
        """The longest numeral that begins at a token and ends before ``stop``; ``None``: none begins there."""
        end = len(self.tokens) if stop is None else stop
        found = self.fraction(at, end) or self.sum_of_terms(at, end)
        if found is None or self.begins_ordinal(found, end):
            return None
        whole = self.with_sign(self.over(self.with_point(self.with_dozen(self.divided(found, end), end), end), end))
        return whole if is_kept(whole.value) else None

    def begins_ordinal(self, numeral: Numeral, end: int) -> bool:
        """Whether the numeral is the beginning of an ordinal: "twenty-first", "two hundredth"."""
        after = self.after_hyphen(numeral.last + 1, end)
        if after >= end or numeral.digits or self.join_needed:
            return False
        part = self.part(after, end)
        if part is not None and part[0] is Part.FRACTION and part[1] <= SMALLEST_ORDINAL_SHARE:
            return True
        return after > numeral.last + 1 and self.is_ordinal(after)

    def is_ordinal(self, at: int) -> bool:
        """Whether a word is one of an ordinal: "third", which is also a fraction's."""
        return self.tokens[at].word.entry.ordinal is not None

    # Sums

    def sum_of_terms(self, at: int, end: int) -> Numeral | None:
        """Terms joined while each is smaller than the scale of the one before, and a fraction at the end."""
        numeral = self.term(at, end)
        if numeral is None:
            return None
        while not numeral.floor:
            more = self.next_term(numeral, end)
            if more is None:
                break
            numeral = more
        return self.with_half(numeral, end)

    def next_term(self, numeral: Numeral, end: int) -> Numeral | None:
        """The numeral with one more term; ``None`` when none follows that is smaller than its scale."""
        if numeral.scale < THOUSAND:
            return None
        after = self.joined(numeral.last, end)
        if after is None:
            return None
        term = self.term(after, end)
        if term is None or term.floor or not 0 < term.value < numeral.scale or term.value != term.value.to_integral_value():
            return None
        joins_digits = self.join_needed and numeral.scale == THOUSAND and (term.value >= HUNDRED or "sum" in numeral.rules)
        if term.digits and term.scale == 1 and not joins_digits:
            return None  # digits after a scale word are rather a number of their own: "2 million and 500 were hurt"
        if term.scale >= numeral.scale:
            return None
        scale = term.scale if term.scale > 1 else Decimal(1)
        return replace(numeral, last=term.last, value=EXACT.add(numeral.value, term.value), scale=scale, rules=(*numeral.rules, "sum"))

    def with_half(self, numeral: Numeral, end: int) -> Numeral:
        """The numeral with "and a half" after it: half of its scale. A scale repeated after it is part of it."""
        joined = self.joined_by_word(numeral.last, end)
        if joined is None:
            return numeral
        after = joined + 1 if joined < end and self.tokens[joined].word.has("article") else joined
        after = self.after_hyphen(after, end)
        part = self.part(after, end)
        if part is None or part[0] is not Part.FRACTION:
            return self.with_fraction(numeral, after, end)
        if after == joined and not self.join_needed and self.is_ordinal(after):
            return numeral  # "stages two and third"
        last, scale = after, numeral.scale
        following = self.part(after + 1, end)
        if following and following[0] in {Part.SCALE, Part.PLURAL_SCALE} and not self.tokens[after + 1].word.has("glued"):
            last += 1
            if scale == 1:  # one and a half million
                value = EXACT.multiply(EXACT.add(numeral.value, part[1]), following[1])
                return replace(numeral, last=last, value=value, scale=following[1], rules=(*numeral.rules, "and a half"))
        return replace(
            numeral, last=last, value=EXACT.add(numeral.value, EXACT.multiply(part[1], scale)), rules=(*numeral.rules, "and a half"),
        )  # fmt: skip

    def with_fraction(self, numeral: Numeral, at: int, end: int) -> Numeral:
        """A whole number with a fraction of several words after it: "three and two thirds"."""
        share = self.fraction(at, end) if at < end and numeral.scale == 1 else None
        if share is None or share.rules != ("fraction",):
            return numeral
        return replace(numeral, last=share.last, value=EXACT.add(numeral.value, share.value), rules=(*numeral.rules, "and a fraction"))

    def joined_by_word(self, last: int, end: int) -> int | None:
        """Where the next part begins after a joining word or particle; ``None``: there is none."""
        at = self.after_hyphen(last + 1, end)
        if at < end and self.tokens[at].kind == WORD_KIND and self.tokens[at].word.form in self.joins:
            return self.after_hyphen(at + 1, end)
        return at if at < end and self.bears_join(at) else None

    # Fractions, dozens, decimals in words, signs

    def fraction(self, at: int, end: int) -> Numeral | None:
        """A fraction of a scale, "half a million"; alone a fraction is a word of many uses, so it is left to quantities."""
        begin = at + 1 if self.tokens[at].word.has("article") else at
        part = self.part(begin, end)
        if part is None:
            return None
        share, last = part[1], begin
        if part[0] is not Part.FRACTION:
            numerator = self.small(begin, end)
            if numerator is None:
                return None
            last = self.after_hyphen(numerator[0] + 1, end)
            following = self.part(last, end)
            if following is None or following[0] is not (Part.FRACTION if numerator[1] == 1 else Part.SHARES) or self.bears_join(last):
                return None
            share = quotient(int(numerator[1]), round(1 / following[1]))
        after = last + 1
        while after < end and (self.tokens[after].word.has("article") or self.tokens[after].word.has("of")):
            after += 1
        scale = self.part(after, end)
        if scale and scale[0] in {Part.SCALE, Part.DOZEN, Part.HUNDRED} and not self.tokens[after].word.has("glued"):
            whole = EXACT.multiply(share, scale[1])
            return Numeral(at, after, whole.quantize(Decimal(1)) if abs(whole - round(whole)) < Decimal("1e-9") * scale[1] else whole,
                           scale[1], rules=("fraction of a scale",))  # fmt: skip
        return Numeral(at, last, share, rules=("fraction",))

    def divided(self, numeral: Numeral, end: int) -> Numeral:
        """The numeral, all of it, as shares: "one hundred twenty thousandths", "one hundred and thirty fifths"."""
        at = self.after_hyphen(numeral.last + 1, end)
        part = self.part(at, end)
        if part is None or part[0] is not Part.SHARES or numeral.digits or numeral.floor or self.join_needed:
            return numeral
        joined = any(token.word.form in self.joins for token in self.tokens[numeral.first : numeral.last])
        if joined and counts_alone(numeral.value % HUNDRED, part, joined=True):
            return numeral
        return replace(numeral, last=at, value=quotient(int(numeral.value), round(1 / part[1])), rules=(*numeral.rules, "shares"))

    def with_dozen(self, numeral: Numeral, end: int) -> Numeral:
        """The numeral times twelve when "dozen" follows."""
        part = self.part(numeral.last + 1, end)
        if part and part[0] is Part.DOZEN and "fraction of a scale" not in numeral.rules:
            return replace(numeral, last=numeral.last + 1, value=numeral.value * part[1], rules=(*numeral.rules, "dozen"))
        return numeral

    def with_point(self, numeral: Numeral, end: int) -> Numeral:
        """The numeral with decimals that are told in words: "one point five"."""
        at = numeral.last + 1
        if numeral.digits or at + 1 >= end or not self.tokens[at].word.has("point") or numeral.value != numeral.value.to_integral_value():
            return numeral
        digits, after = "", at + 1
        while (part := self.part(after, end)) and part[0] is Part.UNIT and not self.bears_join(after):
            digits, after = f"{digits}{part[1]}", after + 1
        if (group := self.group(at + 1, end)) and group.last >= after:
            digits, after = str(group.value), group.last + 1
        if not digits:
            return numeral
        whole = replace(numeral, last=after - 1, value=Decimal(f"{numeral.value}.{digits}"), rules=(*numeral.rules, "point"))
        return self.with_scales(whole, end)

    def over(self, numeral: Numeral, end: int) -> Numeral:
        """One of a number: "1 over 20", "واحد على عشرين", "one in five"; of larger numbers the words between say other things too.

        But of people it is so many of so many: "seven in ten residents".
        """
        at = numeral.last + 1
        if at + 1 >= end:
            return numeral
        ratio = self.pack.ratio.at(self.tokens, at)
        over = self.tokens[at].word.has("over") and not self.tokens[at].word.prefix
        if (ratio is None and not over) or numeral.value != numeral.value.to_integral_value() or numeral.floor:
            return numeral
        below = self.sum_of_terms(at + (1 if ratio is None else ratio[0]), end)
        if below is None or below.floor or not 1 < below.value <= LARGEST_RATIO or below.value != below.value.to_integral_value():
            return numeral
        if numeral.value != 1 and not (ratio is not None and 1 < numeral.value < below.value and self.counts_people(below.last + 1, end)):
            return numeral
        rules = (*numeral.rules, "over") if ratio is None else ("fraction", "so many in so many")
        return replace(numeral, last=below.last, value=quotient(int(numeral.value), int(below.value)), rules=rules)

    def counts_people(self, at: int, end: int) -> bool:
        """Whether a word for people stands at a place: "seven in ten residents", not "three in five attacks"."""
        found = self.pack.units.at(self.tokens, at) if at < end else None
        return found is not None and found[1] in PEOPLE

    def with_sign(self, numeral: Numeral) -> Numeral:
        """The numeral with a minus before it: a word, or a sign that follows nothing it could join to."""
        before = self.tokens[numeral.first - 1] if numeral.first else None
        if before is None or numeral.floor:
            return numeral
        if before.word.has("minus") and not before.word.prefix:
            return replace(numeral, first=numeral.first - 1, value=-numeral.value, rules=(*numeral.rules, "minus"))
        if before.text in MINUSES and self.is_alone(numeral.first, numeral.last):
            return replace(numeral, first=numeral.first - 1, value=-numeral.value, rules=(*numeral.rules, "minus"))
        if before.text in MINUSES and before.glued_to(self.tokens[numeral.first]):
            earlier = self.tokens[numeral.first - 2] if numeral.first > 1 else None
            if earlier is None or (earlier.text in {"(", "[", ":"} or (not earlier.glued_to(before) and earlier.kind != NUMBER_KIND)):
                return replace(numeral, first=numeral.first - 1, value=-numeral.value, rules=(*numeral.rules, "minus"))
        return numeral

    def all(self, begin: int = 0) -> Iterator[Numeral]:
        """The numerals of the sentence, from left to right, none within another."""
        at = begin
        while at < len(self.tokens):
            token = self.tokens[at]
            if token.kind == NUMBER_KIND or token.word.entry.number is not None or token.word.has("article"):
                found = self.numeral_at(at)
                if found is not None:
                    yield found
                    at = found.last + 1
                    continue
            at += 1
