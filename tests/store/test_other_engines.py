"""The heavy query on engines that spread their work: the same text, the same rows. Each is tried where it is installed."""

from __future__ import annotations

import importlib.util
import re
import sqlite3
from typing import TYPE_CHECKING, Any

import pytest

from claims_cli.store.reading import query_text
from tests.conftest import ROOT

if TYPE_CHECKING:
    from types import ModuleType

DATABASE = str(ROOT / "data.db")


def example() -> ModuleType:
    """The example of the documentation, as a module."""
    spec = importlib.util.spec_from_file_location("spark_example", ROOT / "docs" / "examples" / "spark.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def by_claim(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rows in an order that every engine gives."""
    return sorted(rows, key=lambda row: (row["asked"], row["id"]))


def by_sqlite(every: int) -> list[dict[str, Any]]:
    """What SQLite answers."""
    connection = sqlite3.connect(DATABASE)
    connection.row_factory = sqlite3.Row
    found = connection.execute(query_text("disputed"), {**example().EVERYTHING, "every": every}).fetchall()
    connection.close()
    return by_claim([dict(row) for row in found])


@pytest.mark.parametrize("every", [0, 1])
def test_duckdb_gives_the_same_rows(every: int) -> None:
    duckdb = pytest.importorskip("duckdb", reason="DuckDB is not installed: pip install duckdb")
    connection = duckdb.connect()
    kept = sqlite3.connect(DATABASE)
    for table in example().TABLES:
        columns = [
            (row[1], {"TEXT": "VARCHAR", "REAL": "DOUBLE"}.get(row[2], "BIGINT")) for row in kept.execute(f"PRAGMA table_info({table})")
        ]
        connection.execute(f"CREATE TABLE {table} ({', '.join(f'{name} {kind}' for name, kind in columns)})")
        for row in kept.execute(f"SELECT * FROM {table}"):  # noqa: S608  our own names
            connection.execute(f"INSERT INTO {table} VALUES ({', '.join('?' * len(columns))})", row)  # noqa: S608  our own names
    kept.close()
    text = re.sub(r"(?<!:):(\w+)", r"$\1", query_text("disputed"))
    used = {name: value for name, value in {**example().EVERYTHING, "every": every}.items() if f"${name}" in text}
    answer = connection.execute(text, used)
    names = [column[0] for column in answer.description]
    assert by_claim([dict(zip(names, row, strict=True)) for row in answer.fetchall()]) == by_sqlite(every)


@pytest.mark.parametrize("every", [0, 1])
def test_spark_gives_the_same_rows(every: int) -> None:
    sql = pytest.importorskip("pyspark.sql", reason="Spark is not installed: pip install pyspark")
    session = sql.SparkSession.builder.master("local[2]").config("spark.sql.shuffle.partitions", "2").getOrCreate()
    spark = example()
    spark.load(session, DATABASE)
    found = spark.disputed(session, {**spark.EVERYTHING, "every": every})
    session.stop()
    assert by_claim(found) == by_sqlite(every)
