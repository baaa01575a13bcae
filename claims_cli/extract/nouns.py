"""What a number counts: the noun after it, the currency before it, what the words around it tell of those counted."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from claims_cli.extract.text import NUMBER_KIND, SIGN_KIND, WORD_KIND

if TYPE_CHECKING:
    from collections.abc import Sequence

    from claims_cli.extract.pack import Pack
    from claims_cli.extract.text import Token

UNIT_REACH = 5  # words after a number among which its noun is looked for
CONTEXT_REACH = 6  # words before a number whose noun tells what it counts: "the number of dead rose to 131"
COMMAS = frozenset(",\u060c")
OPENING_SIGNS = frozenset("\"'\u201c\u2018\u00ab(")
WITHIN_NAMES = frozenset("-'\u2019")
DURATIONS = frozenset({"year", "month", "week", "day", "hour", "minute", "second"})
PERSON = "person"
PEOPLE = frozenset(
    {PERSON, "soldier", "officer", "fighter", "civilian", "child", "woman", "student", "employee", "refugee", "migrant", "police", "voter"}
)
NOT_KEPT = DURATIONS | {"degree", "times", "point"}


class Nouns:
    """Finds what the numbers of one sentence count. ``taken`` are tokens of dates and masks."""

    def __init__(self, tokens: Sequence[Token], pack: Pack, taken: set[int]) -> None:
        self.tokens = tokens
        self.pack = pack
        self.taken = taken

    def money_before(self, at: int) -> tuple[int, str] | None:
        """The currency that stands before a number, as a sign or a code: "$20m", "US$ 5", "EUR 3 billion"."""
        for length in (3, 2, 1):
            if at >= length:
                found = self.pack.units.at(self.tokens, at - length)
                if found is not None and found[0] == length and found[1] in self.pack.source.units.currencies:
                    written = self.tokens[at - length : at]
                    glued = all(one.glued_to(other) for one, other in pairwise(written)) or not written[0].word.has("article")
                    if glued and all(token.kind == SIGN_KIND or token.text.isupper() for token in written):
                        return at - length, found[1]
        return None

    def unit_after(self, at: int, limit: int | None = None) -> tuple[int, str, str] | None:
        """The last token, the unit and the rule of the noun after a token; ``None`` when the words there name nothing counted."""
        end = min(len(self.tokens), at + 1 + UNIT_REACH, len(self.tokens) if limit is None else limit)
        found, place = None, at + 1
        verb_first = self.pack.source.language.order == "verb first"
        while place < end and place not in self.taken:
            token = self.tokens[place]
            if token.kind != WORD_KIND and not (token.text in "-\u2010\u2011" or (token.text in OPENING_SIGNS and place == at + 1)):
                unit = self.pack.units.at(self.tokens, place) if token.kind == SIGN_KIND else None
                if unit is not None and found is None:
                    return place + unit[0] - 1, unit[1], "unit"
                break
            of_some = place == at + 2 and self.tokens[at + 1].word.has("of") and token.word.has("determiner")  # "40 of its soldiers"
            if token.word.has("stop") and not of_some and not (token.word.has("of") and place == at + 1):
                break
            unit = self.pack.units.at(self.tokens, place) or self.possessed(place)
            if token.word.has("not a unit") and not (place == at + 1 and unit is not None and unit[1] in DURATIONS):
                unit = None
            if unit is not None:
                kind = PERSON if self.goes_on_with_people(place + unit[0], unit[1]) else unit[1]
                found = (place + unit[0] - 1, kind, "unit")
                place += unit[0]
                if verb_first:
                    break
                continue
            if found is not None and not self.is_noun_of_pair(place):
                break
            place += 1
        return found or self.unlisted_noun(at + 1, place)

    def goes_on_with_people(self, place: int, unit: str) -> bool:
        """Whether another kind of people is joined to people of one kind: "702 women, men and children" are persons."""
        if unit not in PEOPLE or place >= len(self.tokens):
            return False
        joins, token = self.pack.joins, self.tokens[place]
        if token.word.form in joins or token.text in COMMAS:
            place += 1
        elif token.word.prefix[:1] not in joins or not token.word.prefix:
            return False
        other = self.pack.units.at(self.tokens, place) if place < len(self.tokens) else None
        return other is not None and other[1] in PEOPLE and other[1] != unit

    def possessed(self, place: int) -> tuple[int, str] | None:
        """The unit of a noun with a possessive written onto it, after "of": "من جنوده"; ``None``: it is none."""
        return self.possessed_noun(place) if self.tokens[place - 1].word.has("of") else None

    def possessed_noun(self, place: int) -> tuple[int, str] | None:
        """The unit of a noun with a possessive written onto it: "موظفيه"; ``None``: it is none."""
        form = self.tokens[place].word.form
        for ending in self.pack.source.units.possessives:
            for phrase, unit in self.pack.units.first.get(form.removesuffix(ending), ()) if form.endswith(ending) else ():
                if len(phrase) == 1:
                    return 1, unit
        return None

    def unlisted_noun(self, begin: int, end: int) -> tuple[int, str, str] | None:
        """The noun among some words that no list holds: a plural; people by its ending or, as a nation, by its capital letter."""
        endings = tuple(self.pack.source.units.person_endings)
        if self.pack.source.language.order == "verb first":
            noun = self.tokens[begin] if begin < end else None
            if noun is None or noun.kind != WORD_KIND or noun.word.has("stop") or noun.word.prefix or noun.word.entry.verb is not None:
                return None
            person = noun.word.form.endswith(endings) and not noun.word.form.startswith("ال")
            return (begin, "person", "noun that no list holds") if person else None
        for place in range(begin, end):
            token = self.tokens[place]
            singular = self.pack.singular(token.word)
            if token.kind != WORD_KIND or token.word.form in {token.word.base, singular} or token.word.has("not a unit"):
                continue
            person = token.text[:1].isupper() or token.word.form.endswith(endings)
            return place, PERSON if person else singular, "noun that no list holds"
        return None

    def is_noun_of_pair(self, place: int) -> bool:
        """Whether a word after a known noun may be an adjective of another noun that follows: "police staff officers"."""
        return place + 1 < len(self.tokens) and self.tokens[place].text == "-"

    def befallen_after(self, last: int) -> str | None:
        """What the words right after a number tell of those counted: "two hundred were injured"."""
        for token in self.tokens[last + 1 : last + 1 + UNIT_REACH]:
            if token.kind != WORD_KIND:
                break
            if token.word.entry.unit is not None:
                return token.word.entry.unit
        return None

    def counted_by_number(self, first: int) -> str | None:
        """What "the number of …" counts, however far before a number in its sentence: "عدد موظفيه في العالم سينخفض إلى 90 ألفا"."""
        at = next((place for place in range(first - 2, -1, -1) if self.tokens[place].word.has("count")), None)
        if at is None or any(self.tokens[place].kind == NUMBER_KIND for place in range(at, first)):
            return None
        after = at + 2 if self.tokens[at + 1].word.has("of") else at + 1
        found = self.pack.units.at(self.tokens, after) or self.possessed_noun(after)
        if found is None or found[1] in NOT_KEPT:
            return None
        return PERSON if self.goes_on_with_people(after + found[0], found[1]) else found[1]

    def is_their_number(self, at: int) -> bool:
        """Whether a word is "number" with a possessive: "عددهم", "their number"."""
        word = self.tokens[at].word
        if word.has("count"):
            return at > 0 and self.tokens[at - 1].word.form in self.pack.possessive_words
        bases = (word.form.removesuffix(ending) for ending in self.pack.source.units.possessives if word.form.endswith(ending))
        return any((entry := self.pack.lexicon.entries.get(base)) is not None and "count" in entry.roles for base in bases)

    def unit_before(self, first: int) -> str | None:
        """What the words before a number count: "the number of dead rose to 131"."""
        counted = self.counted_by_number(first)
        if counted is not None:
            return counted
        near = self.unit_near(first)
        return near if near in PEOPLE else self.counted_by_toll(first) or near

    def counted_by_toll(self, first: int) -> str | None:
        """What a toll counts that stands before a number in its clause, with whatever names its event: "the toll from the storm in Z"."""
        for at in range(first - 1, -1, -1):
            token = self.tokens[at]
            if token.word.has("toll"):
                return token.word.entry.unit or PERSON
            if at in self.taken or token.text in WITHIN_NAMES:
                continue
            parted = any(token.word.has(role) for role in ("that", "parting", "subordinator", "relative"))
            if token.kind != WORD_KIND or parted or token.word.entry.verb is not None:
                return None
        return None

    def unit_near(self, first: int) -> str | None:
        """What the words right before a number count."""
        for at in range(first - 1, max(-1, first - 1 - CONTEXT_REACH), -1):
            token = self.tokens[at]
            if (token.word.entry.verb is not None and token.word.entry.unit is None) or self.is_their_number(at):
                break
            if token.kind == NUMBER_KIND or at in self.taken:
                continue
            entry = token.word.entry
            if entry.unit is not None:
                return entry.unit
            found = self.pack.units.at(self.tokens, at) if token.kind == WORD_KIND else None
            if found is not None and found[1] not in NOT_KEPT and found[1] not in self.pack.source.units.currencies:  # "won 132 seats"
                return found[1]
        return None
