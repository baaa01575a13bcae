"""Origins: which voices have their account from one place, so that it counts once.

Voices share an origin where one statement of a figure for a day reaches the desk by several ways: in near-identical words, by a relay that
names where it comes from, or in a paper's own voice that credits an agency. What is shared is only how often it counts: each keeps its
claimant.

Sharing is closed transitively (who shares with a voice shares with all that share with it), save for two bounds. Voices that one
document tells apart, for the same figure and day, stay apart: it quotes two people, unless it says that one relays the other. And an outlet
that passes on what several others say joins one of them and never makes one of the others: only words that they have in common do. So
origins are a partition of voices.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from claims_cli.core.folding import fold
from claims_cli.core.shingles import FEWEST_SHINGLES, SHORTEST_TEXT, Shingles, likeness, shingles_of
from claims_cli.core.statement import figure_named

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence

    from claims_cli.core.statement import Statement


@dataclass(slots=True)
class Provenance:  # not frozen: as with statements, many are made at once
    """What tells where a claim comes from, and how it is worded beside its figure.

    ``publisher`` and ``relay`` are voices, the relay from the originator on; ``place`` is the question's where the claim names none.
    """

    quote: str | None = None
    prefix: str | None = None
    suffix: str | None = None
    publisher: int | None = None
    relay: tuple[int, ...] = ()
    basis: str | None = None
    place: str | None = None

    @property
    def texts(self) -> tuple[Shingles, ...]:
        """The shingles of the quote, and of the quote with the whole words around it; none where there are too few to tell by."""
        if self.quote is None:
            return ()
        around = f"{after_first_word(self.prefix)}{self.quote}{before_last_word(self.suffix)}"
        if len(around) < SHORTEST_TEXT:
            return ()
        whole = shingles_of(around)
        return () if len(whole) < FEWEST_SHINGLES else (shingles_of(self.quote), whole)

    @property
    def hands(self) -> tuple[int, ...]:
        """The voices through which it came: its relay and its publisher."""
        return self.relay if self.publisher is None else (*self.relay, self.publisher)


UNKNOWN_PROVENANCE = Provenance()


def after_first_word(text: str | None) -> str:
    """A text without its first word, which may be cut."""
    return "" if text is None else text[text.find(" ") + 1 :] if " " in text else ""


def before_last_word(text: str | None) -> str:
    """A text without its last word, which may be cut."""
    return "" if text is None else text[: text.rfind(" ") + 1]


@dataclass(frozen=True, slots=True, order=True)
class Link:
    """Evidence that two voices have one origin, the surest first: words in common, or that one has its account from the other.

    Voices go by their ``names``, so that the order is the same however the claims were entered. ``chain`` names the voice that gives credit
    and then those to whom it does; empty for words in common.
    """

    unlikeness: float
    names: tuple[str, str]
    chain: tuple[str, ...]
    voices: tuple[int, int]


A_CREDIT = 1.0  # words in common come first: they tell which of several speakers an outlet repeats


def tellings_of(statements: Iterable[Statement]) -> list[list[Statement]]:
    """The claims that may tell of one statement: one figure (however hedged) for one question and day, by several voices."""
    groups: defaultdict[Hashable, list[Statement]] = defaultdict(list)
    numbered: dict[Hashable, int] = {}
    known: dict[int, int] = {}  # by where the figure is: to hash decimals takes longer than all else here
    for one in statements:
        if one.day is not None:
            place = id(one.figure)
            if place not in known:
                known[place] = numbered.setdefault(figure_named(one), len(numbered))
            groups[telling(one, known[place])].append(one)
    return [group for group in groups.values() if len(group) > 1 and len({one.voice for one in group}) > 1]


def telling(one: Statement, figure: Hashable) -> Hashable:
    """What claims that tell of one statement have in common: question, figure (or what stands for the one that it names), day, stance."""
    return one.question, figure, one.day_from, one.day, one.stance


def may_echo(one: Statement, other: Statement) -> bool:
    """Whether two claims may tell of one statement, though different voices."""
    return one.voice != other.voice and telling(one, figure_named(one)) == telling(other, figure_named(other))


def origins_shared(
    tellings: Iterable[Sequence[Statement]], reports: Mapping[int, Provenance], names: Mapping[int, frozenset[str]]
) -> dict[int, int]:
    """For each voice that shares its origin, the voice that stands for it: the smallest number of those that share.

    ``tellings`` are groups of ``tellings_of``; ``reports`` are by claim, ``names`` has the folded names of actors that may be credited.
    """
    told = list(tellings)
    called = names_of(told, names)
    links = {link for group in told for link in links_among(group, reports, names, called)}
    if not links:
        return {}
    linked = {voice for link in links for voice in link.voices}
    apart = {pair for group in told for pair in told_apart([one for one in group if one.voice in linked], reports)}
    outlets: set[int] = set()
    for report in (reports[one.id] for group in told for one in group if one.id in reports):
        outlets.update(report.hands)
    classes: dict[int, frozenset[int]] = {}
    followed: dict[str, tuple[str, ...]] = {}
    for link in sorted(links):
        first, second = (classes.get(voice, frozenset({voice})) for voice in link.voices)
        if link.chain and followed.get(link.chain[0], link.chain) != link.chain:
            continue
        if first != second and may_unite(first, second, link, apart, outlets):
            classes.update(dict.fromkeys(first | second, first | second))
            followed.update({link.chain[0]: link.chain} if link.chain else {})
    return {voice: min(members) for voice, members in classes.items()}


def may_unite(one: frozenset[int], other: frozenset[int], link: Link, apart: set[frozenset[int]], outlets: set[int]) -> bool:
    """Whether two sets of voices can have one origin: no document tells two of them apart, and no outlet alone joins two speakers."""
    if not (one <= outlets or other <= outlets or (not link.chain and outlets.isdisjoint(link.voices))):
        return False
    return not apart or all(frozenset((first, second)) not in apart for first in one for second in other)


def told_apart(group: Iterable[Statement], reports: Mapping[int, Provenance]) -> set[frozenset[int]]:
    """The voices that one document names as two, and neither as relaying the other."""
    speaking: defaultdict[int, dict[int, set[int]]] = defaultdict(dict)
    for one in group:
        speaking[one.source].setdefault(one.voice, set()).update(reports.get(one.id, UNKNOWN_PROVENANCE).relay)
    return {
        frozenset((one, other))
        for relays in speaking.values()
        for one, other in combinations(relays, 2)
        if other not in relays[one] and one not in relays[other]
    }


def names_of(tellings: Iterable[Iterable[Statement]], names: Mapping[int, frozenset[str]]) -> dict[int, str]:
    """What each voice is called: the first of its claimants' names, else of those it is known by."""
    called = {voice: min(known) for voice, known in names.items() if known}
    spoken: dict[int, str] = {}
    for group in tellings:
        for one in group:
            spoken[one.voice] = min(one.claimant, spoken.get(one.voice, one.claimant))
    return called | spoken


