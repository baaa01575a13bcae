"""The tables: just those of the models, on each engine, and what they refuse to hold whoever writes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import inspect, text
from sqlmodel import SQLModel

from claims_cli.core.claim import Kind, Modality, Review, Stance
from claims_cli.core.errors import DatabaseUnusable, NotFound
from claims_cli.core.value import Hedge
from claims_cli.store.database import APPLICATION_ID, SCHEMA, address_of, schema_of_file, transaction
from claims_cli.store.models import HISTORY
from claims_cli.store.originals import original_bytes
from claims_cli.store.reading import reading
from claims_cli.store.rows import source_uid, text_hash
from claims_cli.store.schema import Made, make_database, migrations_folder, upgrade_database
from tests.store.conftest import ARTICLE, CLAIM, PAPER, asked, done, recorded

if TYPE_CHECKING:
    from sqlalchemy import Inspector

TABLES = set(SQLModel.metadata.tables)  # filled by the import of the models
NAN, INFINITY = float("nan"), float("inf")

# What each check refuses: one row is changed so that this check alone can object.
REFUSED: list[tuple[str, str, dict[str, Any]]] = [
    ("ck_topic_slug", "UPDATE topic SET slug = ''", {}),
    ("ck_actor_name", "UPDATE actor SET slug = '' WHERE id = 1", {}),
    ("ck_actor_name", "UPDATE actor SET name = '' WHERE id = 1", {}),
    ("ck_actor_speaks_for", "UPDATE actor SET speaks_for_id = id WHERE id = 1", {}),
    ("ck_actor_alias_folded", "UPDATE actor_alias SET folded = '' WHERE id = 1", {}),
    ("ck_actor_office_folded", "UPDATE actor_office SET folded = ''", {}),
    ("ck_question_slug", "UPDATE question SET slug = ''", {}),
    ("ck_question_kind", "UPDATE question SET kind = 'wave'", {}),
    ("ck_question_unit", "UPDATE question SET unit = ''", {}),
    ("ck_question_currency", "UPDATE question SET currency = -1", {}),
    ("ck_question_currency", "UPDATE question SET currency = 36526", {}),
    ("ck_question_part_of", "UPDATE question SET part_of_id = id", {}),
    ("ck_source_published", "UPDATE source SET published_from = published_to + 1", {}),
    ("ck_source_text_hash", "UPDATE source SET text_hash = 'abc'", {}),
    ("ck_source_bytes_hash", "UPDATE source SET bytes_hash = 'abc'", {}),
    ("ck_claim_hedge", "UPDATE claim SET hedge = 'perhaps'", {}),
    ("ck_claim_hedge", "UPDATE claim SET hedge = 'EXACT'", {}),
    ("ck_claim_stance", "UPDATE claim SET stance = 'doubts'", {}),
    ("ck_claim_modality", "UPDATE claim SET modality = 'imagined'", {}),
    ("ck_claim_review", "UPDATE claim SET review = ''", {}),
    ("ck_claim_low_finite", "UPDATE claim SET low = :it", {"it": -INFINITY}),
    ("ck_claim_low_finite", "UPDATE claim SET low = :it, high = NULL, high_exact = NULL", {"it": INFINITY}),
    ("ck_claim_low_finite", "UPDATE claim SET low = -1.1e30", {}),
    ("ck_claim_high_finite", "UPDATE claim SET high = :it", {"it": INFINITY}),
    ("ck_claim_high_finite", "UPDATE claim SET high = 1.1e30", {}),
    ("ck_claim_interval_low_finite", "UPDATE claim SET interval_low = :it", {"it": -INFINITY}),
    ("ck_claim_interval_high_finite", "UPDATE claim SET interval_high = :it", {"it": INFINITY}),
    ("ck_claim_figure", "UPDATE claim SET low = 13", {}),
    ("ck_claim_interval", "UPDATE claim SET interval_low = interval_high + 0.5", {}),
    ("ck_claim_exact", "UPDATE claim SET low = NULL", {}),
    ("ck_claim_exact", "UPDATE claim SET high_exact = NULL", {}),
    ("ck_claim_hedged", "UPDATE claim SET hedge = NULL", {}),
    ("ck_claim_hedged", "UPDATE claim SET value = NULL", {}),
    ("ck_claim_hedged", "UPDATE claim SET low = NULL, high = NULL, low_exact = NULL, high_exact = NULL", {}),
    ("ck_claim_days", "UPDATE claim SET day_from = day + 1", {}),
    ("ck_claim_day", "UPDATE claim SET day = NULL", {}),
    ("ck_claim_day", "UPDATE claim SET day_from = NULL", {}),
    ("ck_claim_quote", "UPDATE claim SET quote_start = quote_end", {}),
    ("ck_claim_quote", "UPDATE claim SET quote_start = quote_end + 1", {}),
    ("ck_claim_quote", "UPDATE claim SET quote_start = NULL", {}),
    ("ck_claim_quote", "UPDATE claim SET quote_end = NULL", {}),
    ("ck_ruling_verdict", "UPDATE ruling SET verdict = 'whatever'", {}),
    ("ck_ruling_reason", "UPDATE ruling SET reason = ''", {}),
    ("ck_ruling_cause", "UPDATE ruling SET cause = 'whatever'", {}),
    ("ck_purge_reason", "UPDATE purge SET reason = ''", {}),
]
UNIQUE = {
    "topic": {("slug",)},
    "actor": {("slug",)},
    "actor_alias": {("folded",)},
    "question": {("slug",)},
    "source": {("uid",)},
    "claim": {("uid",)},
}
RULING = """
INSERT INTO ruling (conflict, question_id, verdict, reason, recorded_at, operation_id)
VALUES ('c', 1, 'one_stands', 'he counted', '2024-12-01T08:30:00Z', 1)
"""


@pytest.fixture
def stocked(base: str) -> str:
    """A database with a row in each table: one claim, one ruling on it, three actors."""
    recorded(base, CLAIM)
    done(base, RULING)
    done(base, "INSERT INTO actor_office (actor_id, name, folded, operation_id) VALUES (1, 'Mayor', 'mayor', 1)")
    done(base, "INSERT INTO source_original (source_id, bytes, operation_id) VALUES (1, :bytes, 1)", bytes=b"\xff\x00")
    done(base, "INSERT INTO ruling_claim (ruling_id, claim_id, operation_id) VALUES (1, 1, 1)")
    done(
        base,
        "INSERT INTO purge (table_name, row_key, row_operation_id, content_hash, reason, operation_id) VALUES ('x', '[1]', 1, '', 'r', 1)",
    )
    return base


def looked_at(where: str, look: Any) -> Any:  # noqa: ANN401  whatever the look gives
    """What an inspection gives."""
    with transaction(address_of(where)) as connection:
        return look(inspect(connection))


def test_the_migrations_make_what_the_models_say(base: str) -> None:
    with transaction(address_of(base)) as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, SQLModel.metadata) == []


def test_tables_and_columns_have_the_models_names_and_may_be_null_where_those_may(base: str) -> None:
    def columns(inspector: Inspector) -> dict[str, dict[str, bool]]:
        return {name: {one["name"]: one["nullable"] for one in inspector.get_columns(name)} for name in inspector.get_table_names()}

    found = looked_at(base, columns)
    del found["alembic_version"]
    assert found == {name: {one.name: one.nullable for one in SQLModel.metadata.tables[name].columns} for name in TABLES}


def test_the_views_can_be_read(stocked: str) -> None:
    assert [row["quote"] for row in asked(stocked, "SELECT * FROM claim_view")] == ["10,000 soldiers"]
    assert [row["claim"] for row in asked(stocked, "SELECT * FROM trace_view")] == [1]
    assert asked(stocked, "SELECT * FROM conflict_view") == []


def test_texts_sort_byte_by_byte(base: str) -> None:
    names = ["Z", "a", "Ä", "ä", "أ", "ا", "\uff21", "\U0001f600", " ", "-", "B"]
    for number, name in enumerate(names):
        done(base, "INSERT INTO operation (at, who, command, summary) VALUES (:at, :who, '', '')", at=str(number), who=name)
    assert [row["who"] for row in asked(base, "SELECT who FROM operation ORDER BY who")] == sorted(names)
    if not base.startswith("postgresql"):
        return
    collations = asked(
        base,
        "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public' AND data_type = 'text' "
        "AND collation_name IS DISTINCT FROM 'C' AND table_name IN (SELECT tablename FROM pg_tables)",
    )
    assert collations == []


def test_every_table_of_a_file_is_strict(base: str) -> None:
    if base.startswith("postgresql"):
        with pytest.raises(DatabaseUnusable, match="of type integer but expression is of type text"):
            done(base, "UPDATE question SET currency = CAST('soon' AS text)")
        return
    strict = {row["name"]: row["strict"] for row in asked(base, "PRAGMA table_list") if row["name"] in TABLES}
    assert strict == dict.fromkeys(TABLES, 1)


def test_a_word_in_a_column_of_numbers_is_refused(stocked: str) -> None:
    for column in ("day", "low", "interval_high"):
        with pytest.raises(DatabaseUnusable, match=r"cannot store TEXT|invalid input syntax"):
            done(stocked, f"UPDATE claim SET {column} = 'many'")  # noqa: S608  our own names


def test_a_file_says_what_it_is(base: str) -> None:
    if base.startswith("postgresql"):
        assert [row["version_num"] for row in asked(base, "SELECT version_num FROM alembic_version")] == [f"{SCHEMA:04}"]
        return
    path = address_of(base).path
    assert path is not None
    assert schema_of_file(path) == SCHEMA
    assert path.read_bytes()[68:72] == APPLICATION_ID.to_bytes(4, "big")
    assert path.stat().st_mode & 0o777 == 0o600


def test_making_a_database_again_leaves_it_as_it_is(stocked: str) -> None:
    assert make_database(address_of(stocked)) is Made.THERE
    assert upgrade_database(address_of(stocked)) is Made.THERE
    assert [row["text"] for row in asked(stocked, "SELECT text FROM source_text")] == [ARTICLE]


def test_of_the_sources_of_an_older_schema_neither_encoding_nor_bytes_are_known(database_url: str) -> None:
    with transaction(address_of(database_url)) as connection:
        config = Config()
        config.set_main_option("script_location", str(migrations_folder()))
        config.set_main_option("path_separator", "os")
        config.attributes["connection"] = connection
        command.upgrade(config, "0004")
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
            connection.exec_driver_sql("PRAGMA user_version = 4")
        told = {"uid": source_uid(PAPER, publisher=PAPER.publisher), "hash": text_hash(ARTICLE), "text": ARTICLE}
        for statement in BEFORE:
            connection.execute(text(statement), told)
    assert upgrade_database(address_of(database_url)) is Made.UPGRADED
    recorded(database_url, replace(CLAIM, source=replace(PAPER, encoding="utf-8")))
    assert asked(database_url, "SELECT id, encoding, bytes_hash FROM source") == [{"id": 1, "encoding": None, "bytes_hash": None}]
    with reading(address_of(database_url)) as reader, pytest.raises(NotFound, match="the bytes of source 1 are not kept"):
        original_bytes(reader, 1)


BEFORE = (
    "INSERT INTO operation (id, at, who, command, summary) VALUES (1, '2024-12-01T08:30:00Z', 'desk', '', '')",
    "INSERT INTO source (id, uid, text_hash, operation_id) VALUES (1, :uid, :hash, 1)",
    "INSERT INTO source_text (source_id, text) VALUES (1, :text)",
)


def test_constraints_have_names(base: str) -> None:
    def names(inspector: Inspector) -> list[tuple[str, str, str | None]]:
        found: list[tuple[str, str, str | None]] = []
        for name in sorted(TABLES):
            found += [("ck", name, one["name"]) for one in inspector.get_check_constraints(name)]
            found += [("uq", name, one["name"]) for one in inspector.get_unique_constraints(name)]
            found += [("fk", name, one["name"]) for one in inspector.get_foreign_keys(name)]
        return found

    found = looked_at(base, names)
    assert {kind for kind, _, _ in found} == {"ck", "uq", "fk"}
    assert [one for one in found if not (one[2] or "").startswith(f"{one[0]}_{one[1]}_")] == []


def test_every_check_stands_in_the_table_of_refusals(base: str) -> None:
    def checks(inspector: Inspector) -> set[str | None]:
        return {one["name"] for name in TABLES for one in inspector.get_check_constraints(name)}

    assert looked_at(base, checks) == {name for name, _, _ in REFUSED}


def test_each_check_refuses_what_it_says(stocked: str) -> None:
    before = asked(stocked, "SELECT * FROM claim")
    for check, statement, values in REFUSED:
        with pytest.raises(DatabaseUnusable) as caught:
            done(stocked, statement, **values)
        assert check in str(caught.value), statement
    assert asked(stocked, "SELECT * FROM claim") == before


@pytest.mark.parametrize("column", ["low", "high", "interval_low", "interval_high"])
def test_a_number_that_is_none_is_never_kept(stocked: str, column: str) -> None:
    for written in ("NaN", "nan", "inf", "-Infinity"):
        with pytest.raises(DatabaseUnusable, match=r"ck_claim_|cannot store TEXT"):
            done(stocked, f"UPDATE claim SET {column} = '{written}'")  # noqa: S608  our own names
    try:
        done(stocked, f"UPDATE claim SET {column} = :it", it=NAN)  # noqa: S608  our own names
    except DatabaseUnusable as error:
        assert "ck_claim_" in str(error)  # noqa: PT017  SQLite may keep NaN as null instead, which means "no end"
    (row,) = asked(stocked, f"SELECT {column} AS kept FROM claim")  # noqa: S608  our own names
    assert row["kept"] is None or abs(row["kept"]) < INFINITY


def test_each_member_of_a_closed_set_can_be_kept(stocked: str) -> None:
    for column, members in {"hedge": Hedge, "stance": Stance, "modality": Modality, "review": Review}.items():
        for member in members:
            done(stocked, f"UPDATE claim SET {column} = :it", it=member.value)  # noqa: S608  our own names
    for kind in Kind:
        done(stocked, "UPDATE question SET kind = :it", it=kind.value)


def test_the_widest_figures_and_currencies_can_be_kept(stocked: str) -> None:
    done(stocked, "UPDATE claim SET low = -1e30, high = 1e30, interval_low = -1e30, interval_high = 1e30")
    done(stocked, "UPDATE claim SET interval_low = NULL, interval_high = NULL, quote_start = NULL, quote_end = NULL")
    for currency in (0, 36525):
        done(stocked, "UPDATE question SET currency = :it", it=currency)


def test_a_reference_to_nothing_is_refused(stocked: str) -> None:
    def references(inspector: Inspector) -> list[tuple[str, str]]:
        return [
            (name, column) for name in sorted(TABLES) for one in inspector.get_foreign_keys(name) for column in one["constrained_columns"]
        ]

    found = looked_at(stocked, references)
    assert set(found) == {(name, one.parent.name) for name in TABLES for one in SQLModel.metadata.tables[name].foreign_keys}
    for name, column in found:
        with pytest.raises(DatabaseUnusable, match=f"fk_{name}_{column}|FOREIGN KEY"):
            done(stocked, f"UPDATE {name} SET {column} = 999")  # noqa: S608  names as the database gives them


@pytest.mark.parametrize("table", ["operation", "topic", "actor", "question", "source", "claim", "ruling"])
def test_what_is_referred_to_cannot_be_deleted(stocked: str, table: str) -> None:
    with pytest.raises(DatabaseUnusable, match=r"fk_|FOREIGN KEY"):
        done(stocked, f"DELETE FROM {table}")  # noqa: S608  our own names


def test_names_are_unique(stocked: str) -> None:
    def unique(inspector: Inspector) -> dict[str, set[tuple[str, ...]]]:
        found = {name: {tuple(one["column_names"]) for one in inspector.get_unique_constraints(name)} for name in TABLES}
        return {name: columns for name, columns in found.items() if columns}

    assert looked_at(stocked, unique) == UNIQUE
    for name, ((column,),) in UNIQUE.items():
        kept = ", ".join(one.name for one in SQLModel.metadata.tables[name].columns if one.name != "id")
        with pytest.raises(DatabaseUnusable, match=f"uq_{name}_{column}|UNIQUE constraint failed: {name}.{column}"):
            done(stocked, f"INSERT INTO {name} (id, {kept}) SELECT 999, {kept} FROM {name} WHERE id = 1")  # noqa: S608  our own names


def test_each_versioned_table_has_a_history_of_the_same_columns(base: str) -> None:
    def columns(inspector: Inspector) -> dict[str, list[tuple[str, str, bool]]]:
        return {
            name: sorted((one["name"], str(one["type"]), one["nullable"]) for one in inspector.get_columns(name))
            for live in HISTORY
            for name in (live, f"{live}_history")
        }

    found = looked_at(base, columns)
    for live in HISTORY:
        assert [one for one in found[f"{live}_history"] if one[0] != "closed_by"] == found[live]
