"""Claims that may conflict, asked of Spark: the program's own query over the tables of a database, as Spark in local mode runs it.

    pip install pyspark
    python docs/examples/spark.py data.db

On a cluster the tables would come from files or from PostgreSQL (``spark.read.jdbc``), and the session from its master; the query stays.
"""

from __future__ import annotations

import sqlite3
import sys
from typing import TYPE_CHECKING, Any

from claims_cli.store.reading import EVERY_ID, query_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pyspark.sql import SparkSession

TABLES = ("topic", "question", "actor", "source", "claim")
EVERYTHING = {
    "all_questions": 1,
    "first_topic": EVERY_ID[0],
    "last_topic": EVERY_ID[1],
    "first_question": EVERY_ID[0],
    "last_question": EVERY_ID[1],
    "every": 0,
}
KINDS = {"INTEGER": "BIGINT", "REAL": "DOUBLE", "TEXT": "STRING"}


def load(session: SparkSession, database: str) -> None:
    """Make each table of a SQLite database a view of the session, spread by question where it has one."""
    connection = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
    for table in TABLES:
        columns = [(row[1], KINDS[row[2]]) for row in connection.execute(f"PRAGMA table_info({table})")]
        rows = connection.execute(f"SELECT * FROM {table}").fetchall()  # noqa: S608  our own names
        frame = session.createDataFrame(rows, ", ".join(f"`{name}` {kind}" for name, kind in columns))
        (frame.repartition("question_id") if table == "claim" else frame).createOrReplaceTempView(table)
    connection.close()


def disputed(session: SparkSession, asked: Mapping[str, int] = EVERYTHING) -> list[dict[str, Any]]:
    """The claims that may conflict, as ``claims conflicts`` asks for them."""
    return [row.asDict() for row in session.sql(query_text("disputed"), args=dict(asked)).collect()]


def main(database: str) -> None:
    """Print them, a line each."""
    from pyspark.sql import SparkSession

    session = SparkSession.builder.master("local[2]").config("spark.sql.shuffle.partitions", "4").getOrCreate()
    load(session, database)
    for row in disputed(session):
        told = (row[name] for name in ("question", "claimant", "low_exact", "high_exact", "stance"))
        sys.stdout.write("\t".join(str(one) for one in told) + "\n")
    session.stop()


if __name__ == "__main__":
    main(sys.argv[1])