def links_among(
    group: Sequence[Statement], reports: Mapping[int, Provenance], names: Mapping[int, frozenset[str]], called: Mapping[int, str]
) -> Iterator[Link]:
    """The evidence among claims that may tell of one statement."""
    every = [(one, report) for one in group if (report := reports.get(one.id)) is not None]
    quoted = [(one, texts) for one, report in every if (texts := report.texts)]
    if len(quoted) > 1:
        yield from links_by_words(quoted, frozenset(hand for _, report in every for hand in report.hands), called)
    crediting = (pair for pair in every if pair[1].relay or pair[1].publisher == pair[0].voice)  # few do
    credited = {one.id: found for one, report in crediting if (found := credits_of(one, report, names))}
    if credited:
        yield from links_by_credit(every, credited, called)


def links_by_credit(
    every: Sequence[tuple[Statement, Provenance]], credited: Mapping[int, frozenset[int]], called: Mapping[int, str]
) -> Iterator[Link]:
    """The links from claims that credit somebody to his own and, where a paper speaks for itself, to what came through him."""
    speaking = {one.voice for one, _ in every}
    outlets = frozenset().union(*credited.values())
    by_hand = defaultdict(list)
    for one, report in every:
        for hand in outlets.intersection(report.hands).union(credited.get(one.id, ())):
            by_hand[hand].append(one)
    for one, report in every:
        credit = credited.get(one.id)
        if credit is None:
            continue
        chain = (called[one.voice], *sorted(called.get(outlet, str(outlet)) for outlet in credit))
        for outlet in credit:
            through_it = by_hand[outlet] if report.publisher == one.voice else ()
            found = {other.voice for other in through_it if other.source != one.source} | ({outlet} & speaking)
            yield from (link_of(one.voice, other, A_CREDIT, called, chain) for other in found - {one.voice})


def credits_of(one: Statement, report: Provenance, names: Mapping[int, frozenset[str]]) -> frozenset[int]:
    """Whom a report names as having it from: its relay, and where a paper speaks for itself, an outlet that its quote names.

    Of somebody else's claim the quote is no credit: it may name an agency to which he spoke.
    """
    found = set(report.relay)
    if names and report.publisher == one.voice and report.quote is not None:
        words = f" {fold(report.quote)} {fold(report.suffix or '')} "
        found |= {voice for voice, known in names.items() if any(f" {name} " in words for name in known)}
    return frozenset(found - {one.voice})


def links_by_words(
    quoted: Iterable[tuple[Statement, tuple[Shingles, ...]]], outlets: frozenset[int], called: Mapping[int, str]
) -> Iterator[Link]:
    """The links between voices whose claims are in near-identical words in different sources.

    All who have the very same text are linked to one of them, a speaker before an outlet.
    """
    copies: defaultdict[tuple[Shingles, ...], defaultdict[int, set[int]]] = defaultdict(lambda: defaultdict(set))
    for one, texts in quoted:
        copies[texts][one.voice].add(one.source)
    ordered = [(texts, sorted(same.items(), key=lambda each: (each[0] in outlets, called[each[0]]))) for texts, same in copies.items()]
    for _, same in ordered:
        first, sources = same[0]
        yield from (link_of(first, other, 0.0, called) for other, others in same[1:] if len(sources | others) > 1)
    for (texts, same), (other_texts, rest) in combinations(ordered, 2):
        alike = likeness(texts, other_texts)
        if alike:
            pairs = (*((same[0], each) for each in rest), *((each, rest[0]) for each in same[1:]))
            met = ((one, other) for (one, sources), (other, others) in pairs if one != other and len(sources | others) > 1)
            yield from (link_of(*voices, 1 - alike, called) for voices in met)


def link_of(one: int, other: int, unlikeness: float, called: Mapping[int, str], chain: tuple[str, ...] = ()) -> Link:
    """A link, the same whichever voice is named first."""
    first, second = sorted((one, other), key=lambda voice: called[voice])
    return Link(unlikeness, (called[first], called[second]), chain, (first, second))
