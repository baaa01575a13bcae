"""Negation: whether a sentence denies what it says of a figure, or as a whole.

A negation reaches over the verb or the noun that it stands with, and over what that verb governs, to the end of the clause: over the
object, "did not send 500 soldiers", and over a subject to which nothing befell, "500 people were not killed". What a negation leaves
asserted, "not only", "did not deny that", "لا يزال", "سوى", is listed in the pack.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeAlias

from claims_cli.extract.falsity import FAR, JOINING, NEAR, QUOTES, CalledFalse, Negated, Polarity
from claims_cli.extract.quantities import FLIPPED
from claims_cli.extract.text import NUMBER_KIND, SIGN_KIND, WORD_KIND

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from claims_cli.extract.frames import Frame
    from claims_cli.extract.pack import Pack
    from claims_cli.extract.text import Token

Span: TypeAlias = "tuple[int, int]"

COMMAS = frozenset(",\u060c")
DEFINITE = "\u0627\u0644"
BARE_NO = "\u0644\u0627"  # before a noun too
PLURAL_VERB = "\u0648\u0627"
POSSESSING = ("\u0644\u062f", "\u0644\u0647")  # "at" and "to" with a pronoun, which stand for "have"
SHORTEST_PIECE = 3  # words
# What a verb of saying becomes when it is negated; one of believing or foreseeing denies what follows.
NEGATED_SAYING = {"deny": "say", "say": "withhold", "confirm": "withhold", "allege": "withhold", "add": "withhold", "relay": "withhold"}
FORESEEING = frozenset({"estimate", "forecast"})


class Negations:
    """The negations of one sentence."""

    def __init__(self, tokens: Sequence[Token], pack: Pack) -> None:
        self.tokens = tokens
        self.pack = pack
        self.verb_first = pack.source.language.order == "verb first"
        self.idle: set[int] = set()
        self.before_nouns: set[int] = set()
        self.ceasing: set[int] = set()
        self.negating: list[int] = []
        if any(token.word.has("negating") for token in tokens) or pack.negation.all_in(tokens):
            self.sort_words()
        self.called_false = CalledFalse(tokens, pack)

    def sort_words(self) -> None:
        """Tell the negations that deny something from those that do not."""
        for at, (length, kind) in self.pack.negation.all_in(self.tokens).items():
            covered = range(at, at + length)
            if kind == "idioms":
                self.idle.update(covered)
            elif kind == "ceasing":
                self.ceasing.add(at)
                self.idle.update(place for place in covered if place != at)
            elif self.tokens[at].word.prefix in JOINING:
                self.before_nouns.add(at)
        for at in range(len(self.tokens)):
            hedge = self.pack.hedges_before.at(self.tokens, at)
            if hedge is not None:
                self.idle.update(range(at, at + hedge[0]))
                if hedge[1] in FLIPPED and at:
                    self.idle.add(at - 1)
        self.negating = [at for at in range(len(self.tokens)) if at in self.ceasing or (at not in self.idle and self.is_negation(at))]

    def is_negation(self, at: int) -> bool:
        """Whether a token negates a verb, or a noun that is not the object of a preposition: "with no warning" denies nothing."""
        word = self.tokens[at].word
        if at in self.before_nouns:
            led = self.tokens[at - 1].word if at else None
            if self.verb_first:  # at the head of a sentence the noun is its subject: "عدم دعم المدينة سيكون خسارة"
                return led is not None and self.tokens[at - 1].kind == WORD_KIND and not led.has("that")
            return led is None or not led.has("preposition")
        if not word.has("negating") or word.prefix not in JOINING:
            return False
        if self.verb_first or at in self.ceasing or word.form not in {"not", "never"}:
            return True
        return word.form == "never" or self.follows_auxiliary(at)

    def follows_auxiliary(self, at: int) -> bool:
        """Whether an auxiliary stands shortly before a token, no sign between them."""
        for token in reversed(self.tokens[max(0, at - NEAR) : at]):
            if token.kind == SIGN_KIND:
                return False
            if token.word.has("auxiliary"):
                return True
        return False

    # Clauses

    def parts(self, at: int) -> bool:
        """Whether a token ends the reach of a negation: a sign, "that", a word that begins a clause, "and"."""
        token = self.tokens[at]
        if token.kind == SIGN_KIND:
            return token.text not in {"-", "$", "%", "#"}
        word = token.word
        return word.has("that") or word.has("subordinator") or word.has("relative") or word.has("parting") or self.joins(at)

    def joins(self, at: int) -> bool:
        """Whether "and", as a word or written onto a word, stands at a token."""
        word = self.tokens[at].word
        written_on = bool(word.prefix) and word.prefix[:1] in JOINING and word.prefix[:1] != ""
        joined_that = word.has("that") and word.form[:1] in self.pack.joins  # "وأن"
        return word.form in self.pack.joins or written_on or joined_that or word.has("adding")

    def clause_end(self, at: int) -> int:
        """The place after the clause in which a token stands, what is joined to it by "and" included."""
        while at < len(self.tokens) and not (self.tokens[at].kind == SIGN_KIND and self.tokens[at].text not in QUOTES):
            at += 1
        return at

    def takes_back(self, at: int, end: int) -> bool:
        """Whether words in the clause of a negation leave the rest asserted: "nobody except", "لم يصل سوى"; "did not deny"."""
        doubted = any(token.word.has("doubt") for token in self.tokens[at + 1 : at + 1 + NEAR])
        checked = any(token.word.has("confirmation") for token in self.tokens[at + 1 : at + 2 * NEAR])  # "could not be verified"
        if doubted or checked or self.tells_of_part(at + 1):  # "none of them seriously", "ليس بينهم جنود"
            return True
        for place in range(at + 1, end):
            token = self.tokens[place]
            if token.kind == SIGN_KIND and token.text not in QUOTES:
                return False
            if token.word.has("adding") and token.word.has("parting"):  # "no troops but 500 guards", not "did not kill 500 but 12"
                return at in self.before_nouns and place - at < SHORTEST_PIECE
            if token.word.has("exception"):
                return True
        return False

    def tells_of_part(self, at: int) -> bool:
        """Whether what follows a negation is only some of those spoken of: "of them", "all of whom", "بينهم"."""
        return any(self.pack.parts.at(self.tokens, place) is not None for place in (at, at + 1) if place < len(self.tokens))

    # Figures

    def of_figure(self, span: Span) -> Negated | None:
        """How a figure is negated; ``None``: it is not."""
        false = self.called_false.over(span)
        if false is not None:
            return false
        for at in self.negating:
            if span[0] <= at <= span[1]:
                continue
            found = self.before_figure(at, span) if at < span[0] else self.after_figure(at, span)
            if found is not None:
                return found
        return None

    def before_figure(self, at: int, span: Span) -> Negated | None:
        """How a negation bears on a figure after it, as the object, or in a verb-first language the subject, of its verb."""
        between = range(at + 1, span[0])
        if any(self.parts(place) for place in between) or at in self.ceasing or self.takes_back(at, self.clause_end(span[1])):
            return None
        if self.is_under_noun(at):
            return None
        if any(self.leads_away(place, at, span[0]) for place in between):
            return None
        if any(self.tokens[place].word.has("ability") for place in range(max(0, at - 1), at + 2)):  # "cannot pay 500 workers"
            return Negated(Polarity.OPEN, self.tokens[at].text, at)
        told = self.is_definite(span[0]) and not (at in self.before_nouns and any(self.tokens[place].word.has("of") for place in between))
        return None if told else Negated(Polarity.DENIED, self.tokens[at].text, at)

    def is_under_noun(self, at: int) -> bool:
        """Whether a negated verb has a relative for its subject: in "a raid that was not announced hurt 60" it tells which raid."""
        place = at - 1
        while place > 0 and self.tokens[place].word.has("auxiliary"):
            place -= 1
        word = self.tokens[place].word
        return place > 0 and not self.verb_first and (word.has("relative") or word.form == "that")

    def leads_away(self, place: int, at: int, figure: int) -> bool:
        """Whether a preposition takes what follows out of the reach of a negation: "did not arrest anyone among the 500"."""
        word, before = self.tokens[place].word, self.tokens[place - 1].word
        if place == figure - 1 and before.has("change"):  # "has not risen to 500"
            return False
        if word.has("of"):
            return self.verb_first and not (before.has("masdar") or before.has("partitive"))
        if not word.has("preposition"):
            return False
        if self.verb_first:  # "ليس في المدينة 500 جندي"
            return place != at + 1
        return not (word.form == "to" and before.entry.verb == "forecast")

    def is_definite(self, at: int) -> bool:
        """Whether a figure counts things that are known already: "the 500 missing"."""
        before = self.tokens[at - 1] if at else None
        determined = before is not None and before.word.has("determiner") and before.word.form not in {"a", "an"}
        return determined or self.tokens[at].word.has("determiner") or (self.verb_first and self.tokens[at].word.prefix.endswith(DEFINITE))

    def after_figure(self, at: int, span: Span) -> Negated | None:
        """How a negation bears on the figure before it, the subject of its verb."""
        if (
            at - span[1] > FAR
            or self.takes_back(at, self.clause_end(at))
            or any(self.breaks_subject(place) for place in range(span[1] + 1, at))
        ):
            return None
        if self.verb_first and not self.is_predicate(at, span):
            return None
        if at in self.ceasing:
            return Negated(Polarity.OPEN, self.tokens[at].text, at)
        around = self.tokens[max(span[1] + 1, at - NEAR) : at + 1 + NEAR]
        if any(token.word.has("ability") for token in around):
            return None
        return Negated(Polarity.DENIED if self.is_of_fate_or_place(at) else Polarity.OPEN, self.tokens[at].text, at)

    def is_predicate(self, at: int, span: Span) -> bool:
        """Whether a negated verb is what a verb-first language says of the figure before it, and no clause under a noun.

        The figure stands at the head of its clause: in "وأضيف 3 لم يتم التعرف عليهم" the verb only tells which three. No indefinite noun
        after a preposition stands between, "في هجوم لم يعلن"; and what is negated is a verb: "لا علاقة لهم" tells which, too.
        """
        following = self.tokens[at + 1].word.form if at + 1 < len(self.tokens) else ""
        if self.negates_noun(at):
            return False
        if following.startswith(POSSESSING):  # "ليس لديهم ماء"
            return False
        between = range(span[1] + 1, at)
        led = any(self.tokens[place].word.has("preposition") for place in between)
        if led and not self.tokens[at - 1].word.form.startswith(DEFINITE):
            return False
        return span[0] > 0 and self.opens_topic(span[0] - 1) and not self.has_plural_verb(between)

    def negates_noun(self, at: int) -> bool:
        """Whether "لا" stands before a noun and not before a verb: "لا علاقة لهم"."""
        following = self.tokens[at + 1].word.form if at + 1 < len(self.tokens) else ""
        return self.tokens[at].word.form.endswith(BARE_NO) and not following.startswith(tuple(self.pack.future_letters))

    def has_plural_verb(self, places: Iterable[int]) -> bool:
        """Whether a verb in the plural of the past stands among some places: "قتلوا"."""
        return any(self.tokens[place].word.form.endswith(PLURAL_VERB) for place in places)

    def opens_topic(self, at: int) -> bool:
        """Whether a token stands right before the subject of a clause: "أن", a sign."""
        return self.tokens[at].word.has("that") or self.tokens[at].kind == SIGN_KIND

    def breaks_subject(self, at: int) -> bool:
        """Whether a token cannot stand between a subject and its negated verb: another verb, a clause of its own."""
        word = self.tokens[at].word
        return self.parts(at) or word.entry.verb is not None or word.entry.unit is not None or self.tokens[at].kind == NUMBER_KIND

    def is_of_fate_or_place(self, at: int) -> bool:
        """Whether what is negated is what befell those counted, or that they are at a place: "were not killed", "are not in Marwan"."""
        for place in range(at + 1, min(len(self.tokens), at + 1 + NEAR)):
            word = self.tokens[place].word
            if self.tokens[place].kind != WORD_KIND:
                return False
            if word.entry.unit is not None or self.is_fate(word.form):
                return True
            if place == at + 1 and self.pack.places.at(self.tokens, place) is not None:
                return True
        return False

    def is_fate(self, form: str) -> bool:
        """Whether a verb in the plural, "يقتلوا", or in the present, "يقتل", tells what befell somebody."""
        if not self.verb_first or len(form) <= NEAR:
            return False
        entry = self.pack.lexicon.entries.get(form[1:].removesuffix("\u0648\u0627"))
        return entry is not None and entry.unit is not None

    # Statements

    def pieces(self, span: Span) -> list[tuple[Span, Negated | None]]:
        """A statement, with how it is negated; in the pieces that "and" or "but" joins where only some of them are."""
        false = self.called_false.over((span[1], span[1])) or self.called_false.within(span)
        if false is not None or not (self.negating):
            return [(span, false)]
        parted = [(piece, self.of_clause(piece)) for piece in self.joined_clauses(span)]
        negated = [one for _, one in parted if one is not None]
        if not negated or len(negated) == len(parted):
            return [(span, negated[0] if negated else None)]
        return parted

    def joined_clauses(self, span: Span) -> list[Span]:
        """The clauses that "and" or "but" joins in a span."""
        begins = [span[0]]
        for at in range(span[0] + 1, span[1]):
            if self.begins_clause(at, begins[-1]) and at - begins[-1] >= SHORTEST_PIECE and span[1] - at + 1 >= SHORTEST_PIECE:
                begins.append(at)
        ends = [begin - 1 for begin in begins[1:]]
        return list(zip(begins, [*ends, span[1]], strict=True))

    def begins_clause(self, at: int, begin: int) -> bool:
        """Whether a clause is joined to the one that begins at ``begin``: by "but", by "and" where both have a verb."""
        word = self.tokens[at].word
        excepting = self.verb_first and word.has("exception")  # "إلا"
        if (word.has("parting") and not word.has("subordinator") and not excepting) or (
            word.has("adding") and not self.joins_words(at, begin)
        ):
            return True
        comma = self.tokens[at - 1].text in COMMAS
        if word.has("that") and self.joins(at):
            return True
        if not self.verb_first or not (self.joins(at) or (comma and word.form[:1] in self.pack.joins)):
            return False
        verb = (word.entry.unit is not None or word.entry.verb is not None) and word.prefix in JOINING and not word.has("masdar")
        return verb or comma or at in self.negating

    def joins_words(self, at: int, begin: int) -> bool:
        """Whether "and" joins words of one clause: no verb stands before it, or none soon after."""
        begin_after = at + 2 if at + 1 < len(self.tokens) and self.tokens[at + 1].word.has("that") else at + 1
        following = range(begin_after, min(len(self.tokens), at + 1 + FAR))
        soon = next((place for place in following if self.parts(place)), following.stop)
        return not (self.has_verb(range(begin, at)) and self.has_verb(range(begin_after, soon)))

    def has_verb(self, places: Iterable[int]) -> bool:
        """Whether a verb can be told among some places."""
        endings = tuple(self.pack.source.speech.past_endings)
        return any(
            self.tokens[at].word.has("auxiliary")
            or self.tokens[at].word.has("negating")
            or self.tokens[at].word.entry.verb is not None
            or (bool(endings) and self.tokens[at].text.endswith(endings))
            for at in places
        )

    def of_clause(self, span: Span) -> Negated | None:
        """How the main verb of a clause, or its subject or object, is negated; ``None``: it is not."""
        for at in self.main_words(span):
            if (
                at in self.negating
                and not self.takes_back(at, span[1] + 1)
                and not (self.qualifies_noun(at, span[0]) or self.is_unsaid(at))
            ):
                return Negated(Polarity.DENIED, self.tokens[at].text, at)
        return None

    def is_unsaid(self, at: int) -> bool:
        """Whether what is negated is a saying, and not what was said: "did not say how"."""
        for place in range(at + 1, min(len(self.tokens), at + 1 + NEAR)):
            word = self.tokens[place].word
            if word.entry.verb in NEGATED_SAYING and not word.has("belief"):
                return any(token.word.has("that") for token in self.tokens[place + 1 : place + 1 + NEAR])
        return False

    def main_words(self, span: Span) -> Iterator[int]:
        """The places of the words of a clause, those of the clauses under it left out."""
        under = span[0] > 0 and self.tokens[span[0] - 1].word.has("subordinator")
        for at in range(span[0], span[1] + 1):
            token = self.tokens[at]
            if token.text in COMMAS:
                under = False
            elif self.leads_under(at, span[0]):
                under = True
            elif not under:
                yield at

    def leads_under(self, at: int, begin: int) -> bool:
        """Whether a token leads a clause under the one that begins at ``begin``: "that", "who", "when"."""
        word = self.tokens[at].word
        if word.has("subordinator"):
            return at not in self.negating
        return at > begin and (word.has("that") or word.has("relative"))

    def qualifies_noun(self, at: int, begin: int) -> bool:
        """Whether what is negated only qualifies a noun: "أرسل قوات لم تصل", "أمر بعدم التحرك"; the subject is no such noun."""
        if not self.verb_first:  # "left 500 homeless and no power"
            return at in self.before_nouns and at - 1 > begin and self.tokens[at - 1].word.has("adding")
        if at == begin:
            return False
        if at in self.before_nouns:  # "أوامر عدم الاستهداف"
            return True
        before = self.tokens[at - 1]
        definite = before.word.form.startswith(DEFINITE) or before.word.has("demonstrative") or before.word.has("personal")
        if before.kind != WORD_KIND or definite or before.word.has("linking") or self.joins(at):
            return False
        led = begin > 0 and self.tokens[begin - 1].word.has("that") and not self.tokens[begin].word.form.startswith(DEFINITE)
        before_it = [place for place in range(begin, at) if place not in self.idle]
        simple = not any(self.tokens[place].word.has("preposition") for place in before_it) and not self.has_plural_verb(before_it)
        if self.negates_noun(at):  # "رجال لا علاقة لهم بالحرب"
            return True
        return at - begin > (FAR if led and simple else 1)

    # Frames

    def as_negated(self, frame: Frame) -> Frame:
        """A frame as the negation of its verb leaves it: who "did not deny" says it, who "did not say" does not confirm it."""
        at = self.of_saying(frame) if self.negating and not frame.trailing else None
        denied = frame.kind in FORESEEING or self.tokens[frame.at].word.has("belief")
        if at is None or (frame.kind not in NEGATED_SAYING and not denied):
            return frame
        kind = frame.kind if denied else NEGATED_SAYING[frame.kind]
        parting = (place - 1 for place in range(frame.at + 1, frame.last + 1) if self.tokens[place].word.has("parting"))
        last, rules = next(parting, frame.last), (*frame.rules, f"negated: {self.tokens[at].text}")
        return replace(frame, kind=kind, last=last, denied=denied, rules=rules)

    def before_verb(self, last: int) -> int:
        """The last token before the auxiliaries and negations that go with the verb after a token: "it did not believe"."""
        while last >= 0 and (self.tokens[last].word.has("auxiliary") or last in self.negating):
            last -= 1
        return last

    def of_saying(self, frame: Frame) -> int | None:
        """The negation of the verb that says something: "did not deny", "لم تقل"; ``None``: it is not negated."""
        for at in range(frame.at - 1, max(-1, frame.at - 1 - NEAR), -1):
            if self.parts(at) and not self.tokens[at].word.has("negating"):
                return None
            if at in self.negating and at not in self.before_nouns:
                return at
        return None
