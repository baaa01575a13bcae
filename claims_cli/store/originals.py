"""Originals: the bytes that a source's text came in, given back as they were."""

from __future__ import annotations

from typing import TYPE_CHECKING

from claims_cli.core.errors import DatabaseUnusable, NotFound
from claims_cli.store.reading import first
from claims_cli.store.rows import hash_of_bytes

if TYPE_CHECKING:
    from claims_cli.store.reading import Reader


def original_bytes(reader: Reader, number: int) -> bytes:
    """The bytes of a source's document. Raises NotFound where they are not kept, DatabaseUnusable where they are not those taken in."""
    row = first(reader.query("original", id=number))
    if row is None:
        raise NotFound(f"there is no source {number}", fix="see: claims sources")
    apart, text = row["bytes"], row["text"]
    if row["purged"]:
        raise NotFound(f"source {number} was purged", fix="see: claims history")
    if row["bytes_hash"] is None or (apart is None and text is None):
        raise NotFound(
            f"the bytes of source {number} are not kept", fix="only documents that were read by this version or a later one have them"
        )
    content = bytes(apart) if apart is not None else str(text).encode("utf-8")
    if hash_of_bytes(content) != row["bytes_hash"]:
        raise DatabaseUnusable(f"the bytes of source {number} are not those that were taken in", fix="take them from a backup")
    return content
