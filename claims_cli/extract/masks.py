"""Spans of a text whose digits are no quantities: addresses, telephone numbers, clock times, models, resolutions, groups of states.

And digits with something between them that hides what a reader sees.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from claims_cli.extract.digits import power
from claims_cli.extract.text import DIGITS, MARKS, NUMBER_KIND, SIGN_KIND, WORD_KIND

if TYPE_CHECKING:
    from collections.abc import Sequence

    from claims_cli.extract.pack import Pack
    from claims_cli.extract.text import Token

HYPHENS = frozenset("-\u2010\u2011\u2012\u2013")
MASKS = re.compile(
    r"""https?://\S+ | www\.\S+ | [\w.+-]+@[\w-]+\.[\w.-]+ | [@\#][\w]+
      | \+\d[\d ()-]{6,}\d | \(\d{2,4}\)\ ?\d{3}[- ]\d{4} | \b\d{3}-\d{3}-\d{4}\b | \b0\d{2,4}-\d{5,}
      | \b\d{1,2}:\d{2}(?::\d{2})? (?:\s?(?:[ap]\.?m\b\.?|gmt|utc|cet))? | \b\d{1,2}(?:\.\d{2})?\s?[ap]\.?m\b\.?
      | \b(?!\d{1,3}(?:\.\d{3}){2,}(?![.\d]))\d{1,3}(?:\.\d{1,3}){2,}\b
      | \b(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.(?:25[0-5]|2[0-4]\d|1?\d?\d)){3}\b(?!\.\d) | \b\d{1,2}\.\d{2}\s?(?:gmt|cet|utc|local)
      | \u00a9\s?\d{4}""",
    re.VERBOSE | re.IGNORECASE,
)
MAY_BE_MASKED = re.compile(r"://|www\.|[@#:+\u00a9]|\d\.\d+\.\d|[ap]\.?m\b|\d-\d{3,}|\(\d|\d\.\d\d\s?(?:gmt|cet|utc)", re.IGNORECASE)
# Between digits: controls, bidi overrides, soft hyphens, word joiners, annotations, tags, strokes.
# Whether they are one number, two, or another order of digits, the reader of the page saw something else than what stands there.
HIDING = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u0335-\u0338\u202d\u202e\u2060-\u2065\u206a-\u206f\ufff9-\ufffb\U000e0000-\U000e007f"
HIDES = re.compile(f"[{HIDING}]")
SEPARATORS = ".,\u066b\u066c\u060c"
DIGITS_APART = re.compile(f"(?<![{DIGITS}])[{DIGITS}]++(?:[{SEPARATORS}]?+[{MARKS}{HIDING}]*+[{SEPARATORS}]?+[{DIGITS}]++)++")
LONGEST_MODEL = 8  # letters of the first part of a model: "MiG-29", "Boeing-737", "إسكندر-2"
WEAPON_SIZES = frozenset({"mm", "mph", "hp", "p"})  # glued to digits they name a model or no quantity that is counted


def masked_spans(text: str) -> list[tuple[int, int]]:
    """Where a text has addresses, telephone numbers, clock times, numbers with several points, and digits that hide something."""
    found = [] if MAY_BE_MASKED.search(text) is None else [match.span() for match in MASKS.finditer(text)]
    if HIDES.search(text) is not None:
        found += [match.span() for match in DIGITS_APART.finditer(text) if HIDES.search(match[0])]
    return found


def masked_tokens(tokens: Sequence[Token], pack: Pack, spans: Sequence[tuple[int, int]]) -> set[int]:
    """Which tokens of a sentence are not to be read as numbers."""
    masked: set[int] = set()
    for start, end in spans:
        masked.update(at for at, token in enumerate(tokens) if start <= token.start < end)
    for at, token in enumerate(tokens):
        if is_named(tokens, at, pack):
            masked.add(at)
        if token.kind != SIGN_KIND and (name := pack.mask_names.at(tokens, at)) is not None:
            masked.update(range(at, at + name[0]))
    return masked


def is_named(tokens: Sequence[Token], at: int, pack: Pack) -> bool:
    """Whether a number, in digits or in a word, is part of a name."""
    if tokens[at].kind == NUMBER_KIND:
        return names_a_model(tokens, at, pack) or named_by_a_word(tokens, at, pack) or is_exponent(tokens, at, pack)
    return tokens[at].word.entry.number is not None and named_by_a_word(tokens, at, pack) and not is_scale_alone(tokens[at])


def is_exponent(tokens: Sequence[Token], at: int, pack: Pack) -> bool:
    """Whether a digit is the exponent of a unit: "km2", "m^3"."""
    base = at - 2 if at > 1 and tokens[at - 1].text == "^" else at - 1
    if base < 0 or tokens[at].text not in {"2", "3"} or tokens[base].kind != WORD_KIND or pack.units.at(tokens, base) is None:
        return False
    return all(one.glued_to(other) for one, other in pairwise(tokens[base : at + 1]))


def is_scale_alone(token: Token) -> bool:
    """Whether a word is a hundred or more: "under a thousand" names nothing."""
    number = token.word.entry.number
    return number is not None and number.value >= 100  # noqa: PLR2004 - the smallest that names of things seldom have


def named_by_a_word(tokens: Sequence[Token], at: int, pack: Pack) -> bool:
    """Whether the words around a number make it a name: "Article 5", "القرار 1701"."""
    before = pack.masks_before.before(tokens, at, 2)
    if before is not None and (not pack.hedges_before.at(tokens, before[0])):
        return True
    after = pack.masks_after.at(tokens, at + 1) if at + 1 < len(tokens) else None
    return after is not None and tokens[at].kind == NUMBER_KIND and (tokens[at].glued_to(tokens[at + 1]) or len(tokens[at + 1].text) > 1)


def names_a_model(tokens: Sequence[Token], at: int, pack: Pack) -> bool:
    """Whether digits are part of the name of a thing: F-16, MH17, إف-16, 155mm, 4x4."""
    token = tokens[at]
    before = tokens[at - 1] if at else None
    after = tokens[at + 1] if at + 1 < len(tokens) else None
    if after is not None and token.glued_to(after) and after.kind == WORD_KIND and after.text.isascii():
        known = (
            power(tokens, at, len(tokens))
            or after.word.entry.number is not None
            or pack.units.at(tokens, at + 1)
            or pack.percent.at(tokens, at + 1)
        )
        if not known or after.text in WEAPON_SIZES:
            return True
    if before is None or not before.glued_to(token):
        return False
    if before.kind == WORD_KIND:
        return before.text.isascii() and before.text.isalpha() and pack.units.at(tokens, at - 1) is None
    if before.text in HYPHENS and at > 1 and tokens[at - 2].glued_to(before) and tokens[at - 2].kind == WORD_KIND:
        word = tokens[at - 2]
        if len(word.text) == 1 and word.text.isupper():  # "B-52", though "b" is short for a billion
            return True
        return len(word.text) <= LONGEST_MODEL and word.word.entry.number is None and pack.units.at(tokens, at - 2) is None
    return False
