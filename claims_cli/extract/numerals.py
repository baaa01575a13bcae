"""Numerals: numbers in digits and in words, read from tokens.

A numeral is a sum of terms, each smaller than the scale of the one before, or a bare fraction:

    numeral = [minus] term (join term)* [join fraction] | fraction [join] scale | digits glued to a scale
    term    = group scale* | scale+ | pair
    group   = digits | hundreds, tens and units in the order of the language

Which words these are, whether a joining word is needed between them and where it stands is the pack's.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from claims_cli.core.value import EXACT, MOST_DIGITS
from claims_cli.extract.lexicon import Part
from claims_cli.extract.text import MARKS, NUMBER_KIND, WORD_KIND, Token

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from claims_cli.extract.pack import Pack

THOUSAND = Decimal(1000)
HUNDRED = Decimal(100)
TWELVE_TO_99 = range(11, 100)  # "twenty-five hundred"
HIDDEN = re.compile(f"[{MARKS}]")
GAPS = re.compile("[ \u00a0\u2009\u202f\u2007_'\u2019\u066c]")
GROUPS = re.compile(r"[1-9]\d{0,2}([.,\u060c])\d{3}(?:\1\d{3})*")
GROUPS_AND_FRACTION = re.compile(r"(\d{1,3}(?:([.,\u060c])\d{3})+)(?!\2)[.,\u060c\u066b](\d+)")
FRACTION = re.compile(r"(\d+)[.,\u060c\u066b](\d+)")
INDIAN_GROUPS = re.compile(r"\d{1,2}(?:,\d{2})+,\d{3}")
MOST_SPACES = 2
SLASHES = frozenset("/\u2044")
LARGEST_DENOMINATOR = 100
MEASURES = frozenset({"km", "km2", "m2", "metre", "mile", "tonne", "kg", "hectare", "litre", "barrel", "megawatt", "degree", "percent"})
PLUS_OR_MINUS = frozenset("-\u2212\u2013")


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number found in a run of tokens ``first`` to ``last`` (both included).

    ``scale`` is the value of the smallest scale word in it, 1 without one; ``other`` is the second reading of digits that have two,
    else ``None``. ``floor`` marks a plural scale without a number before it, "thousands": a floor, not a value.
    """

    first: int
    last: int
    value: Decimal
    scale: Decimal = Decimal(1)
    other: Decimal | None = None
    floor: bool = False
    digits: bool = False
    rules: tuple[str, ...] = ()


def digits_of(text: str) -> tuple[Decimal, Decimal | None] | None:
    """The value of digits with separators, and its second reading where it has one; ``None`` when they are no number.

    1.500 and 1,500 can be a thousand and a half or one and a half: three digits after one sign are taken for thousands.
    """
    plain = "".join(str(int(sign)) if sign.isdecimal() else sign for sign in GAPS.sub("", HIDDEN.sub("", text)))
    if len(plain) > MOST_DIGITS:
        return None
    if match := GROUPS.fullmatch(plain):
        second = Decimal(plain.replace(match[1], ".")) if plain.count(match[1]) == 1 and match[1] != "," else None
        return Decimal(plain.replace(match[1], "")), second
    if match := GROUPS_AND_FRACTION.fullmatch(plain):
        return Decimal(f"{match[1].replace(match[2], '')}.{match[3]}"), None
    if match := FRACTION.fullmatch(plain):
        return Decimal(f"{match[1]}.{match[2]}"), None
    return (Decimal(plain.replace(",", "")), None) if plain.isdecimal() or INDIAN_GROUPS.fullmatch(plain) else None


