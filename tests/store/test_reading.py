"""Reading claims: each filter and each order gives just what going through all rows by hand gives, on both engines."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeAlias

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text
from sqlmodel import SQLModel

from claims_cli.assess.statements import rows_on
from claims_cli.core.claim import Actor, Claim, Kind, Modality, Question, Review, Source, Stance
from claims_cli.core.errors import NotFound
from claims_cli.core.notation import parse_figure
from claims_cli.core.when import parse_when
from claims_cli.store.database import Commitment, address_of
from claims_cli.store.reading import COLUMNS, FILTERS, ORDERS, FileReader, Reader, ServerReader, first, reading
from tests.store.conftest import CLAIM, PAPER, recorded, recording

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from claims_cli.core.when import When
    from claims_cli.store.recording import Recorder

Row: TypeAlias = "Mapping[str, Any]"

ALL_ROWS = """
SELECT c.*, q.slug AS question, t.slug AS topic, a.name AS claimant, a.voice_id, s.publisher_id
FROM claim c
JOIN question q ON q.id = c.question_id
JOIN topic t ON t.id = q.topic_id
JOIN actor a ON a.id = c.claimant_id
JOIN source s ON s.id = c.source_id
"""
# Names whose order differs by locale, by case, and between UTF-8 and UTF-16.
NAMES = ["Ann", "ann b", "Zoe", "Ärzte", "أحمد", "\uff21-Team", "\U00010300-Team", "Deputy"]
QUESTIONS = {"camp": "people", "tents": "people", "Zone": "land", "signed": "land"}
VALUES = [None, "0", "-3", "3", "10", ">10", ">=10", "<5", "<=10", "~10", "4-9", "9.5", "0.1", "dozens", "999999999999999999999999999999"]
DATES = [
    None,
    "2024-03-01",
    "2024-03-02",
    "2024-03",
    "2024-02-28/2024-03-01",
    "2024",
    "../2024-03-02",
    "2024-03-02/..",
    "202X",
    "2024-03-01T08:00",
]


def ends(row: Row, *names: str) -> float | None:
    """The first of these columns that is not null."""
    return next((row[name] for name in names if row[name] is not None), None)


def least(row: Row, bound: float) -> bool:
    """Whether a figure may reach the bound."""
    top = ends(row, "high", "low")
    return top is not None and top >= bound


def most(row: Row, bound: float) -> bool:
    """Whether a figure may stay within the bound."""
    bottom = ends(row, "low", "high")
    return bottom is not None and bottom <= bound


# What each filter means, told once more in Python.
MEANT: dict[str, Callable[[Row, Any], bool]] = {
    "topic": lambda row, it: row["topic"] == it,
    "question": lambda row, it: row["question"] == it,
    "claimant": lambda row, it: it in (row["claimant_id"], row["voice_id"]),
    "source": lambda row, it: row["source_id"] == it,
    "publisher": lambda row, it: row["publisher_id"] == it,
    "since": lambda row, it: row["day"] is not None and row["day"] >= it,
    "until": lambda row, it: row["day_from"] is not None and row["day_from"] <= it,
    "stance": lambda row, it: row["stance"] == it,
    "modality": lambda row, it: row["modality"] == it,
    "min": least,
    "max": most,
    "review": lambda row, it: row["review"] == it,
    "ref": lambda row, it: row["ref"] == it,
}
# What each order goes by; what is not known comes last, and the number decides at the end.
PLACED: dict[str, Callable[[Row], tuple[Any, ...]]] = {
    "id": lambda row: (row["id"],),
    "as_of": lambda row: (row["day"] is None, row["day"] or 0, row["id"]),
    "said_on": lambda row: (row["said_day"] is None, row["said_day"] or 0, row["id"]),
    "value": lambda row: ((low := ends(row, "low", "high")) is None, low or 0, row["id"]),
    "claimant": lambda row: (row["claimant"].encode(), row["id"]),
    "question": lambda row: (row["question"].encode(), row["id"]),
    "recorded_at": lambda row: (row["recorded_at"].encode(), row["id"]),
}


def parsed(date: str | None) -> When | None:
    """A date that may be missing."""
    return None if date is None else parse_when(date)


@st.composite
def entries(draw: st.DrawFn) -> Claim:
    """A claim with any facts that a filter looks at, known or not."""
    question = draw(st.sampled_from(sorted(QUESTIONS)))
    value = None if question == "signed" else draw(st.sampled_from(VALUES))
    as_of, said_on, published = (draw(st.sampled_from(DATES)) for _ in range(3))
    publisher = draw(st.sampled_from([None, *NAMES]))
    return Claim(
        question=question,
        claimant=draw(st.sampled_from(NAMES)),
        source=Source(publisher=publisher, title=draw(st.sampled_from(["A", "B"])), published_on=parsed(published)),
        figure=None if value is None else parse_figure(value),
        stance=draw(st.sampled_from(Stance)),
        modality=draw(st.sampled_from(Modality)),
        as_of=parsed(as_of),
        said_on=parsed(said_on),
        review=draw(st.sampled_from(Review)),
        ref=draw(st.sampled_from([None, "r1", "R1", "r1 "])),
    )


def enter(recorder: Recorder, claims: list[Claim], closed: set[int]) -> list[Row]:
    """Keep claims, some of them taken away since or recorded later; gives all rows that are current."""
    for slug, topic in QUESTIONS.items():
        unit = None if slug == "signed" else "person"
        recorder.question(Question(slug, topic=topic, text=slug, kind=Kind.LEVEL, unit=unit))
    recorder.apply_actors([Actor("deputy", "Deputy", speaks_for="ann"), Actor("ann", "Ann")])
    recorder.add_claims(claims)
    for name, key in (("claim_relay", "claim_id"), ("claim", "id")):
        table = SQLModel.metadata.tables[name]
        recorder.ledger.remove(table, table.c[key].in_(closed))
    recorder.connection.execute(text("UPDATE claim SET recorded_at = :at WHERE id % 3 = 0"), {"at": "2024-11-30T23:59:59Z"})
    rows = recorder.connection.execute(text(ALL_ROWS)).mappings()
    return [dict(row) for row in rows]


def reader_of(recorder: Recorder) -> Reader:
    """A reader of what an operation has written so far."""
    if recorder.connection.dialect.name == "postgresql":
        return ServerReader(recorder.connection)
    driver: Any = recorder.connection.connection.dbapi_connection
    return FileReader(driver, None)


def worth_asking(rows: list[Row]) -> dict[str, list[Any]]:
    """For each filter, values at which its answer can change, and one that nothing has."""
    days = sorted({row[name] for row in rows for name in ("day", "day_from") if row[name] is not None})
    figures = sorted({row[name] for row in rows for name in ("low", "high") if row[name] is not None})
    about = {name: {row[name] for row in rows} for name in ("topic", "question", "source_id", "publisher_id", "claimant_id", "voice_id")}
    return {
        "topic": [*about["topic"], "none"],
        "question": [*about["question"], "none", "CAMP"],
        "claimant": [*(about["claimant_id"] | about["voice_id"]), 999],
        "source": [*about["source_id"], 999],
        "publisher": [*(about["publisher_id"] - {None}), 999],
        "since": [0, *days, *(day + 1 for day in days)],
        "until": [0, *days, *(day - 1 for day in days)],
        "stance": list(Stance),
        "modality": list(Modality),
        "min": [-1e31, *figures, *(figure + 0.05 for figure in figures)],
        "max": [1e31, *figures, *(figure - 0.05 for figure in figures)],
        "review": list(Review),
        "ref": ["r1", "R1", "r1 ", ""],
    }


def ids(rows: Iterator[Row] | list[Row]) -> list[int]:
    """The numbers of claims."""
    return [row["id"] for row in rows]


def test_every_filter_and_order_is_held_here() -> None:
    assert set(MEANT) == set(FILTERS)
    assert set(PLACED) == set(ORDERS)


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])  # each example leaves nothing
@given(claims=st.lists(entries(), max_size=9), closed=st.sets(st.integers(1, 9), max_size=3))
def test_each_filter_gives_what_going_through_all_rows_gives(base: str, claims: list[Claim], closed: set[int]) -> None:
    with recording(base, Commitment.TRY) as recorder:
        rows = enter(recorder, claims, closed)
        reader = reader_of(recorder)
        for name, values in worth_asking(rows).items():
            for value in values:
                found = ids(reader.claims({name: value}))
                assert found == sorted(row["id"] for row in rows if MEANT[name](row, value)), (name, value)


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(claims=st.lists(entries(), min_size=2, max_size=9), data=st.data())
def test_filters_together_give_what_fits_them_all(base: str, claims: list[Claim], data: st.DataObject) -> None:
    with recording(base, Commitment.TRY) as recorder:
        rows = enter(recorder, claims, set())
        reader = reader_of(recorder)
        values = worth_asking(rows)
        model = data.draw(st.sampled_from(rows))  # filters that fit this row, so that answers are not all empty
        fitting = {name: [value for value in some if MEANT[name](model, value)] for name, some in values.items()}
        kept = data.draw(st.sets(st.sampled_from(sorted(fitting))))
        chosen = {name: data.draw(st.sampled_from(some)) for name, some in fitting.items() if some and name in kept}
        wanted = sorted(row["id"] for row in rows if all(MEANT[name](row, value) for name, value in chosen.items()))
        assert model["id"] in wanted
        assert ids(reader.claims(chosen)) == wanted


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(claims=st.lists(entries(), max_size=12), limit=st.integers(0, 12))
def test_each_order_is_total_and_the_same_on_every_engine(base: str, claims: list[Claim], limit: int) -> None:
    with recording(base, Commitment.TRY) as recorder:
        rows = enter(recorder, claims, set())
        reader = reader_of(recorder)
        for name, placed in PLACED.items():
            wanted = ids(sorted(rows, key=placed))
            assert ids(reader.claims({}, order=name)) == wanted, name
            assert ids(reader.claims({}, order=name, limit=limit)) == wanted[:limit], name


HOSTILE = [
    "",
    "a,b",
    '"',
    '","',
    "\\",
    "\\u0041",
    "line\nline",
    "\x1b[31m",
    "\x7f\x9b",
    "\u2028\u202e",
    "=1+1",
    "null",
    "\U0001f1f5\U0001f1f8",
    "مُشكَّل",
]


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(claims=st.lists(entries(), max_size=9), notes=st.lists(st.sampled_from(HOSTILE), min_size=9, max_size=9), limit=st.integers(0, 9))
def test_arrays_hold_what_the_rows_hold(base: str, claims: list[Claim], notes: list[str], limit: int) -> None:
    with recording(base, Commitment.TRY) as recorder:
        enter(recorder, [replace(claim, note=note or None) for claim, note in zip(claims, notes, strict=False)], set())
        reader = reader_of(recorder)
        for order in ORDERS:
            wanted = [
                ["" if row[name] is None else str(row[name]) for name in COLUMNS] for row in reader.claims({}, order=order, limit=limit)
            ]
            arrays = list(reader.claim_arrays(tuple(COLUMNS), {}, order=order, limit=limit))
            assert [json.loads(array) for array in arrays] == wanted
            assert {array.count('","') for array in arrays if "\\" not in array} <= {len(COLUMNS) - 1}  # without spaces between
        chosen = list(reader.claim_arrays(("note", "id"), {"stance": "asserts"}))
        assert [json.loads(array) for array in chosen] == [
            [row["note"] or "", str(row["id"])] for row in reader.claims({"stance": "asserts"})
        ]


def test_names_come_in_the_order_of_their_bytes(base: str) -> None:
    recorded(base, *(replace(CLAIM, claimant=name, relay=()) for name in NAMES))
    with reading(address_of(base)) as reader:
        assert [row["claimant"] for row in reader.claims({}, order="claimant")] == sorted(NAMES)


def test_an_actor_is_asked_for_with_those_who_speak_for_it_and_alone_without(base: str) -> None:
    with recording(base) as recorder:
        recorder.apply_actors([Actor("deputy", "Deputy", speaks_for="ann"), Actor("ann", "Ann")])
        recorder.add_claims([CLAIM, replace(CLAIM, claimant="Deputy"), replace(CLAIM, claimant="Cem")])
    with reading(address_of(base)) as reader:
        numbers = {slug: row["id"] for slug in ("ann", "deputy") for row in reader.query("actor_id", folded=slug, slug=slug)}
        assert [row["claimant"] for row in reader.claims({"claimant": numbers["ann"]})] == ["Ann", "Deputy"]
        assert [row["claimant"] for row in reader.claims({"claimant": numbers["deputy"]})] == ["Deputy"]


def test_a_value_of_a_filter_is_never_read_as_sql(base: str) -> None:
    recorded(base, CLAIM)
    with reading(address_of(base)) as reader:
        for name in ("topic", "question", "stance", "modality", "review", "ref"):
            assert ids(reader.claims({name: "' OR '1' = '1"})) == []
            assert ids(reader.claims({name: "x'; DROP TABLE claim; --"})) == []
        assert ids(reader.claims({})) == [1]


def test_a_claim_is_read_with_the_columns_of_the_list(base: str) -> None:
    recorded(base, CLAIM)
    with reading(address_of(base)) as reader:
        row = first(reader.claims({}))
    assert row is not None
    uid = row["uid"]
    assert dict(row) == {
        "id": 1,
        "uid": uid,
        "ref": None,
        "topic": "test",
        "question": "camp",
        "value": "10-12",
        "low": "10",
        "high": "12",
        "hedge": "range",
        "unit": "person",
        "stance": "asserts",
        "modality": "observed",
        "claimant": "Ann",
        "relay": "Ben",
        "place": None,
        "as_of": "2024-11-01",
        "said_on": "2024-11-01",
        "published_on": "2024-11-02",
        "publisher": "Paper",
        "title": PAPER.title,
        "url": None,
        "quote": "10,000 soldiers",
        "value_text": None,
        "review": "accepted",
        "recorded_at": "2024-12-01T08:30:00Z",
        "note": None,
    }


def test_a_scope_is_one_topic_or_question_or_everything(base: str) -> None:
    with recording(base) as recorder:
        enter(recorder, [CLAIM, replace(CLAIM, question="Zone")], set())
    with reading(address_of(base)) as reader:

        def statements(topic: str | None, question: str | None) -> list[str]:
            return [row["question"] for row in rows_on(reader, topic=topic, question=question)]

        assert sorted(statements(None, None)) == ["Zone", "camp"]
        assert statements("land", None) == statements(None, "Zone") == ["Zone"]
        assert statements("land", "camp") == []
        with pytest.raises(NotFound, match="there is no question 'zone'; did you mean Zone"):
            reader.scope(topic=None, question="zone")
