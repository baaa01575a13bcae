"""Drift: where a later report of one statement is firmer than an earlier one, as "about", "soon" and "estimates" are lost on the way.

Told only of reports of one statement: the same voice, said on one day; or several voices that share an origin. What a claimant says more
firmly on another day is a statement of his own. Drift changes no relation: it is told beside it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from claims_cli.core.claim import Modality
from claims_cli.core.folding import fold
from claims_cli.core.origin import UNKNOWN_PROVENANCE
from claims_cli.core.pair import in_order
from claims_cli.core.statement import figure_named, published_before
from claims_cli.core.value import Hedge

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from claims_cli.core.origin import Provenance
    from claims_cli.core.pair import Pair
    from claims_cli.core.statement import Statement

WORDS = {
    Hedge.ABOUT: "about",
    Hedge.MORE_THAN: "more than",
    Hedge.AT_LEAST: "at least",
    Hedge.LESS_THAN: "less than",
    Hedge.AT_MOST: "at most",
}
UPPER = (Hedge.LESS_THAN, Hedge.AT_MOST)
LOWER = (Hedge.MORE_THAN, Hedge.AT_LEAST)
# What becomes firmer: a hedge is lost, a ceiling becomes a figure or a floor, a figure becomes a floor.
FIRMER = frozenset(
    {
        *((hedge, Hedge.EXACT) for hedge in WORDS),
        *((hedge, Hedge.ABOUT) for hedge in UPPER),
        *((hedge, floor) for hedge in (Hedge.ABOUT, Hedge.EXACT, *UPPER) for floor in LOWER),
        (Hedge.AT_LEAST, Hedge.MORE_THAN),
    }
)
AHEAD = {Modality.FORECAST: "a forecast", Modality.TARGET: "a target", Modality.CONDITIONAL: "conditional"}


def drift_between(one: Statement, other: Statement, reports: Mapping[int, Provenance]) -> str | None:
    """What is firmer in the later report of one statement than in the earlier, in words; ``None`` where nothing is, or they are no such.

    The earlier is the one nearer to the claimant where one has it from the other, else the one that came out first.
    """
    pair = in_order(one, other)
    if not of_one_statement(pair):
        return None
    first, then = nearer_first(pair, reports)
    found = list(firmer(first, then, reports.get(first.id, UNKNOWN_PROVENANCE), reports.get(then.id, UNKNOWN_PROVENANCE)))
    return None if not found else f"the report of #{then.id} is firmer than that of #{first.id}: {'; '.join(found)}"


def of_one_statement(pair: Pair) -> bool:
    """Whether two claims report one statement: one figure, however hedged, by voices of one origin, or by one voice in two documents."""
    if not pair.same_question or figure_named(pair.earlier) != figure_named(pair.later):
        return False
    if pair.same_voice:
        return pair.other_document and pair.earlier.said_day == pair.later.said_day and pair.earlier.said_day is not None
    return pair.one_origin and pair.same_days


def nearer_first(pair: Pair, reports: Mapping[int, Provenance]) -> tuple[Statement, Statement]:
    """The two, the one from which the other has it first; where that is not known, the one that came out first, else in order."""
    earlier, later = (reports.get(one.id, UNKNOWN_PROVENANCE) for one in (pair.earlier, pair.later))
    later_is_its_source = pair.later.voice in earlier.relay or later.publisher in earlier.relay
    earlier_is_its_source = pair.earlier.voice in later.relay or earlier.publisher in later.relay
    known = later_is_its_source is not earlier_is_its_source
    back = later_is_its_source if known else published_before(pair.later, pair.earlier) is True
    return (pair.later, pair.earlier) if back else (pair.earlier, pair.later)


def firmer(first: Statement, then: Statement, before: Provenance, after: Provenance) -> Iterator[str]:
    """What is firmer in one report than in another before it, a phrase each."""
    if first.figure is not None and then.figure is not None and (first.figure.hedge, then.figure.hedge) in FIRMER:
        lost, gained = WORDS.get(first.figure.hedge), WORDS.get(then.figure.hedge)
        if lost is None:
            yield f"it adds “{gained}”"
        else:
            yield f"it drops “{lost}”" if gained is None else f"it makes “{gained}” of “{lost}”"
    if first.modality in AHEAD and then.modality is Modality.OBSERVED:
        yield f"it states as fact what was {AHEAD[first.modality]}"
    if before.basis is not None and after.basis is None:
        yield f"it leaves out what the figure rests on, “{before.basis}”"
    elif before.basis is not None and after.basis is not None and other_words(before.basis, after.basis):
        yield f"it rests the figure on “{after.basis}” rather than “{before.basis}”"
    if before.place is not None and after.place is not None and other_words(before.place, after.place):
        yield f"it says “{after.place}” for “{before.place}”"


def other_words(one: str, other: str) -> bool:
    """Whether two phrases differ; of two in different scripts that cannot be told."""
    written = fold(one), fold(other)
    return written[0] != written[1] and written[0].isascii() == written[1].isascii()