class Reader:
    """Reads numerals in the tokens of one sentence."""

    def __init__(self, tokens: Sequence[Token], pack: Pack) -> None:
        self.tokens = tokens
        self.pack = pack
        self.joins = pack.joins
        self.join_needed = pack.source.numerals.join_needed
        self.point_is_decimal = pack.source.numerals.point_is_decimal

    def numeral_at(self, at: int, *, stop: int | None = None) -> Numeral | None:
        """The longest numeral that begins at a token and ends before ``stop``; ``None``: none begins there."""
        end = len(self.tokens) if stop is None else stop
        found = self.fraction(at, end) or self.sum_of_terms(at, end)
        return found and self.with_sign(self.with_point(self.with_dozen(found, end), end))

    # One term

    def part(self, at: int, end: int) -> tuple[Part, Decimal] | None:
        """The part and the value of a number word; ``None`` for any other token and past the end."""
        if at >= end:
            return None
        number = self.tokens[at].word.entry.number
        return None if number is None else (number.part, number.value)

    def term(self, at: int, end: int) -> Numeral | None:
        """A group with the scales after it, a scale alone, or a pair."""
        token = self.tokens[at] if at < end else None
        if token is None:
            return None
        if token.kind == NUMBER_KIND:
            return self.scaled_digits(at, end)
        part = self.part(at, end)
        if part is None or token.word.has("glued"):
            return None
        if part[0] is Part.PAIR:
            return self.with_scales(Numeral(at, at, 2 * part[1], part[1], rules=("pair of a scale",)), end)
        if part[0] in {Part.SCALE, Part.PLURAL_SCALE, Part.DOZEN}:
            return self.scale_alone(at, end, part)
        group = self.group(at, end)
        return group and self.with_scales(group, end)

    def scaled_digits(self, at: int, end: int) -> Numeral | None:
        """Digits, with the scales after them."""
        if (slashed := self.slashed(at, end)) is not None:
            return slashed
        read = digits_of(self.tokens[at].text)
        if read is None:
            return None
        value, other = read
        if other is not None and self.point_is_decimal and not self.counts_whole(at, end):
            value, other = other, value
        numeral = Numeral(at, at, value, other=other, digits=True, rules=("digits",))
        if self.is_fraction_only(at):
            numeral = replace(numeral, first=at - 1, value=value.scaleb(-len(self.tokens[at].text)), other=None)
        scaled = self.with_scales(numeral, end)
        if other is not None and other < value and scaled.scale > THOUSAND:  # 4.464 million: before it the point is a fraction's
            return replace(scaled, value=EXACT.multiply(other, scaled.value / value))
        return scaled

    def is_fraction_only(self, at: int) -> bool:
        """Whether digits stand after a point with nothing before it: ".25"."""
        if at == 0 or self.tokens[at - 1].text != "." or not self.tokens[at - 1].glued_to(self.tokens[at]):
            return False
        return self.tokens[at].text.isdecimal() and (at == 1 or not self.tokens[at - 2].glued_to(self.tokens[at - 1]))

    def slashed(self, at: int, end: int) -> Numeral | None:
        """A fraction in digits, "3/4", with the whole number before it, "1 3/4"; ``None`` when the digits are none."""
        first = self.ratio(at, end)
        if first is not None:
            return Numeral(at, at + 2, first, digits=True, rules=("fraction in digits",))
        second = self.ratio(at + 1, end) if self.tokens[at].text.isdecimal() and self.is_apart(at) else None
        if second is None:
            return None
        return Numeral(at, at + 3, int(self.tokens[at].text) + second, digits=True, rules=("whole and fraction in digits",))

    def is_apart(self, at: int) -> bool:
        """Whether a space or two stand between a token and the next."""
        return at + 1 < len(self.tokens) and 1 <= self.tokens[at + 1].start - self.tokens[at].reach <= MOST_SPACES

    def ratio(self, at: int, end: int) -> Decimal | None:
        """The value of "3/4", a proper fraction in digits that are glued to each other and to nothing else; ``None`` otherwise."""
        if at + 2 >= end or self.tokens[at + 1].text not in SLASHES:
            return None
        above, slash, below = self.tokens[at : at + 3]
        glued = above.glued_to(slash) and slash.glued_to(below)
        if not glued or not (above.text.isdecimal() and below.text.isdecimal()) or (at + 3 < end and self.tokens[at + 3].text in SLASHES):
            return None
        numerator, denominator = int(above.text), int(below.text)
        return Decimal(numerator) / Decimal(denominator) if 0 < numerator < denominator <= LARGEST_DENOMINATOR else None

    def counts_whole(self, at: int, end: int) -> bool:
        """Whether what follows digits is counted in whole things, people or shells, so that "1.500" of them are thousands."""
        if at + 1 >= end or self.tokens[at + 1].kind != WORD_KIND:
            return False
        found = self.pack.units.at(self.tokens, at + 1)
        return found is not None and found[1] not in self.pack.source.units.currencies and found[1] not in MEASURES

    def scale_alone(self, at: int, end: int, part: tuple[Part, Decimal]) -> Numeral:
        """A scale or a dozen without a number before it: one of it, two of it, or a floor."""
        token, value = self.tokens[at], part[1]
        if part[0] is Part.DOZEN:
            return Numeral(at, at, value, rules=("dozen",))
        if part[0] is Part.PLURAL_SCALE:
            return Numeral(at, at, value, value, floor=True, rules=("plural scale",))
        if token.word.has("tanwin") and "\u064b" not in token.text and self.counts_next(at, end):
            return self.with_scales(Numeral(at, at, 2 * value, value, rules=("pair of a scale",)), end)
        return self.with_scales(Numeral(at, at, value, value, rules=("scale alone",)), end)

    def counts_next(self, at: int, end: int) -> bool:
        """Whether a noun follows right after a scale: "ألفا جندي" are two thousand, "ألفا ونصف" are not; alone it is the pair."""
        if len(self.tokens) == 1:
            return True
        following = self.tokens[at + 1] if at + 1 < end else None
        return following is not None and following.kind == WORD_KIND and not self.bears_join(at + 1) and not following.word.has("stop")

    def with_scales(self, numeral: Numeral, end: int) -> Numeral:
        """The numeral multiplied by the scales that follow it."""
        while (at := self.after_hyphen(numeral.last + 1, end)) < end:
            part = self.part(at, end)
            token = self.tokens[at]
            hundreds = part is not None and part[0] is Part.HUNDRED and numeral.digits and numeral.scale == 1  # "3 hundred"
            if part is None or not (part[0] in {Part.SCALE, Part.PLURAL_SCALE} or hundreds) or self.bears_join(at):
                break
            glued = self.tokens[at - 1].glued_to(token)
            if token.word.has("glued") and not (glued and numeral.digits):
                break
            numeral = replace(
                numeral, last=at, value=EXACT.multiply(numeral.value, part[1]), scale=part[1], other=None, rules=(*numeral.rules, "scale"),
            )  # fmt: skip
        return numeral

    def after_hyphen(self, at: int, end: int) -> int:
        """The place after a hyphen that stands glued between a number and its scale: "$35-billion"."""
        hyphen = at + 1 < end and self.tokens[at].text == "-" and self.tokens[at - 1].glued_to(self.tokens[at])
        return at + 1 if hyphen and self.tokens[at].glued_to(self.tokens[at + 1]) else at

    def bears_join(self, at: int) -> bool:
        """Whether a joining particle is written onto a token: "وألف" begins a term of its own."""
        prefix = self.tokens[at].word.prefix
        return bool(prefix) and any(prefix.startswith(join) for join in self.joins)

    # A group below a thousand

    def group(self, at: int, end: int) -> Numeral | None:
        """Hundreds, tens and units in the order of the language."""
        first = self.small(at, end)
        if first is None:
            return None
        last, value = first
        hundred = self.part(last + 1, end)
        if hundred and hundred[0] is Part.HUNDRED and not self.bears_join(last + 1) and 0 < value < HUNDRED:
            return self.after_hundred(Numeral(at, last + 1, value * HUNDRED, rules=("group",)), end)
        if value >= HUNDRED:
            return self.after_hundred(Numeral(at, last, value, rules=("group",)), end)
        return Numeral(at, last, value, rules=("group",))

    def after_hundred(self, numeral: Numeral, end: int) -> Numeral:
        """The numeral with the tens and units that follow its hundreds."""
        after = self.joined(numeral.last, end)
        if after is None:
            return numeral
        small = self.small(after, end)
        if small is None or not 0 < small[1] < HUNDRED:
            return numeral
        following = self.part(small[0] + 1, end)
        if following and following[0] in {Part.HUNDRED, Part.FRACTION} and not self.bears_join(small[0] + 1):
            return numeral  # "three hundred and two hundred" are two, "one hundred and three quarters" is 100.75
        return replace(numeral, last=small[0], value=numeral.value + small[1])

    def joined(self, last: int, end: int) -> int | None:
        """Where the next part begins after a join, or right away where the language needs none; ``None``: nothing joins."""
        at = last + 1
        if at >= end:
            return None
        token = self.tokens[at]
        if token.kind == WORD_KIND and token.word.form in self.joins:
            return at + 1 if at + 1 < end else None
        if self.bears_join(at):
            return at
        if self.join_needed:
            return None
        return at + 1 if token.text in {"-", ","} and at + 1 < end and self.part(at + 1, end) else at

    def small(self, at: int, end: int) -> tuple[int, Decimal] | None:
        """The last token and the value of a number below 100, or of whole hundreds in one word."""
        part = self.part(at, end)
        if part is None:
            return None
        kind, value = part
        if kind is Part.TEN:
            return self.after_ten(at, end, value)
        if kind is Part.UNIT:
            return self.after_unit(at, end, value)
        return (at, value) if kind in {Part.HUNDRED, Part.HUNDREDS, Part.TEEN, Part.TEEN_MARK} else None

    def after_ten(self, at: int, end: int, value: Decimal) -> tuple[int, Decimal]:
        """Tens with the unit that follows: "twenty-five"."""
        after = at + 1
        if not self.join_needed:
            if after < end and self.tokens[after].text in {"-", "\u2010", "\u2011"}:
                after += 1
            unit = self.part(after, end)
            if unit and unit[0] is Part.UNIT and unit[1] > 0:
                return after, value + unit[1]
        return at, value

    def after_unit(self, at: int, end: int, value: Decimal) -> tuple[int, Decimal]:
        """A unit with what makes it a teen, or with the tens joined to it: "ثلاثة وعشرون"."""
        mark = self.part(at + 1, end)
        if mark and mark[0] is Part.TEEN_MARK and not self.bears_join(at + 1):
            return at + 1, value + mark[1]
        if self.join_needed:
            after = self.joined(at, end)
            tens = None if after is None else self.part(after, end)
            if after is not None and tens and tens[0] is Part.TEN:
                return after, value + tens[1]
        return at, value

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
        after = self.joined_by_word(numeral.last, end)
        if after is None:
            return numeral
        if after < end and self.tokens[after].word.has("article"):
            after += 1
        part = self.part(after, end)
        if part is None or part[0] is not Part.FRACTION or not 0 < part[1] < 1:
            return self.with_fraction(numeral, after, end)
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
        at = last + 1
        if at < end and self.tokens[at].kind == WORD_KIND and self.tokens[at].word.form in self.joins:
            return at + 1
        return at if at < end and self.bears_join(at) else None

    # Fractions, dozens, decimals in words, signs

    def fraction(self, at: int, end: int) -> Numeral | None:
        """A fraction of a scale, "half a million"; alone a fraction is a word of many uses, so it is left to quantities."""
        begin = at + 1 if self.tokens[at].word.has("article") else at
        part = self.part(begin, end)
        if part is None:
            return None
        share, last = part[1], begin
        if part[0] is Part.UNIT or (part[0] is Part.TEEN and not self.join_needed):
            following = self.part(begin + 1, end)
            if begin + 1 < end and self.tokens[begin + 1].text == "-":
                following, last = self.part(begin + 2, end), begin + 1
            if following is None or following[0] is not Part.FRACTION or self.bears_join(last + 1):
                return None
            share, last = share * following[1], last + 1
        elif part[0] is not Part.FRACTION:
            return None
        after = last + 1
        while after < end and (self.tokens[after].word.has("article") or self.tokens[after].word.has("of")):
            after += 1
        scale = self.part(after, end)
        if scale and scale[0] in {Part.SCALE, Part.DOZEN, Part.HUNDRED} and not self.tokens[after].word.has("glued"):
            whole = EXACT.multiply(share, scale[1])
            return Numeral(at, after, whole.quantize(Decimal(1)) if abs(whole - round(whole)) < Decimal("1e-9") * scale[1] else whole,
                           scale[1], rules=("fraction of a scale",))  # fmt: skip
        return Numeral(at, last, share, rules=("fraction",))

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
        if not digits and (group := self.group(at + 1, end)):
            digits, after = str(group.value), group.last + 1
        if not digits:
            return numeral
        whole = replace(numeral, last=after - 1, value=Decimal(f"{numeral.value}.{digits}"), rules=(*numeral.rules, "point"))
        return self.with_scales(whole, end)

    def with_sign(self, numeral: Numeral) -> Numeral:
        """The numeral with a minus before it: a word, or a sign that follows nothing it could join to."""
        before = self.tokens[numeral.first - 1] if numeral.first else None
        if before is None or numeral.floor:
            return numeral
        if before.word.has("minus") and not before.word.prefix:
            return replace(numeral, first=numeral.first - 1, value=-numeral.value, rules=(*numeral.rules, "minus"))
        if before.text in PLUS_OR_MINUS and before.glued_to(self.tokens[numeral.first]):
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
