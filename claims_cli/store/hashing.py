"""Values as the JSON that hashes are made of, without the time that it takes to look what each value is made of."""

from __future__ import annotations

from hashlib import sha256
from json.encoder import encode_basestring
from typing import TYPE_CHECKING, Any

from claims_cli.core.once import once_alike

if TYPE_CHECKING:
    from collections.abc import Sequence

HEAD = 16  # digits


def json_text(value: str | bytes | float | None) -> str:
    """A text, a finite number or null as JSON, letters as they are; bytes as their SHA-256."""
    if value is None:
        return "null"
    if isinstance(value, bytes):
        return f'"{sha256(value).hexdigest()}"'
    return encode_basestring(value) if isinstance(value, str) else repr(value)


def json_texts(values: Sequence[Any], *, before: str = "", null: str = "null") -> list[str]:
    """A column of texts, numbers or bytes, and nulls: each value as JSON with something before it, and what stands for a null."""
    if None in values or (values and isinstance(values[0], bytes)):
        return once_alike(lambda value: null if value is None else before + json_text(value), values)
    if values and isinstance(values[0], str):
        return once_alike(lambda value: before + encode_basestring(value), values)
    return once_alike(lambda value: before + repr(value), values)


def sha(text: str) -> str:
    """The SHA-256 of a text in UTF-8, in hexadecimal."""
    return sha256(text.encode("utf-8")).hexdigest()


def head_shown(chain: str) -> str:
    """The first digits of a chain: enough to tell two apart, few enough to write down."""
    return chain[:HEAD]
