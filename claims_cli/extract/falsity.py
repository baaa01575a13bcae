"""Reports that are called false: "reports that 500 died are untrue", "وصفت الأنباء عن مقتل 500 شخص بأنها كاذبة"."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from claims_cli.extract.text import NUMBER_KIND, SIGN_KIND, WORD_KIND

if TYPE_CHECKING:
    from collections.abc import Sequence

    from claims_cli.extract.pack import Pack
    from claims_cli.extract.text import Token

Span: TypeAlias = "tuple[int, int]"

QUOTES = frozenset("\"'\u2019\u201c\u201d\u00ab\u00bb")
JOINING = frozenset({"", "\u0648", "\u0641"})  # the particles that a negation may bear: "ولم", "فلا"
BREAKS = frozenset(".;:\u061b")
NEAR = 3  # words between an auxiliary, a negation and the verb: "has also not yet been"
FAR = 9  # words between a figure and the verb that it is the subject of, or a report and what calls it false
NEGATED, CALLED_FALSE = "negation", "called false"  # the names of the rules by which a statement denies what its own words tell


class Polarity(Enum):
    """What a sentence makes of something that it tells: it denies it, calls a report of it false, or says nothing sure of it."""

    DENIED = "denied"
    FALSE = "false"
    OPEN = "open"


class Negated(NamedTuple):
    """How something is negated, and by which words."""

    polarity: Polarity
    words: str
    at: int


class CalledFalse:
    """The words of one sentence that call a report false."""

    def __init__(self, tokens: Sequence[Token], pack: Pack) -> None:
        self.tokens = tokens
        self.verb_first = pack.source.language.order == "verb first"
        self.false = [at for at, token in enumerate(tokens) if self.is_falsity(at, token)]

    def is_falsity(self, at: int, token: Token) -> bool:
        """Whether a word calls something false: "baseless", "not true", "غير صحيحة"."""
        if token.kind != WORD_KIND:
            return False
        before = self.tokens[at - 1].word if at else None
        turned = before is not None and (before.has("untruth") or (before.has("negating") and before.prefix in JOINING))
        return (token.word.has("falsity") and not turned) or (token.word.has("truth") and turned)

    def over(self, span: Span) -> Negated | None:
        """The word that calls false a report with a span in it: "reports that 500 died are false", "dismissed as false claims that"."""
        for at in self.false:
            if (
                at < span[0]
                and (self.is_deemed(at) or self.is_beside_report(at))
                and self.report_in(range(max(0, at - 1), span[0])) is not None
            ):
                return Negated(Polarity.FALSE, self.tokens[at].text, at)
            report = self.report_in(range(max(0, span[0] - FAR), span[0])) if at > span[1] else None
            if report is not None and self.is_said_of_report(at, report, span[1]):
                return Negated(Polarity.FALSE, self.tokens[at].text, at)
        return None

    def is_deemed(self, at: int) -> bool:
        """Whether "as" stands right before a word: "dismissed as false"."""
        return not self.verb_first and at > 0 and self.tokens[at - 1].word.has("deeming")

    def is_beside_report(self, at: int) -> bool:
        """Whether a word is the adjective of a report: "false reports that", "الأنباء الكاذبة عن"."""
        beside = at - 1 if self.verb_first else at + 1
        return 0 <= beside < len(self.tokens) and self.tokens[beside].word.has("report")

    def report_in(self, places: range) -> int | None:
        """Where a word for a report stands among some places, nothing but what it reports after it; ``None``: nowhere."""
        found = next((place for place in reversed(places) if self.tokens[place].word.has("report")), None)
        if found is None or (found and self.tokens[found - 1].kind == NUMBER_KIND):
            return None
        if any(self.tokens[place].kind == SIGN_KIND and self.tokens[place].text not in QUOTES for place in range(found + 1, places.stop)):
            return None
        return found

    def is_said_of_report(self, at: int, report: int, last: int) -> bool:
        """Whether a word that calls something false is said of the report before it, what is reported ending with ``last``.

        It stands after "are" or "as", or after a verb of calling: "called the reports of 500 deaths baseless"; in a verb-first language
        as the predicate or the adjective, "الأنباء عن مقتل 500 شخص كاذبة".
        """
        if any(self.tokens[place].text in BREAKS for place in range(last + 1, at)):
            return False
        before = self.tokens[max(last + 1, at - NEAR) : at]
        if self.verb_first:
            return not any(token.word.has("subordinator") for token in before)
        called = any(token.word.has("describing") for token in self.tokens[max(0, report - NEAR) : report])
        return called or any(token.word.has("auxiliary") or token.word.has("deeming") for token in before)

    def within(self, span: Span) -> Negated | None:
        """The word that calls false a report that a statement begins with; ``None``: there is none."""
        for at in self.false:
            if span[0] < at <= span[1]:
                report = self.report_in(range(span[0], at))
                if report is not None and report - span[0] < FAR and self.is_said_of_report(at, report, report):
                    return Negated(Polarity.FALSE, self.tokens[at].text, at)
        return None
