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


@given(reported())
def test_to_share_an_origin_is_an_equivalence(claims: list[tuple[Statement, Provenance]]) -> None:
    found = shared(claims)
    classes = {voice: {other for other in found if found[other] == found[voice]} for voice in found}
    for one, other in combinations(classes, 2):
        assert classes[one] == classes[other] or classes[one].isdisjoint(classes[other])
    assert all(voice in classes[voice] and min(classes[voice]) == found[voice] for voice in found)


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
