"""The value mini-language: ``12000``, ``~12k``, ``>10,000``, ``10-12k``, ``thousands``, ``أكثر من 10 آلاف``.

One small grammar, read by a scanner and a parser over tables of words:

    figure  = vague | [hedge] number ["+"] | number after | range
    range   = number (dash | "to") number | "between" number "and" number
    number  = ["-"] digits [scale] | ["-"] whole scale | ["-"] pair

A bare first end takes the scale of the second: 10-12k. A text with two readings is refused with both.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, NoReturn, TypeVar

from claims_cli.core.errors import NotUnderstood
from claims_cli.core.folding import fold
from claims_cli.core.value import EXACT, MOST_DIGITS, Figure, Hedge, decimal_text, nearest_kept

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Meaning = TypeVar("Meaning")

FIX = "write for example 12000, ~12k, >10,000, <500, 10-12k, thousands"
OVERRIDES = re.compile("[\u202a-\u202e\u2066-\u2069]")
# Marks of direction and joining, tatweel, harakat: they change how a number looks, never what it is.
# The hamza and the madda among them (U+0653-0655) are what some systems make of أ and آ, which fold to the bare letter anyway.
INVISIBLE = re.compile("[\u200b-\u200f\u061c\ufeff\u0640\u064b-\u065f\u0670]")

HEDGES = {
    Hedge.ABOUT: ["~", "≈", "∼", "about", "around", "roughly", "some", "nearly", "almost", "circa", "ca", "approximately",
                  "نحو", "حوالي", "حوالى", "قرابة", "زهاء", "ما يقارب", "ما يقرب من", "تقريبا"],
    Hedge.MORE_THAN: [">", "more than", "over", "above", "أكثر من", "ما يزيد على", "ما يزيد عن", "يزيد على", "يفوق", "ما يفوق", "فوق",
                      "تجاوز", "يتجاوز"],
    Hedge.AT_LEAST: [">=", "≥", "at least", "no fewer than", "no less than", "not less than", "على الأقل", "ما لا يقل عن", "لا يقل عن"],
    Hedge.LESS_THAN: ["<", "less than", "fewer than", "under", "below", "أقل من", "دون"],
    Hedge.AT_MOST: ["<=", "≤", "at most", "up to", "as many as", "no more than", "لا يتجاوز", "لم يتجاوز",
                    "ما لا يزيد على", "لا يزيد على", "على الأكثر", "بحد أقصى",
                    "ما يصل إلى", "حتى"],
}  # fmt: skip
AFTER = {
    Hedge.ABOUT: ["approximately", "roughly", "تقريبا"],
    Hedge.AT_LEAST: ["at least", "or more", "على الأقل", "أو أكثر"],
    Hedge.AT_MOST: ["at most", "or less", "or fewer", "على الأكثر", "بحد أقصى", "أو أقل"],
}
# A whole scale word stands for one of it; the others need digits: "more than آلاف" is not 1,000.
WHOLE_SCALES = {3: ["thousand", "ألف"], 6: ["million", "مليون"], 9: ["billion", "مليار", "بليون"], 12: ["trillion", "تريليون", "ترليون"]}
SCALES = {3: ["k", "آلاف", "ألوف"], 6: ["m", "mn", "ملايين"], 9: ["b", "bn", "مليارات"], 12: ["t", "tn", "تريليونات"]}
# After digits an accusative, "12 ألفاً"; alone it is one with tanwin and two without, and tanwin is seldom written.
ACCUSATIVES = {3: ["ألفا"], 6: ["مليونا"], 9: ["مليارا"]}
PAIRS = {3: ["ألفان", "ألفين", "ألفي"], 6: ["مليونان", "مليونين", "مليوني"], 9: ["ملياران", "مليارين", "ملياري"]}
VAGUE = {
    Decimal(10): ["tens", "عشرات"],
    Decimal(12): ["dozens"],
    Decimal(100): ["hundreds", "مئات"],
    Decimal(1_000): ["thousands", "آلاف", "الاف"],
    Decimal(10_000): ["tens of thousands", "عشرات الآلاف", "عشرات آلاف"],
    Decimal(100_000): ["hundreds of thousands", "مئات الآلاف", "مئات آلاف"],
    Decimal(1_000_000): ["millions", "ملايين"],
    Decimal(10_000_000): ["tens of millions", "عشرات الملايين", "عشرات ملايين"],
    Decimal(100_000_000): ["hundreds of millions", "مئات الملايين", "مئات ملايين"],
    Decimal(1_000_000_000): ["billions", "مليارات"],
}
TO = ["to", "إلى", "حتى"]
AND = ["and", "و"]
# How a range begins, and the words that may then join its ends. "10 and 12" without a beginning is two figures, not a range.
OPENINGS = {"between": [*AND, *TO], "بين": [*AND, *TO], "ما بين": [*AND, *TO], "from": TO, "من": TO}


def folded(table: Mapping[Meaning, Iterable[str]]) -> dict[str, Meaning]:
    """What each word of a table means, by the folded word."""
    return {fold(word): meaning for meaning, words in table.items() for word in words if word[0].isalpha()}


SIGN = {word: hedge for hedge, words in HEDGES.items() for word in words if not word[0].isalpha()}
HEDGE_WORDS = folded(HEDGES)
AFTER_WORDS = folded(AFTER)
WHOLE_WORDS = folded(WHOLE_SCALES)
ACCUSATIVE_WORDS = folded(ACCUSATIVES)
SCALE_WORDS = WHOLE_WORDS | folded(SCALES) | ACCUSATIVE_WORDS
PAIR_WORDS = folded(PAIRS)
VAGUE_WORDS = folded(VAGUE)
VAGUE_TEXT = {floor: words[0] for floor, words in VAGUE.items()}
JOINTS = {fold(opening): frozenset(map(fold, words)) for opening, words in OPENINGS.items()}
TO_WORDS = frozenset(map(fold, TO))
LONGEST_PHRASE = max(len(phrase.split()) for table in (HEDGE_WORDS, AFTER_WORDS, JOINTS) for phrase in table)
DOUBTFUL = Decimal(100)  # a range this wide with a bare first end, "12-10k", is more likely a slip
MORE_OR_LESS = "several"  # before a floor that no vague word has: "several 300"
LONGEST = 200  # letters; two numbers of 30 digits with separators, scale words and harakat take fewer
LONGEST_SHOWN = 60  # letters of a text that a message repeats

TOKEN = re.compile(
    r"""(?P<space>\s+)
    |(?P<number>\d[\d.,_\u066b\u066c\u060c\u00a0\u2009\u202f']*(?:[ ]\d{3}(?!\d))*)
    |(?P<sign>>=|<=|[~≈∼><≥≤])
    |(?P<dash>[-\u2010-\u2015\u2212])
    |(?P<plus>\+)
    |(?P<word>[^\W\d_]+)""",
    re.VERBOSE,
)
GROUPED = re.compile(r"[1-9]\d{0,2}(?:([,_\u066c\u060c\u00a0\u2009\u202f' ])\d{3})(?:\1\d{3})*(?:[.\u066b]\d+)?")
PLAIN = re.compile(r"\d+(?:[.\u066b]\d+)?")
COMMA_FRACTION = re.compile(r"\d+[,\u060c]\d{1,2}|0+[,\u060c]\d{3}")
POINT_AND_THREE = re.compile(r"[1-9]\d{0,2}\.\d{3}")


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of the text: what it is, as written (its digits as ASCII), and folded."""

    kind: str
    text: str
    folded: str


def tokens_of(text: str) -> list[Token]:
    """The pieces of a text. Raises NotUnderstood at a character that no figure has, and for a text longer than any figure."""
    if len(text) > LONGEST:
        raise NotUnderstood(f"{shown(text)} is not a value: it has more than {LONGEST} letters", fix=FIX)
    if OVERRIDES.search(text):
        raise NotUnderstood("the value hides the order of its digits (bidi override)", fix="type it again")
    clean = INVISIBLE.sub("", text).strip()
    found, at = [], 0
    while at < len(clean):
        match = TOKEN.match(clean, at)
        if match is None:
            raise NotUnderstood(f"{shown(text)} is not a value: {clean[at]!r} does not belong in it", fix=FIX)
        kind = str(match.lastgroup)
        if kind != "space":
            word = ascii_digits(match[0].strip())
            found.append(Token(kind, word, fold(word) if kind == "word" else word))
        at = match.end()
    return split_and(found)


def split_and(tokens: list[Token]) -> list[Token]:
    """The pieces with an attached Arabic "and" before a number or a scale apart."""
    apart: list[Token] = []
    for token in tokens:
        rest = token.folded[1:]
        if token.kind == "word" and token.folded.startswith(fold("و")) and (rest in SCALE_WORDS or rest in PAIR_WORDS):
            apart += [Token("word", token.text[:1], fold("و")), Token("word", token.text[1:], rest)]
        else:
            apart.append(token)
    return apart


class Parser:
    """Reads one figure from tokens, left to right."""

    def __init__(self, text: str) -> None:
        """``text`` is what the person wrote, for messages."""
        self.text = text
        self.tokens = tokens_of(text)
        self.at = 0

    def refuse(self, why: str, fix: str = FIX) -> NoReturn:
        """Raise NotUnderstood with the reason."""
        raise NotUnderstood(f"{shown(self.text)} is not a value: {why}", fix=fix)

    def peek(self, kind: str) -> Token | None:
        """The next token when it is of a kind."""
        return self.tokens[self.at] if self.at < len(self.tokens) and self.tokens[self.at].kind == kind else None

    def take(self, kind: str) -> Token | None:
        """The next token when it is of a kind, which is then read."""
        token = self.peek(kind)
        self.at += token is not None
        return token

    def figure(self) -> Figure:
        """The whole text as a figure."""
        if not self.tokens:
            raise NotUnderstood("the value is empty", fix=FIX)
        floor = VAGUE_WORDS.get(" ".join(token.folded for token in self.tokens))
        if floor is not None:
            return Figure(floor, None, Hedge.VAGUE)
        if self.peek("word") and self.tokens[0].folded == MORE_OR_LESS:
            self.at = 1
            return self.ended(Figure(self.number()[0], None, Hedge.VAGUE))
        joints = self.phrase(JOINTS)
        if joints is not None:
            return self.range_after(self.number(), joints)
        sign = self.take("sign")
        hedge = SIGN[sign.text] if sign else self.phrase(HEDGE_WORDS)
        first = self.number()
        if self.peek("dash") or self.joins():
            if hedge is not None:
                self.refuse("a range takes no hedge", "write the range alone, for example 10-12k")
            return self.range_after(first, TO_WORDS)
        if hedge is None:
            hedge = Hedge.AT_LEAST if self.take("plus") else self.phrase(AFTER_WORDS)
        return self.ended(stated(first[0], hedge or Hedge.EXACT))

    def joins(self) -> bool:
        """Whether a range goes on with a word: "10 to 12"."""
        word = self.peek("word")
        return word is not None and word.folded in TO_WORDS

    def phrase(self, table: Mapping[str, Meaning]) -> Meaning | None:
        """What the next words mean in a table, the longest phrase that fits; ``None`` when none does, and nothing is read."""
        for end in range(min(self.at + LONGEST_PHRASE, len(self.tokens)), self.at, -1):
            words = " ".join(token.folded for token in self.tokens[self.at : end])
            if words in table:
                self.at = end
                return table[words]
        return None

    def range_after(self, first: tuple[Decimal, int], joints: frozenset[str]) -> Figure:
        """The range that begins with a number; the scale of the second counts for the first when that is bare and smaller."""
        if not self.take("dash"):
            word = self.take("word")
            if word is None or word.folded not in joints:
                self.refuse("the second end is missing")
        low, high = first, self.number()
        if low[1] == 0 and high[1] > 0 and low[0].scaleb(high[1], EXACT) <= high[0]:
            low = (low[0].scaleb(high[1], EXACT), high[1])
        elif low[1] == 0 and high[1] > 0 and EXACT.multiply(low[0], DOUBTFUL) <= high[0]:
            self.refuse("its first end may carry the scale of the second or not", "write both ends in full")
        if low[0] > high[0]:
            self.refuse(f"{decimal_text(low[0])} is more than {decimal_text(high[0])}", "write the smaller end first")
        return self.ended(Figure(low[0], high[0], Hedge.RANGE))

    def number(self) -> tuple[Decimal, int]:
        """A number, with the power of ten of the scale word that it carries."""
        negative = self.take("dash") is not None
        digits = self.take("number")
        word = self.peek("word")
        if digits is None:
            if word is not None and word.folded in PAIR_WORDS:
                self.at += 1
                return Decimal(2).scaleb(PAIR_WORDS[word.folded]), PAIR_WORDS[word.folded]
            if word is None or word.folded not in WHOLE_WORDS:
                self.refuse_word(word)
        power = SCALE_WORDS.get(word.folded, 0) if word else 0
        value = Decimal(1) if digits is None else self.digits(digits.text, power)
        self.at += power > 0
        scaled = value.scaleb(power, EXACT)
        return (scaled.copy_negate() if negative else scaled), power  # the operator would round to 28 digits

    def refuse_word(self, word: Token | None) -> NoReturn:
        """Refuse what stands in the place of a number; ``None`` is the end of the text, or a sign."""
        if word is None:
            self.refuse("a number is missing")
        power = ACCUSATIVE_WORDS.get(word.folded)
        if power is not None:
            self.refuse(f"{shown(word.text)} alone can be one or two", f"write {10**power} or {2 * 10**power}")
        if word.folded in SCALE_WORDS:
            self.refuse(f"{shown(word.text)} has no digits before it")
        self.refuse(f"{shown(word.text)} is no number")

    def digits(self, text: str, power: int) -> Decimal:
        """The value of digits with separators. ``power`` is that of the scale word after them, 0 without one.

        Raises NotUnderstood where they have two readings. Before a scale word a fraction is usual: 1.234 million, 12,5 ألف.
        """
        # The 0 before a fraction is not counted: 30 digits after the point are kept.
        if sum(letter.isdigit() for letter in text.removeprefix("0")) > MOST_DIGITS:
            self.refuse(f"it has more than {MOST_DIGITS} digits", "write a shorter one")
        if POINT_AND_THREE.fullmatch(text) and not power:
            joined = text.replace(".", "")
            self.refuse(f"it can be {joined} or {text.rstrip('0').rstrip('.')}", f"write {joined}, or {text}0 for the fraction")
        if COMMA_FRACTION.fullmatch(text):
            whole, fraction = re.split("[,\u060c]", text)
            if power:
                return Decimal(f"{whole}.{fraction}")
            joined = f"{whole}{fraction}".lstrip("0") or "0"
            self.refuse("its comma can be a decimal or a slip", f"write {whole}.{fraction} or {joined}")
        if not (PLAIN.fullmatch(text) or GROUPED.fullmatch(text)):
            self.refuse(f"the digits {shown(text)} are not grouped by threes")
        return Decimal(re.sub("[,_\u066c\u060c\u00a0\u2009\u202f' ]", "", text).replace("\u066b", "."))

    def ended(self, figure: Figure) -> Figure:
        """The figure, when nothing follows it."""
        if self.at < len(self.tokens):
            self.refuse(f"{shown(self.tokens[self.at].text)} does not belong in it")
        return figure


def shown(text: str) -> str:
    """A text as a message repeats it: quoted, what cannot be seen escaped, cut when it is long."""
    return repr(text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN]}…")


def ascii_digits(text: str) -> str:
    """Digits of any script as ASCII."""
    return "".join(str(int(letter)) if letter.isdecimal() else letter for letter in text)


def stated(value: Decimal, hedge: Hedge) -> Figure:
    """The figure of one number and a hedge."""
    match hedge:
        case Hedge.EXACT | Hedge.ABOUT | Hedge.RANGE:
            return Figure(value, value, hedge)
        case Hedge.MORE_THAN | Hedge.AT_LEAST | Hedge.VAGUE:
            return Figure(value, None, hedge)
        case Hedge.LESS_THAN | Hedge.AT_MOST:
            return Figure(None, value, hedge)


@lru_cache(maxsize=4096)
def parse_figure(text: str) -> Figure:
    """The figure that a text of the mini-language means. Raises NotUnderstood with what is wrong and what to write."""
    return Parser(text).figure()


def plain_text(value: Decimal) -> str:
    """A number as the mini-language reads it back: 1.125 gets a zero more, since 1.125 could be read as 1,125."""
    text = decimal_text(value)
    return f"{text}0" if POINT_AND_THREE.fullmatch(text.removeprefix("-")) else text


SIGNS = {Hedge.EXACT: "", Hedge.ABOUT: "~", Hedge.MORE_THAN: ">", Hedge.AT_LEAST: ">=", Hedge.LESS_THAN: "<", Hedge.AT_MOST: "<="}


@lru_cache(maxsize=4096)
def figure_text(figure: Figure) -> str:
    """The canonical text of a figure, which parses back to it: ``~12000``, ``10000-12000``, ``thousands``, ``several 300``."""
    low = "" if figure.low is None else plain_text(figure.low)
    high = "" if figure.high is None else plain_text(figure.high)
    if figure.hedge is Hedge.RANGE:
        return f"{low}-{high}"
    if figure.hedge is Hedge.VAGUE and figure.low is not None:
        return VAGUE_TEXT.get(figure.low, f"{MORE_OR_LESS} {low}")
    return f"{SIGNS[figure.hedge]}{low or high}"


@lru_cache(maxsize=4096)
def ends_text(low: Decimal | None, high: Decimal | None) -> str | None:
    """Two ends in the value mini-language, an open one as a bound; ``None`` without any."""
    low, high = (None if end is None else nearest_kept(end) for end in (low, high))
    if low is None and high is None:
        return None
    if low is None or high is None:
        return figure_text(Figure(low, high, Hedge.AT_MOST if low is None else Hedge.AT_LEAST))
    return figure_text(Figure(low, high, Hedge.EXACT if low == high else Hedge.RANGE))


@lru_cache(maxsize=4096)
def figure_for_people(figure: Figure) -> str:
    """The figure with separators for thousands: ``~12,000``, ``≥10,000``, ``10,000–12,000``."""
    low = "" if figure.low is None else grouped(figure.low)
    high = "" if figure.high is None else grouped(figure.high)
    if figure.hedge is Hedge.RANGE:
        return f"{low}–{high}"
    if figure.hedge is Hedge.VAGUE:
        return VAGUE_TEXT.get(figure.low or Decimal(0), f"{MORE_OR_LESS} {low}")
    return f"{SIGNS[figure.hedge]}{low or high}".replace(">=", "≥").replace("<=", "≤")


def grouped(value: Decimal) -> str:
    """A number with separators for thousands."""
    return f"{Decimal(decimal_text(value)):,f}"
