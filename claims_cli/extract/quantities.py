"""Quantities: numbers with their hedges, ranges, units and rates, as a fact-checker would keep them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from claims_cli.core.amount import MEASURES
from claims_cli.core.value import Hedge, decimal_text
from claims_cli.extract.counting import Counter, scaled_like
from claims_cli.extract.nouns import NOT_KEPT, OPENING_SIGNS
from claims_cli.extract.text import SIGN_KIND, WORD_KIND

if TYPE_CHECKING:
    from claims_cli.extract.terms import Numeral
    from claims_cli.extract.text import Token

HEDGE_WORDS = 4  # the most words of a hedge
HEDGE_GAP = 2  # words that may stand between a hedge and its number: "as many as a further 300"
CHANGE_REACH = 8  # words before "from 10 to 20" in which a verb of change makes it two figures
BOUNDS = frozenset({Hedge.MORE_THAN, Hedge.AT_LEAST, Hedge.LESS_THAN, Hedge.AT_MOST})
CLOSING_SIGNS = frozenset("\"'\u201d\u2019\u00bb")
HUNDREDTH = Decimal("0.01")
DASHES = frozenset("-\u2010\u2011\u2012\u2013\u2014\u2212")
FLIPPED = {Hedge.MORE_THAN: Hedge.AT_MOST, Hedge.LESS_THAN: Hedge.AT_LEAST}
PERCENT = "percent"
WHOLE = 100  # percent, which bare figures seldom exceed


@dataclass(frozen=True, slots=True)
class Quantity:
    """A quantity in the tokens ``first`` to ``last`` of a sentence, both included.

    ``low`` and ``high`` are the stated ends, ``None`` for one that is not stated; ``number`` is the span of tokens of the number alone;
    ``unit`` is ``None`` when the text names nothing that is counted; ``inherited`` tells that the unit is that of the figure before.
    """

    first: int
    last: int
    low: Decimal | None
    high: Decimal | None
    hedge: Hedge
    number: tuple[int, int]
    unit: str | None = None
    inherited: bool = False
    bare: bool = False
    other: Decimal | None = None
    rules: tuple[str, ...] = ()


def with_hedge(hedge: Hedge, value: Decimal) -> tuple[Decimal | None, Decimal | None]:
    """The ends that a value under a hedge states."""
    if hedge in {Hedge.MORE_THAN, Hedge.AT_LEAST, Hedge.VAGUE}:
        return value, None
    if hedge in {Hedge.LESS_THAN, Hedge.AT_MOST}:
        return None, value
    return value, value


def as_share(quantity: Quantity) -> Quantity:
    """A quantity that is a fraction of things, as percent of them to two decimals, so that it is compared with no number of things."""
    low, high = (None if end is None else Decimal(decimal_text((100 * end).quantize(HUNDREDTH))) for end in (quantity.low, quantity.high))
    return replace(quantity, low=low, high=high, unit=PERCENT, rules=(*quantity.rules, "share"))


class Assembler(Counter):
    """Puts the quantities of one sentence together."""

    def quantities(self) -> list[Quantity]:
        """The quantities of the sentence, ranges put together, each with hedge and unit."""
        numerals = list(self.numerals())
        found: list[Quantity] = []
        at = 0
        while at < len(numerals):
            ranged = self.ranged(numerals[at], numerals[at + 1]) if at + 1 < len(numerals) else None
            quantity = ranged or self.single(numerals[at])
            following = at + (2 if ranged else 1)
            limit = numerals[following].first if following < len(numerals) else len(self.tokens)
            found.append(self.with_unit(quantity, limit))
            at = following
        return self.shared(found)

    def single(self, numeral: Numeral) -> Quantity:
        """A quantity of one number, with its hedge."""
        begin, hedge = self.hedge_before(numeral.first)
        low, high = with_hedge(hedge, numeral.value)
        if numeral.floor:
            hedge, low, high = Hedge.VAGUE, numeral.value, None
        return Quantity(begin, numeral.last, low, high, hedge, (numeral.first, numeral.last), other=numeral.other, rules=numeral.rules)

    def hedge_before(self, at: int) -> tuple[int, Hedge]:
        """Where the words that hedge a number begin, and the hedge; two that follow one another give the stronger."""
        begin, found = at, None
        while True:
            gap = self.gap_before(begin)
            phrase = self.pack.hedges_before.before(self.tokens, gap, HEDGE_WORDS)
            if phrase is None:
                return (begin, found or Hedge.EXACT)
            start, hedge = phrase
            if hedge in FLIPPED and start and self.tokens[start - 1].word.has("negation"):
                start, hedge = start - 1, FLIPPED[hedge]
            begin = start
            if found is None or (found not in BOUNDS and hedge in BOUNDS):
                found = hedge

    def gap_before(self, at: int) -> int:
        """Where the words before a number end, signs of currency, quotation marks and fillers left out."""
        for _ in range(HEDGE_GAP + 1):
            before = self.tokens[at - 1] if at else None
            if before is None:
                break
            money = before.kind == SIGN_KIND and self.pack.units.at(self.tokens, at - 1) is not None
            if (
                money
                or before.text in OPENING_SIGNS
                or before.word.has("filler")
                or self.is_article_particle(before)
                or (at > 1 and self.is_money_before(at))
            ):
                at -= 1
            else:
                break
        return at

    def is_money_before(self, at: int) -> bool:
        """Whether the token before a place is the code of a currency: "US$", "EUR"."""
        before = self.tokens[at - 1]
        return before.kind == WORD_KIND and before.text.isupper() and self.pack.units.at(self.tokens, at - 1) is not None

    def is_article_particle(self, token: Token) -> bool:
        """Whether a token is a particle that is written apart from its number: "بـ 381", "الـ 700"."""
        return token.word.form in self.pack.lexicon.prefixes and token.word.form not in self.pack.joins

    def ranged(self, first: Numeral, second: Numeral) -> Quantity | None:
        """Two numbers that are the ends of a range; ``None`` when they are two figures."""
        if first.floor or second.floor or (self.is_percent(first) and not self.is_percent(second)):
            return None
        joint = self.joint_between(first, second)
        if joint is None:
            return None
        low = scaled_like(first, second)
        if low.value >= second.value:
            return None
        opening = self.pack.between.before(self.tokens, self.gap_before(first.first), 2)
        opened = opening[1] if opening else None
        if joint == "joint" and opened != "between":
            return None
        if joint == "to" and self.tells_a_change(first.first, opened):
            return None
        begin = opening[0] if opening else self.hedge_before(first.first)[0]
        rules = (*first.rules, *second.rules, "range")
        return Quantity(begin, second.last, low.value, second.value, Hedge.RANGE, (first.first, second.last), rules=rules)

    def is_percent(self, numeral: Numeral) -> bool:
        """Whether a percent sign or word follows a number."""
        at = numeral.last + 1
        return at < len(self.tokens) and self.pack.percent.at(self.tokens, at) is not None

    def joint_between(self, first: Numeral, second: Numeral) -> str | None:
        """What joins two numbers: "to", "either" or a mere "and"; ``None`` when something else stands between them."""
        if self.reader.bears_join(second.first) and second.first == self.after_unit(first.last + 1):
            return "joint"
        at = self.after_unit(first.last + 1)
        if at >= second.first:
            return None
        found = self.pack.to.at(self.tokens, at)
        if found is None:
            return None
        length, kind = found
        if self.tokens[at].text in DASHES and not first.digits and not self.tokens[at].glued_to(self.tokens[at + 1]):
            return None
        after = at + length
        begin = self.hedge_before(second.first)[0]
        return kind if after in {second.first, begin, self.gap_before(second.first)} else None

    def after_unit(self, at: int) -> int:
        """The place after the unit, the percent sign or the closing quotation mark that may follow the first of two numbers."""
        for table in (self.pack.percent, self.pack.units):
            found = table.at(self.tokens, at) if at < len(self.tokens) else None
            if found is not None:
                return at + found[0]
        return at

    def tells_a_change(self, at: int, opened: str | None) -> bool:
        """Whether "from … to …" tells where a figure came from and went to."""
        if at and self.tokens[at - 1].word.has("amount of change"):  # "rose by 7 to 45"
            return True
        if opened != "from":
            return False
        begin = max(0, at - CHANGE_REACH)
        return any(token.word.has("change") for token in self.tokens[begin:at])

    # Units

    def with_unit(self, quantity: Quantity, limit: int) -> Quantity:
        """The quantity with its unit, its rate and a hedge that follows it."""
        last = quantity.number[1]
        percent = self.pack.percent.at(self.tokens, last + 1) if last + 1 < len(self.tokens) else None
        if percent is not None:
            quantity = replace(quantity, last=last + percent[0], unit=PERCENT, rules=(*quantity.rules, "percent"))
        elif (money := self.nouns.money_before(quantity.number[0])) is not None:
            quantity = replace(quantity, first=min(quantity.first, money[0]), unit=money[1], rules=(*quantity.rules, "currency before"))
        elif "dual noun" in quantity.rules:
            found = self.pack.units.at(self.tokens, last)
            quantity = replace(quantity, unit=found and found[1], last=last + (found[0] - 1 if found else 0))
        else:
            after = self.hedged_after(quantity, limit)
            unit = self.nouns.unit_after(after.last, limit)
            if self.is_share(quantity, None if unit is None else unit[1]):
                quantity = as_share(quantity if unit is None else replace(after, last=unit[0]))
            elif unit is None:
                return self.hedged_after(replace(after, bare=True), limit)
            else:
                quantity = replace(after, last=unit[0], unit=unit[1], rules=(*quantity.rules, unit[2]))
        return self.with_rate(self.hedged_after(quantity, limit), limit)

    def is_share(self, quantity: Quantity, unit: str | None) -> bool:
        """Whether a fraction is one of things counted, "two thirds of the soldiers", rather than of a measure: "two thirds of a mile"."""
        at = quantity.number[1] + 1
        if "so many in so many" in quantity.rules:
            return True
        if quantity.rules[0] != "fraction" or unit in MEASURES | NOT_KEPT or at + 1 >= len(self.tokens):
            return False
        if self.pack.source.numerals.join_needed:
            return self.tokens[at].word.form.startswith("ال")
        return self.tokens[at].word.has("of") and not self.tokens[at + 1].word.has("article")

    def hedged_after(self, quantity: Quantity, limit: int) -> Quantity:
        """The quantity with a hedge that follows it: "68 civilians at least", "107 or more"."""
        at = quantity.last + 1
        if quantity.hedge is not Hedge.EXACT or at >= min(len(self.tokens), limit + 1):
            return quantity
        if (self.tokens[at].text in CLOSING_SIGNS or self.tokens[at].text in {",", "\u060c"}) and at + 1 < len(self.tokens):
            at += 1
        found = self.pack.hedges_after.at(self.tokens, at)
        if found is None or (quantity.low is None and quantity.high is None):
            return quantity
        low, high = with_hedge(found[1], quantity.low if quantity.low is not None else Decimal(0))
        return replace(quantity, last=at + found[0] - 1, low=low, high=high, hedge=found[1], rules=(*quantity.rules, "hedge after"))

    def with_rate(self, quantity: Quantity, limit: int) -> Quantity:
        """The quantity with its rate: "barrels a day", "سنويا"."""
        if quantity.unit in {None, PERCENT}:
            return quantity
        for step in (1, 2, 3):
            at = quantity.last + step
            if at >= min(limit, len(self.tokens)):
                break
            found = self.pack.rates.at(self.tokens, at)
            if found is not None:
                if at + found[0] < len(self.tokens) and self.tokens[at + found[0]].word.has("counted from"):  # "40 a month earlier"
                    break
                return replace(quantity, last=at + found[0] - 1, unit=f"{quantity.unit}{found[1]}", rules=(*quantity.rules, "rate"))
            if self.tokens[at].kind != WORD_KIND or self.tokens[at].word.has("stop"):
                break
        return quantity

    def shared(self, found: list[Quantity]) -> list[Quantity]:
        """The quantities, those without a noun given what their neighbours or the words before them name."""
        settled: list[Quantity] = []
        for place, quantity in enumerate(found):
            following = found[place + 1] if place + 1 < len(found) else None
            if quantity.unit is None:
                limit = following.first if following is not None else len(self.tokens)
                settled.append(self.with_rate(self.named_by_context(quantity, settled, following), limit))
            else:
                settled.append(quantity)
        return settled

    def named_by_context(self, quantity: Quantity, before: list[Quantity], following: Quantity | None) -> Quantity:
        """A quantity without a noun: what the words before it count, what it is listed with, or what the figure before it counted."""
        if following is not None and following.unit and self.listed(quantity, following):
            return replace(quantity, unit=following.unit, inherited=True, rules=(*quantity.rules, "listed with"))
        if following is not None and following.unit and self.is_some_of(quantity, following):
            return replace(quantity, unit=following.unit, inherited=True, rules=(*quantity.rules, "some of"))
        if following is not None and following.unit and self.goes_to(quantity, following):
            return replace(quantity, unit=following.unit, inherited=True, rules=(*quantity.rules, "unit of the end"))
        unit = self.nouns.unit_before(quantity.first) or self.nouns.befallen_after(quantity.last)
        if unit is not None and not (unit == PERCENT and (quantity.low or 0) > WHOLE):  # "unemployment rose 7,000"
            return replace(quantity, unit=unit, rules=(*quantity.rules, "counted before"))
        counted = next((one.unit for one in reversed(before) if one.unit is None or one.unit.split("/")[0] not in NOT_KEPT), None)
        if counted is not None:
            return replace(quantity, unit=counted, inherited=True, rules=(*quantity.rules, "unit of the figure before"))
        return quantity

    def is_some_of(self, quantity: Quantity, following: Quantity) -> bool:
        """Whether a figure is some of the next: "56 of the 62 drones"."""
        between = [token.word for token in self.tokens[quantity.last + 1 : following.first]]
        return bool(between) and between[0].has("of") and all(word.has("determiner") for word in between[1:])

    def goes_to(self, quantity: Quantity, following: Quantity) -> bool:
        """Whether a figure went to another: "from 3,000 to 8,000 soldiers"."""
        at = quantity.last + 1
        found = self.pack.to.at(self.tokens, at) if at < following.number[0] else None
        return found is not None and found[1] == "to" and at + found[0] >= following.first

    def listed(self, quantity: Quantity, following: Quantity) -> bool:
        """Whether two figures stand side by side: "477 and 459 square kilometres"."""
        between = self.tokens[quantity.last + 1 : following.first]
        return len(between) <= 1 and all(token.word.form in self.pack.joins or token.text in {",", "\u060c"} for token in between)
