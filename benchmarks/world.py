"""A made-up world: questions, actors, documents in order of time, and the claims found in them, the same on each run.

Each question has a true figure that moves; most reports give it, some give it roughly, a few give something else. One *hot*
question holds a share of all claims. One *quiet* question has the same few claims in a world of any size, so that finding them can
be timed against finding them among fewer.
"""

from __future__ import annotations

import math
import random
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from itertools import accumulate, count
from typing import TYPE_CHECKING, TypeVar

from claims_cli.core.claim import Claim, Kind, Modality, Question, Quote, Source, Stance
from claims_cli.core.notation import figure_text
from claims_cli.core.value import Figure, Hedge
from claims_cli.core.when import parse_when

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from claims_cli.core.when import When

Kept = TypeVar("Kept")

SEED = 1
FIRST_DAY = date(2023, 1, 1).toordinal()
DAYS = 730
CLAIMS_ON_A_QUESTION = 40
QUESTIONS_ON_A_TOPIC = 20
QUIET_CLAIMS = 20
FEWEST_CLAIMS = 5 * QUIET_CLAIMS
HOT_SHARE = 0.1
OUTLET = "Quiet Post"
QUIET_ACTOR = "Quiet Actor"
AGENCIES = ("Reuters", "AFP", "Interfax")
LONGEST_DELAY = 2  # days from a statement to its publication
FORECAST_REACH = 30  # days

KINDS = ((Kind.LEVEL, 50), (Kind.CUMULATIVE, 20), (Kind.FLOW, 10), (Kind.RATE, 5), (Kind.FIXED, 15))
MODALITIES = ((Modality.OBSERVED, 93), (Modality.FORECAST, 5), (Modality.TARGET, 1), (Modality.CONDITIONAL, 1))
HEDGES = ((Hedge.EXACT, 75), (Hedge.ABOUT, 10), (Hedge.MORE_THAN, 8), (Hedge.AT_LEAST, 3), (Hedge.RANGE, 4))
STANCES_ON_FIGURES = ((Stance.ASSERTS, 985), (Stance.UNCONFIRMED, 10), (Stance.DENIES, 5))
STANCES_ON_FACTS = ((Stance.ASSERTS, 80), (Stance.DENIES, 15), (Stance.UNCONFIRMED, 5))
# What a report makes of the true figure: mostly gives it, sometimes roughly, seldom something else altogether.
FACTORS = ((1.0, 80), (1.05, 6), (0.95, 6), (2.0, 4), (0.5, 3), (10.0, 1))
CLAIMS_IN_A_DOCUMENT = ((1, 20), (2, 25), (3, 25), (4, 15), (6, 15))
SENTENCES = ("officials put it at {} that day", "قال مسؤولون إن العدد بلغ {} في ذلك اليوم")

HOT = Question("hot-question", "topic-0", "hot-question", Kind.LEVEL, "soldier")
QUIET = Question("quiet-question", "topic-0", "quiet-question", Kind.LEVEL, "soldier")


