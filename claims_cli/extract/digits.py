"""Numbers in digits: their separators, fractions and powers.

Two dialects meet in one text, "1,500.25" and "1.500,25", and one sign can be either: what stands around it decides, not the language.
"""

from __future__ import annotations

import re
from decimal import Context, Decimal
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple
from unicodedata import normalize

from claims_cli.core.value import EXACT, MOST_DIGITS
from claims_cli.extract.text import MARKS, MINUSES, VULGAR_FRACTIONS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from claims_cli.extract.text import Token

HIDDEN = re.compile(f"[{MARKS}]")
GAPS = re.compile("[ \u00a0\u2009\u202f\u2007_'\u2019\u066c]")
GROUPS = re.compile(r"[1-9]\d{0,2}([.,\u060c])\d{3}(?:\1\d{3})*")
GROUPS_AND_FRACTION = re.compile(r"(\d{1,3}(?:([.,\u060c])\d{3})+)(?!\2)[.,\u060c\u066b](\d+)")
FRACTION = re.compile(r"(\d+)[.,\u060c\u066b](\d+)")
INDIAN_GROUPS = re.compile(r"\d{1,2}(?:,\d{2})+,\d{3}(?:\.\d+)?")
VULGAR_FRACTION = re.compile(f"[{VULGAR_FRACTIONS}]")
WITH_VULGAR_FRACTION = re.compile(rf"(?P<whole>\d*)(?P<fraction>[{VULGAR_FRACTIONS}])")
MOST_SPACES = 2
SIGNS = frozenset(f"{MINUSES}+")
SLASHES = frozenset("/\u2044")
POWERS = frozenset({"e", "^"})
LARGEST_EXPONENT = 28  # 1.1^23 is a number of a text; 9^999999 is an attack
TWELVE_DIGITS = Context(prec=12)  # of a third: more would tell of no measure, and leaves room for the whole number before it
LARGEST_DENOMINATOR = 100


def quotient(numerator: int, denominator: int) -> Decimal:
    """A fraction as a decimal of at most twelve digits."""
    return TWELVE_DIGITS.divide(Decimal(numerator), Decimal(denominator))


class Digits(NamedTuple):
    """A number in digits up to the token ``last``, and the rule that read it."""

    last: int
    value: Decimal
    rule: str


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
    if match := WITH_VULGAR_FRACTION.fullmatch(plain):
        above, _, below = normalize("NFKC", match["fraction"]).partition("\u2044")
        return EXACT.add(Decimal(match["whole"] or 0), quotient(int(above), int(below))), None
    return (Decimal(plain.replace(",", "")), None) if plain.isdecimal() or INDIAN_GROUPS.fullmatch(plain) else None


def follows_point(tokens: Sequence[Token], at: int) -> bool:
    """Whether digits stand after a point with nothing before it but a minus: ".25"."""
    point = tokens[at - 1] if at else None
    if point is None or point.text != "." or not point.glued_to(tokens[at]) or not tokens[at].text.isdecimal():
        return False
    return at == 1 or not tokens[at - 2].glued_to(point) or tokens[at - 2].text in MINUSES


def composed(tokens: Sequence[Token], at: int, end: int) -> Digits | None:
    """A number of several tokens in digits, "3/4", "1 3/4", "2 ½", "1e10", "1.1^23"; ``None`` when only one token is read as one."""
    if (share := ratio(tokens, at, end)) is not None:
        return Digits(at + 2, share, "fraction in digits")
    if (whole := power(tokens, at, end)) is not None:
        return whole
    if not is_short(tokens[at]) or not is_apart(tokens, at, end):
        return None
    if (share := ratio(tokens, at + 1, end)) is not None:
        return Digits(at + 3, EXACT.add(Decimal(int(tokens[at].text)), share), "whole and fraction in digits")
    if VULGAR_FRACTION.fullmatch(tokens[at + 1].text) and (read := digits_of(tokens[at + 1].text)) is not None:
        return Digits(at + 1, EXACT.add(Decimal(int(tokens[at].text)), read[0]), "whole and fraction in digits")
    return None


def is_short(token: Token) -> bool:
    """Whether a token is a whole number in digits that can be kept."""
    return token.text.isdecimal() and len(token.text) <= MOST_DIGITS


def is_apart(tokens: Sequence[Token], at: int, end: int) -> bool:
    """Whether a space or two stand between a token and the next."""
    return at + 1 < end and 1 <= tokens[at + 1].gap <= MOST_SPACES


def ratio(tokens: Sequence[Token], at: int, end: int) -> Decimal | None:
    """The value of "3/4", a proper fraction in digits that are glued to each other and to nothing else; ``None`` otherwise."""
    if at + 2 >= end or tokens[at + 1].text not in SLASHES:
        return None
    above, slash, below = tokens[at : at + 3]
    glued = above.glued_to(slash) and slash.glued_to(below)
    if not glued or not (is_short(above) and is_short(below)) or (at + 3 < end and tokens[at + 3].text in SLASHES):
        return None
    numerator, denominator = int(above.text), int(below.text)
    return quotient(numerator, denominator) if 0 < numerator < denominator <= LARGEST_DENOMINATOR else None


def power(tokens: Sequence[Token], at: int, end: int) -> Digits | None:
    """The value of "1e10" and "1.1^23", all glued; ``None`` otherwise."""
    if at + 2 >= end or tokens[at + 1].text.lower() not in POWERS or not tokens[at].glued_to(tokens[at + 1]):
        return None
    signed = tokens[at + 2].text in SIGNS
    last = at + 3 if signed else at + 2
    if last >= end or not is_short(tokens[last]) or not all(one.glued_to(other) for one, other in pairwise(tokens[at : last + 1])):
        return None
    base, exponent = digits_of(tokens[at].text), int(tokens[last].text) * (-1 if signed and tokens[at + 2].text != "+" else 1)
    if base is None or not base[0] or abs(exponent) > LARGEST_EXPONENT:
        return None
    value = base[0] ** exponent if tokens[at + 1].text == "^" else base[0].scaleb(exponent, EXACT)
    return Digits(last, value, "power") if abs(value.adjusted()) <= LARGEST_EXPONENT else None
