"""What the words around a figure or a statement make of it: stance, modality, place, date."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from claims_cli.core.claim import Modality, Stance
from claims_cli.extract.falsity import CALLED_FALSE, NEGATED, Polarity
from claims_cli.extract.negation import Negations
from claims_cli.extract.text import SIGN_KIND, WORD_KIND

if TYPE_CHECKING:
    from collections.abc import Sequence

    from claims_cli.extract.falsity import Negated
    from claims_cli.extract.frames import Frame
    from claims_cli.extract.pack import Pack
    from claims_cli.extract.text import Token

Span: TypeAlias = "tuple[int, int]"

BREAKS = frozenset(',;:.!?\u060c\u061b\u061f\u2014\u2013()"\u201c\u201d\u00ab\u00bb')
AFTER = 7  # words after a figure within which a marker still speaks of it
REFUSED = 9  # words between a refusal and what is refused, its subject among them
DENIED = 4  # words between a negation and what it denies
LONGEST_PLACE = 4  # words
SHORTEST_FUTURE = 4  # letters of the shortest verb with the particle of the future, "سيصل"
STANCES = {"deny": Stance.DENIES, "withhold": Stance.UNCONFIRMED}
NO_MARKERS = frozenset({"place", "according", "citing", "compared"})
MODALITIES = (("target", Modality.TARGET), ("past", Modality.OBSERVED), ("forecast", Modality.FORECAST))


@dataclass(frozen=True, slots=True)
class Marker:
    """A phrase that tells how firmly something is said: its class, and the tokens ``first`` to ``last``, both included."""

    kind: str
    first: int
    last: int


class Surroundings:
    """The words of one sentence, as they bear on a span of its tokens. A rule is named with the words on which it fired."""

    def __init__(self, tokens: Sequence[Token], pack: Pack, dated: set[int]) -> None:
        self.tokens = tokens
        self.pack = pack
        self.dated = dated
        self.negations = Negations(tokens, pack)
        self.markers = self.markers_found()

    def markers_found(self) -> list[Marker]:
        """The phrases that tell stance and modality, and the verbs in a future form."""
        found: list[Marker] = []
        at = 0
        future = self.pack.future_prefix
        while at < len(self.tokens):
            token = self.tokens[at]
            if token.kind == WORD_KIND:
                phrase = self.pack.speech.at(self.tokens, at)
                if phrase is not None and phrase[1] not in NO_MARKERS:
                    disbelieved = phrase[1] == "unconfirmed" and token.word.has("belief") and at - 1 in self.negations.negating
                    found.append(Marker("deny" if disbelieved else phrase[1], at, at + phrase[0] - 1))
                    at += phrase[0]
                    continue
                if token.word.has("confirmation") and self.is_denied(at):
                    found.append(Marker("withhold", at, at))
                if future and phrase is None and is_future_verb(token, self.pack) and not self.names_a_speaker(at):
                    found.append(Marker("forecast", at, at))
            at += 1
        return found

    def names_a_speaker(self, at: int) -> bool:
        """Whether a word stands right behind a verb of saying, where who speaks is named, and no second verb: "قال سيلفستر إن"."""
        return at > 0 and self.tokens[at - 1].word.entry.verb is not None

    def is_denied(self, at: int) -> bool:
        """Whether a negation or a refusal stands before a word: "لا يستطيع الآن تأكيد", "امتنعت المتحدثة عن تأكيد"."""
        for place in range(at - 1, max(-1, at - 1 - REFUSED), -1):
            word = self.tokens[place].word
            if self.parts(place):
                return False
            if word.has("refusal") or (word.has("negation") and at - place <= DENIED):
                return True
        return False

    def clause(self, span: Span) -> Span:
        """The first and the last token of the clause that holds a span."""
        begin, end = span
        while begin > 0 and not self.parts(begin - 1):
            begin -= 1
        while end + 1 < len(self.tokens) and not self.parts(end + 1):
            end += 1
        return begin, end

    def parts(self, at: int) -> bool:
        """Whether a token stands between two clauses: a sign, "while", "and that"."""
        token = self.tokens[at]
        if token.kind == SIGN_KIND:
            return token.text in BREAKS
        if token.word.has("that"):
            return token.word.prefix.startswith(tuple(self.pack.joins)) or (at > 0 and self.tokens[at - 1].word.form in self.pack.joins)
        return token.word.has("parting") and at > 0

    def governs(self, marker: Marker, span: Span, clause: Span) -> bool:
        """Whether a phrase speaks of a span: it stands before it in the clause, or soon after it."""
        if marker.first < clause[0] or marker.last > clause[1]:
            return False
        if marker.first <= span[1]:
            return True
        prefix = self.tokens[marker.first].word.prefix
        begins_clause = bool(prefix) and prefix[:1] in self.pack.joins
        return marker.first - span[1] <= AFTER and not begins_clause

    def stance(self, frame: Frame | None, span: Span, clause: Span, negated: Negated | None) -> tuple[Stance | None, str | None]:
        """The stance of a span, ``None`` where nothing sure can be said, and the rule that gave it; ``None`` for a plain assertion."""
        if negated is not None and negated.polarity is Polarity.FALSE:
            return Stance.DENIES, f"{CALLED_FALSE}: {negated.words}"
        if frame is not None and (frame.kind in STANCES or frame.denied):
            kind = "deny" if frame.denied else frame.kind
            again = negated is not None and kind == "deny" and negated.at > frame.at  # "denied that nobody was killed"
            return None if again else STANCES[kind], f"{kind}: {self.tokens[frame.at].text}"
        if (told := self.stance_told(span, clause)) is not None:
            return told
        if negated is not None:
            return Stance.DENIES if negated.polarity is Polarity.DENIED else None, f"{NEGATED}: {negated.words}"
        before = self.tokens[span[0] - 1] if span[0] else None
        conceded = span[0] > 1 and self.tokens[span[0] - 2].word.has("concession")  # "hundreds, if not thousands", "whether or not"
        if before is not None and before.word.has("negation") and not conceded:  # "12 and not 20", "neither 12 nor 15"
            return Stance.DENIES, f"{NEGATED}: {before.text}"
        return Stance.ASSERTS, None

    def stance_told(self, span: Span, clause: Span) -> tuple[Stance, str] | None:
        """The stance that a phrase gives to a span, and the rule; ``None``: no phrase tells one."""
        for marker in self.markers:
            if marker.kind == "deny" and self.governs(marker, span, clause):
                return Stance.DENIES, f"deny: {self.words(marker)}"
            if marker.kind in {"withhold", "unconfirmed"} and (
                self.governs(marker, span, clause) or (marker.kind == "withhold" and self.looks_back(marker, span[1]))
            ):
                return Stance.UNCONFIRMED, f"{marker.kind}: {self.words(marker)}"
        return None

    def looks_back(self, marker: Marker, last: int) -> bool:
        """Whether a refusal to confirm in a later clause speaks of a figure before it: "…; the number could not be verified"."""
        if marker.first <= last:
            return False
        return any(token.word.has("backward") for token in self.tokens[max(last + 1, marker.first - AFTER) : marker.last + AFTER])

    def modality(self, frame: Frame | None, span: Span, clause: Span) -> tuple[Modality, str | None]:
        """The modality of a span, and the rule that gave it; ``None`` for a plain observation."""
        if self.is_present(span):
            return Modality.OBSERVED, "already so"
        near = [marker for marker in self.markers if self.governs(marker, span, clause)]
        for kind, modality in MODALITIES:
            for marker in near:
                if marker.kind == kind:
                    return modality, f"{kind}: {self.words(marker)}"
        if frame is not None and frame.kind == "forecast" and not frame.trailing:
            return Modality.FORECAST, f"forecast: {self.tokens[frame.at].text}"
        return Modality.OBSERVED, None

    def is_present(self, span: Span) -> bool:
        """Whether the words next to a span say that it is so already."""
        around = [*self.tokens[max(0, span[0] - 2) : span[0] + 1], *self.tokens[span[1] + 1 : span[1] + 4]]
        return any(token.word.has("present") for token in around if token.kind == WORD_KIND)

    def words(self, marker: Marker) -> str:
        """The words of a phrase."""
        return " ".join(token.text for token in self.tokens[marker.first : marker.last + 1])

    def place(self, span: Span, clause: Span) -> Span | None:
        """The tokens of the place that a clause names nearest to a span; ``None``: it names none."""
        found = []
        for at in range(clause[0], clause[1]):
            phrase = self.pack.places.at(self.tokens, at)
            if phrase is None or at + phrase[0] > clause[1]:
                continue
            place = self.name_of_place(at + phrase[0], clause[1])
            if place is not None:
                found.append(place)
        return min(found, key=lambda place: (place[0] < span[1], abs(place[0] - span[1])), default=None)

    def name_of_place(self, begin: int, end: int) -> Span | None:
        """The name that follows a preposition of place; ``None``: what follows is none.

        In a script with capitals it is what they begin, without its article: "the Marwan earthquake" was in Marwan. Else it is a name that
        the pack knows, or a noun such as "city" with the words after it.
        """
        if self.pack.source.language.order == "verb first":
            return self.known_place(begin, end)
        at = begin + 1 if self.tokens[begin].word.form == "the" else begin
        last = at - 1
        for place in range(at, min(end + 1, at + LONGEST_PLACE)):
            token = self.tokens[place]
            if place in self.dated or token.kind != WORD_KIND or not token.text[:1].isupper():
                break
            last = place
        return (at, last) if last >= at else None

    def known_place(self, begin: int, end: int) -> Span | None:
        """The known name, or noun of place with its name, that begins at a token; ``None``: none does."""
        named = self.pack.place_names.at(self.tokens, begin)
        if named is not None and begin + named[0] - 1 <= end:
            return begin, begin + named[0] - 1
        if not self.tokens[begin].word.has("place noun"):
            return None
        last = begin
        for place in range(begin + 1, min(end + 1, begin + LONGEST_PLACE)):
            token = self.tokens[place]
            if place in self.dated or token.kind != WORD_KIND or not self.may_name(token):
                break
            named = self.pack.place_names.at(self.tokens, place)
            if named is not None and place + named[0] - 1 <= end:
                return begin, place + named[0] - 1
            last = place
        return (begin, last) if last > begin else None

    def may_name(self, token: Token) -> bool:
        """Whether a word after a noun of place can be part of its name: no verb, number or joined word."""
        word = token.word
        return (
            not word.has("stop") and word.entry.verb is None and word.entry.number is None and word.prefix[:1] not in {"و", "ل", "ب", "ف"}
        )


def is_future_verb(token: Token, pack: Pack) -> bool:
    """Whether a word is a verb with the particle of the future written onto it: "سيصل", "وستبلغ"."""
    if token.word.entry is not pack.lexicon.nothing.entry:
        return False
    form = token.word.form
    for join in ("", *pack.joins):
        rest = form.removeprefix(join)
        if rest.startswith(pack.future_prefix) and len(rest) >= SHORTEST_FUTURE and (join == "" or form != rest):
            return rest[1:2] in pack.future_letters and rest not in pack.not_future and is_spelled_future(token.text, join, pack)
    return False


def is_spelled_future(written: str, join: str, pack: Pack) -> bool:
    """Whether the letter after the particle is spelled as verbs have it: "سأرسل" with its hamza, not as in the name "سامر"."""
    return written.removeprefix(join + pack.future_prefix)[:1] not in pack.source.language.not_future_letters