@dataclass(frozen=True, slots=True)
class World:
    """A world of so many claims, ``hot_share`` of them on the hot question."""

    claims: int
    hot_share: float = HOT_SHARE

    @property
    def topics(self) -> int:
        """How many topics there are."""
        return 1 + self.claims // CLAIMS_ON_A_QUESTION // QUESTIONS_ON_A_TOPIC

    def questions(self) -> list[Question]:
        """All questions, the hot and the quiet one first."""
        chance = random.Random(SEED)  # noqa: S311  figures, not secrets
        ordinary = range(max(1, self.claims // CLAIMS_ON_A_QUESTION))
        return [HOT, QUIET, *(question(number, self.topics, chance) for number in ordinary)]

    def actors(self) -> list[str]:
        """The names of all who make claims, those with most claims first."""
        return [f"Actor {number}" for number in range(20 + 3 * math.isqrt(self.claims))]

    def publishers(self) -> list[str]:
        """The names of all who publish, those with most documents first."""
        return [f"Outlet {number}" for number in range(5 + math.isqrt(self.claims) // 4)]

    def told(self) -> Iterator[Claim]:
        """The claims, document by document, in order of publication."""
        chance = random.Random(SEED)  # noqa: S311  figures, not secrets
        asked, names, outlets = self.questions()[2:], Ranked(self.actors()), Ranked(self.publishers())
        every = self.claims // QUIET_CLAIMS
        number, left = 0, QUIET_CLAIMS
        for document in count():
            if number >= self.claims:
                return
            day = FIRST_DAY + DAYS * number // self.claims
            if left and number >= every * (QUIET_CLAIMS - left):
                left -= 1
                yield claim(QUIET, number, QUIET_ACTOR, paper(document, OUTLET, day), day, chance)
                number += 1
                continue
            source = paper(document, outlets.drawn(chance), day)
            for _ in range(min(drawn(CLAIMS_IN_A_DOCUMENT, chance), self.claims - number)):
                subject = HOT if chance.random() < self.hot_share else followed(asked, day, chance)
                yield claim(subject, number, names.drawn(chance), source, day, chance)
                number += 1


class Ranked:
    """Names of which the second is drawn half as often as the first, the third a third as often (Zipf)."""

    def __init__(self, names: Sequence[str]) -> None:
        """``names`` are in order of rank."""
        self.names = names
        self.weights = list(accumulate(1 / rank for rank in range(1, len(names) + 1)))

    def drawn(self, chance: random.Random) -> str:
        """One of the names."""
        return chance.choices(self.names, cum_weights=self.weights)[0]


def drawn(weighted: Sequence[tuple[Kept, int]], chance: random.Random) -> Kept:
    """One of some values, each as often as its weight says."""
    at = chance.random() * sum(weight for _, weight in weighted)
    for value, weight in weighted:
        at -= weight
        if at < 0:
            return value
    return weighted[-1][0]


def question(number: int, topics: int, chance: random.Random) -> Question:
    """An ordinary question; every eighth or so is answered by yes or no."""
    kind = drawn(KINDS, chance)
    slug = f"question-{number}"
    unit = None if kind is Kind.FIXED and chance.random() < 0.8 else "soldier"  # noqa: PLR2004
    return Question(slug, f"topic-{number % topics}", slug, kind, unit)


def followed(asked: Sequence[Question], day: int, chance: random.Random) -> Question:
    """A question that is in the news on a day: each comes up, is much reported, and fades within a tenth of all days."""
    since = 0.1 * chance.random() ** 2
    return asked[int(len(asked) * ((day - FIRST_DAY) / DAYS + since)) % len(asked)]


def paper(number: int, outlet: str, day: int) -> Source:
    """A document."""
    language = ("en", "ar")[number % 2]
    return Source(outlet, f"Report {number}", f"https://example.org/{number}", language, when(day))


def claim(subject: Question, number: int, claimant: str, source: Source, day: int, chance: random.Random) -> Claim:  # noqa: PLR0913, PLR0917
    """A claim found in a document of that day."""
    modality = drawn(MODALITIES, chance)
    said = day - chance.randint(0, LONGEST_DELAY)
    about = said + chance.randint(1, FORECAST_REACH) if modality is Modality.FORECAST else said - chance.choice((0, 0, 0, 1, 2, 7))
    value = None if subject.unit is None else figure(reported(true_figure(subject, about), drawn(FACTORS, chance)), drawn(HEDGES, chance))
    return Claim(
        question=subject.slug,
        claimant=claimant,
        source=source,
        figure=value,
        stance=drawn(STANCES_ON_FACTS if value is None else STANCES_ON_FIGURES, chance),
        modality=modality,
        as_of=when(about),
        said_on=when(said),
        quote=Quote(SENTENCES[number % 2].format("so" if value is None else figure_text(value))),
        relay=(chance.choice(AGENCIES),) if chance.random() < 0.05 else (),  # noqa: PLR2004
        ref=f"c{number}",
    )


@cache
def when(day: int) -> When:
    """The EDTF date of a day."""
    return parse_when(date.fromordinal(day).isoformat())


def true_figure(subject: Question, day: int) -> float:
    """What a perfect witness would say on a day: a toll rises, a fixed figure stays, others come and go."""
    base = 200.0 * (1 + len(subject.slug) + sum(map(ord, subject.slug)) % 97)
    passed = (day - FIRST_DAY) / DAYS
    if subject.kind is Kind.FIXED:
        return base
    if subject.kind is Kind.CUMULATIVE:
        return base * (0.2 + passed)
    return base * (1 + 0.4 * math.sin(6 * math.pi * passed))


def reported(truth: float, factor: float) -> int:
    """The figure that is reported for a true one, to two digits."""
    value = max(1, round(truth * factor))
    return round(value, 2 - len(str(value)))


@cache
def figure(value: int, hedge: Hedge) -> Figure:
    """A figure of that hedge."""
    low = Decimal(value)
    if hedge is Hedge.RANGE:
        return Figure(low, low + Decimal(value // 5 + 1), hedge)
    return Figure(low, None if hedge in (Hedge.MORE_THAN, Hedge.AT_LEAST) else low, hedge)
