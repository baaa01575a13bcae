"""Laws of origins: a partition of voices, the same however the claims are ordered and entered."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from claims_cli.core.origin import Provenance, origins_shared, tellings_of
from claims_cli.core.position import position
from tests.statements import said

if TYPE_CHECKING:
    from random import Random

    from claims_cli.core.statement import Statement

TEXTS = (
    "the tanker lost 40 barrels of oil before the crew could close the last of the valves",
    "tanker lost 40 barrels of oil before the crew could close the last of the valves on Tuesday",
    "before the crew could close the last of the valves on Tuesday night nobody had counted anything",
    "غادرت 40 أسرة القرية ليلا بعد أن تجاوز منسوب المياه الحد المسموح به",
    "some 40 barrels of oil",
)
ENOUGH_WORDS = {0, 1, 2, 3}  # the texts that are long enough to tell by
NEARLY_ONE_TEXT = {0, 1}
VOICES = range(1, 7)


@st.composite
def reported(draw: st.DrawFn) -> list[tuple[Statement, Provenance]]:
    """A few claims by some voices, of two days, in documents that hold several; some are relayed."""
    made = []
    for _ in range(draw(st.integers(2, 9))):
        voice = draw(st.sampled_from(VOICES))
        value, day = draw(st.sampled_from(["40", "40", "~40", "41"])), draw(st.sampled_from(["2024-03-05", "2024-03-05", "2024-03-06"]))
        one = said(value, day, voice=voice, source=draw(st.integers(1, 5)), claimant=f"Voice {voice}")
        relay = draw(st.sampled_from([(), (), (5,), (6,), (5, 6)]))
        made.append(
            (one, Provenance(quote=draw(st.sampled_from([None, *TEXTS])), publisher=draw(st.sampled_from([None, voice, 6])), relay=relay))
        )
    return made


NAMES = {voice: frozenset({f"Voice {voice}"}) for voice in VOICES}


def shared(claims: list[tuple[Statement, Provenance]], names: dict[int, frozenset[str]] = NAMES) -> dict[int, int]:
    """The voices that share an origin, with the one that stands for it."""
    return origins_shared(tellings_of([one for one, _ in claims]), {one.id: report for one, report in claims}, names)


def count(claims: list[tuple[Statement, Provenance]], names: dict[int, frozenset[str]] = NAMES) -> int:
    """How many origins they have."""
    found = shared(claims, names)
    return position([replace(one, shared=found.get(one.voice)) for one, _ in claims]).origins


@given(reported())
def test_there_are_no_more_origins_than_voices_nor_voices_than_reports(claims: list[tuple[Statement, Provenance]]) -> None:
    voices = {one.voice for one, _ in claims}
    assert 1 <= count(claims) <= len(voices) <= len(claims)


@given(reported(), st.randoms())
def test_the_order_of_the_claims_changes_no_origin(claims: list[tuple[Statement, Provenance]], random: Random) -> None:
    shuffled = list(claims)
    random.shuffle(shuffled)
    assert shared(shuffled) == shared(claims)


@given(reported(), st.permutations(VOICES), st.randoms())
def test_the_numbers_that_claims_and_voices_were_given_change_no_count(
    claims: list[tuple[Statement, Provenance]], numbers: list[int], random: Random
) -> None:
    renumbered = dict(zip(VOICES, numbers, strict=True))
    ids = [one.id for one, _ in claims]
    random.shuffle(ids)
    again = [
        (
            replace(one, id=number, voice=renumbered[one.voice]),
            replace(
                report,
                publisher=None if report.publisher is None else renumbered[report.publisher],
                relay=tuple(renumbered[step] for step in report.relay),
            ),
        )
        for number, (one, report) in zip(ids, claims, strict=True)
    ]
    assert count(again, {renumbered[voice]: known for voice, known in NAMES.items()}) == count(claims)


Copy = tuple[int, str, int | None, str]  # voice, value, text, day


def copied(one: Copy, other: Copy) -> bool:
    """Whether two claims, each of a document of its own, tell of one statement in near-identical words."""
    (_, value, text, day), (_, other_value, other_text, other_day) = one, other
    alike = text == other_text in ENOUGH_WORDS or {text, other_text} == NEARLY_ONE_TEXT
    return alike and (value.removeprefix("~"), day) == (other_value.removeprefix("~"), other_day)


COPIES = st.tuples(
    st.sampled_from(VOICES),
    st.sampled_from(["40", "~40", "41"]),
    st.sampled_from([None, *range(len(TEXTS))]),
    st.sampled_from(["2024-03-05", "2024-03-06"]),
)


@given(st.lists(COPIES, min_size=2, max_size=9))
def test_voices_share_an_origin_just_where_a_chain_of_copies_leads_from_one_to_the_other(copies: list[Copy]) -> None:
    classes = {voice: {voice} for voice, *_ in copies}
    for one, other in combinations(copies, 2):
        if copied(one, other):
            together = classes[one[0]] | classes[other[0]]
            classes.update(dict.fromkeys(together, together))
    claims = [
        (said(value, day, voice=voice, source=source, claimant=f"Voice {voice}"), Provenance(quote=None if text is None else TEXTS[text]))
        for source, (voice, value, text, day) in enumerate(copies)
    ]
    assert shared(claims) == {voice: min(members) for voice, members in classes.items() if len(members) > 1}


@given(reported())
def test_one_documents_speakers_of_a_figure_are_never_one_unless_relayed(claims: list[tuple[Statement, Provenance]]) -> None:
    found = shared(claims)
    for (one, report), (other, other_report) in combinations(claims, 2):
        relayed = {*report.relay, *other_report.relay} & {one.voice, other.voice}
        alike = (one.source, one.day, one.figure) == (other.source, other.day, other.figure) and one.voice != other.voice
        if alike and not any(step in VOICES for step in relayed):
            others = [each for each, _ in claims if each.source == one.source and each.voice in {one.voice, other.voice}]
            chained = any({*each.relay} & {one.voice, other.voice} for each_one, each in claims if each_one in others)
            assert chained or found.get(one.voice, one.voice) != found.get(other.voice, other.voice)
