"""Which of a sentence's dates a figure or statement is about, and on which of them it was said."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from claims_cli.extract.text import SIGN_KIND

if TYPE_CHECKING:
    from collections.abc import Sequence

    from claims_cli.extract.dates import DateMention
    from claims_cli.extract.frames import Frame
    from claims_cli.extract.pack import Pack
    from claims_cli.extract.text import Token

Span: TypeAlias = "tuple[int, int]"

NEAR_SAYING = 4  # words around a verb of saying within which a date is that of the saying
HARD_BREAKS = frozenset(";:.!?\u061b\u061f\u2014\u2013()")
SOFT_BREAKS = frozenset(",\u060c")


class Timing:
    """The dates of one sentence beside its figures. ``figures`` are the spans of the figures, in order."""

    def __init__(self, tokens: Sequence[Token], pack: Pack, times: Sequence[DateMention], figures: Sequence[Span]) -> None:
        self.tokens = tokens
        self.pack = pack
        self.times = times
        self.figures = figures

    def of(self, span: Span, frame: Frame | None) -> tuple[DateMention | None, DateMention | None]:
        """The date that a span is about, and the date on which it was said; ``None`` where the sentence names none."""
        said, about = None, []
        for mention in self.times:
            if frame is not None and belongs_to_saying(mention, frame, span):
                said = mention
            elif self.speaks_of(mention, span):
                about.append(mention)
        return min(about, key=lambda mention: distance(mention, span), default=None), said

    def speaks_of(self, mention: DateMention, span: Span) -> bool:
        """Whether a date can be that of a span.

        One that follows must come before a figure that is compared, and in the same clause; one that stands before must not trail
        another figure: in "up from 7 in May to 12" May is not the date of 12.
        """
        if mention.first > span[1]:
            return not any(self.parts(at) for at in range(span[1] + 1, mention.first)) and not self.compared(span[1] + 1, mention.first)
        if mention.last < span[0]:
            return self.trailed_by(mention) is None
        return True

    def trailed_by(self, mention: DateMention) -> Span | None:
        """The figure that a date follows in its clause; ``None``: it leads its clause."""
        for figure in reversed(self.figures):
            if figure[1] < mention.first:
                between = range(figure[1] + 1, mention.first)
                return None if any(self.parts(at) or self.tokens[at].text in SOFT_BREAKS for at in between) else figure
        return None

    def compared(self, begin: int, end: int) -> bool:
        """Whether a figure that is compared with the one before stands between two places: ", up from 3,000 last week"."""
        if not any(begin <= figure[0] < end for figure in self.figures):
            return False
        return any(self.compares(at) for at in range(begin, end)) or any(
            self.tokens[at].text in SOFT_BREAKS for at in range(begin, end)
        )

    def compares(self, at: int) -> bool:
        """Whether words that compare two figures begin at a place."""
        found = self.pack.speech.at(self.tokens, at)
        return found is not None and found[1] == "compared"

    def parts(self, at: int) -> bool:
        """Whether a token stands between two clauses, a comma left aside."""
        token = self.tokens[at]
        return (token.kind == SIGN_KIND and token.text in HARD_BREAKS) or (token.word.has("parting") and at > 0)


def belongs_to_saying(mention: DateMention, frame: Frame, span: Span) -> bool:
    """Whether a date stands with the verb of saying rather than in what is said."""
    if frame.trailing:
        return mention.first > frame.at
    begin = min(frame.at, frame.speaker[0] if frame.speaker else frame.at)
    return begin - NEAR_SAYING < mention.first < frame.first + NEAR_SAYING and mention.last < span[0]


def distance(mention: DateMention, span: Span) -> int:
    """How many tokens stand between a date and a span; one that follows counts as nearer than one as far before."""
    if mention.first > span[1]:
        return 2 * (mention.first - span[1]) - 1
    return 2 * abs(span[0] - mention.last)
