"""What is hashed column by column is what is hashed row by row, and the JSON is that of the json module."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from claims_cli.store.hashing import json_text, json_texts
from claims_cli.store.ledger import content_hash, content_hashes

TEXTS = st.text(st.characters(exclude_categories=["Cs"]))
NUMBERS = st.integers(-(2**63), 2**63 - 1) | st.floats(allow_nan=False, allow_infinity=False)
ROWS = st.fixed_dictionaries(
    {
        "id": st.integers(1, 50),
        "quote": st.none() | TEXTS,
        "value": st.none() | st.sampled_from(["10", "~12000", '«\u202e"\\\n']),
        "low": st.none() | st.floats(-1e30, 1e30),
        "operation_id": st.integers(1, 3),
    }
)


def written(value: object) -> str:
    """A value as the json module writes it, letters as they are."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


@given(TEXTS | NUMBERS | st.none())
def test_json_of_a_value_is_that_of_the_json_module(value: str | float | None) -> None:
    assert json_text(value) == written(value)


@given(st.lists(st.none() | TEXTS) | st.lists(TEXTS) | st.lists(st.integers()) | st.lists(st.none() | st.integers()))
def test_json_of_a_column_is_that_of_its_values(values: list[Any]) -> None:
    assert json_texts(values) == [written(value) for value in values]
    assert json_texts(values, before=",", null="") == ["" if value is None else f",{written(value)}" for value in values]


@given(st.lists(ROWS))
def test_rows_hash_alike_one_by_one_and_column_by_column(rows: list[dict[str, Any]]) -> None:
    columns = {name: [row[name] for row in rows] for name in (rows[0] if rows else ())}
    assert content_hashes("claim", columns) == [content_hash("claim", row) for row in rows]


@given(st.lists(st.binary(), min_size=1))
def test_bytes_hash_alike_one_by_one_and_column_by_column(contents: list[bytes]) -> None:
    rows = [{"source_id": number, "bytes": content} for number, content in enumerate(contents)]
    hashes = content_hashes("source_original", {"source_id": range(len(contents)), "bytes": contents})
    assert hashes == [content_hash("source_original", row) for row in rows]
