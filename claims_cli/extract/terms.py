"""The terms that numerals are sums of: digits or words below a thousand with the scales after them, a scale alone, a pair of one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from claims_cli.core.amount import MEASURES
from claims_cli.core.value import EXACT
from claims_cli.extract.digits import composed, digits_of, follows_point
from claims_cli.extract.lexicon import Part
from claims_cli.extract.text import ENDINGS, MINUSES, NUMBER_KIND, WORD_KIND

if TYPE_CHECKING:
    from collections.abc import Sequence

    from claims_cli.extract.pack import Pack
    from claims_cli.extract.text import Token

THOUSAND = Decimal(1000)
HUNDRED = Decimal(100)


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


def counts_alone(value: Decimal, following: tuple[Part, Decimal], *, joined: bool) -> bool:
    """Whether a number after hundreds is no part of them, as what follows it shows: "three hundred and two hundred" are two numbers.

    After a joining word a proper fraction and dozens show it too: "one hundred and three quarters" is 100.75, and "one hundred and
    thirty fifths" is 26, since a whole number goes with less than one.
    """
    part, share = following
    return part is Part.HUNDRED or (joined and (part is Part.DOZEN or (part is Part.SHARES and value * share < 1)))


class Terms:
    """Reads the terms of numerals in the tokens of one sentence."""

    def __init__(self, tokens: Sequence[Token], pack: Pack) -> None:
        self.tokens = tokens
        self.pack = pack
        self.joins = pack.joins
        self.join_needed = pack.source.numerals.join_needed
        self.point_is_decimal = pack.source.numerals.point_is_decimal

    def is_alone(self, first: int, last: int) -> bool:
        """Whether the sentence holds nothing but the tokens ``first`` to ``last``, a minus before and the sign that ends it."""
        before, after = self.tokens[:first], self.tokens[last + 1 :]
        return all(token.text in MINUSES for token in before) and all(token.text in ENDINGS for token in after)

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
        if (several := composed(self.tokens, at, end)) is not None:
            return self.with_scales(Numeral(at, several.last, several.value, digits=True, rules=(several.rule,)), end)
        read = digits_of(self.tokens[at].text)
        if read is None:
            return None
        value, other = read
        if other is not None and self.point_is_decimal and not self.counts_whole(at, end):
            value, other = other, value
        numeral = Numeral(at, at, value, other=other, digits=True, rules=("digits",))
        if follows_point(self.tokens, at):
            numeral = replace(numeral, first=at - 1, value=value.scaleb(-len(self.tokens[at].text)), other=None)
        scaled = self.with_scales(numeral, end)
        if other is not None and other < value and scaled.scale > THOUSAND:  # 4.464 million: before it the point is a fraction's
            return replace(scaled, value=EXACT.multiply(other, scaled.value / value))
        return scaled

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
            if token.word.has("glued") and not self.abbreviates_scale(numeral, at):
                break
            numeral = replace(
                numeral, last=at, value=EXACT.multiply(numeral.value, part[1]), scale=part[1], other=None, rules=(*numeral.rules, "scale"),
            )  # fmt: skip
        return numeral

    def abbreviates_scale(self, numeral: Numeral, at: int) -> bool:
        """Whether "k", "m" or "bn" after digits is a scale: glued to them, after a currency, or with letters no other word has.

        A single letter with a space before it is rather a unit, "5 m"; a capital "Bn" a battalion.
        """
        token = self.tokens[at]
        if not numeral.digits or (at + 1 < len(self.tokens) and self.tokens[at + 1].word.has("measured") and len(token.word.form) == 1):
            return False  # "100m from", "300m tall"
        if self.tokens[at - 1].glued_to(token) or (len(token.word.form) > 1 and token.text.islower()):
            return True
        money = self.pack.units.before(self.tokens, numeral.first, 2)
        if money is not None and money[1] in self.pack.source.units.currencies:
            return True
        return self.part(at, at + 1) == (Part.SCALE, THOUSAND) and self.is_alone(numeral.first, at)

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
        after = self.after_hyphen(last + 1, end)
        hundred = self.part(after, end)
        if hundred and hundred[0] is Part.HUNDRED and not self.bears_join(after) and 0 < value < HUNDRED:
            return self.after_hundred(Numeral(at, after, value * HUNDRED, rules=("group",)), end)
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
        following = self.part(self.after_hyphen(small[0] + 1, end), end)
        joined = after > numeral.last + 1 or self.bears_join(after)
        if following and not self.bears_join(small[0] + 1) and counts_alone(small[1], following, joined=joined):
            return numeral
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
