"""What was taken in is kept as it came, whatever it holds and in whatever encoding; what is doubtful about it is said."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

import pytest

from claims_cli.core.errors import NotUnderstood
from claims_cli.intake.encodings import decoded
from claims_cli.store.database import address_of
from claims_cli.store.reading import reading
from tests.conftest import ROOT
from tests.hostile.conftest import Desk, called, steering

if TYPE_CHECKING:
    from pathlib import Path

TEXT = "قالت الوزارة إن نحو 12 ألف جندي وصلوا إلى المدينة أمس، وإن عددهم سيرتفع قريبا. ولم يتسن التحقق من العدد من مصدر مستقل.\n" * 4
ENGLISH = "The ministry said that 400 soldiers left the camp on Monday, and that the others would follow soon.\n" * 4


def test_each_text_is_kept_to_the_letter_and_its_hash_is_that_of_its_letters(attacked: Desk) -> None:
    written = {hashlib.sha256(article_text(path)).hexdigest() for path in (attacked.folder / "articles").iterdir()}
    with reading(address_of(attacked.url)) as reader:
        rows = list(reader.rows("SELECT s.text_hash, t.text FROM source s JOIN source_text t ON t.source_id = s.id", {}))
    assert {hashlib.sha256(row["text"].encode()).hexdigest() for row in rows} == {row["text_hash"] for row in rows}
    assert written <= {row["text_hash"] for row in rows}


def article_text(path: Path) -> bytes:
    """The text of an article, without its particulars."""
    content = path.read_bytes()
    return content.partition(b"---\n")[2].partition(b"---\n")[2] if path.suffix == ".md" else content


def test_the_seeds_are_kept_with_the_hash_of_what_stands_in_their_files(tmp_path: Path) -> None:
    called("--db", "a.db", "init", folder=tmp_path)
    called("--db", "a.db", "ingest", str(ROOT / "seeds"), folder=tmp_path)
    hashes = {row["text_hash"] for row in json.loads(called("--db", "a.db", "sources", "--json", folder=tmp_path).stdout)}
    assert hashes == {hashlib.sha256(article_text(path).lstrip(b"\n")).hexdigest() for path in (ROOT / "seeds").glob("*.md")}


@pytest.mark.parametrize(
    ("data", "encoding", "doubt"),
    [
        (TEXT.encode(), "utf-8", None),
        (TEXT.encode("utf-8-sig"), "utf-8", None),
        (TEXT.encode("utf-16"), "utf-16-le", None),
        (b"\xfe\xff" + TEXT.encode("utf-16-be"), "utf-16-be", None),
        (TEXT.encode("utf-16-le"), "utf-16-le", "no byte order mark: read as utf-16-le"),
        (TEXT.encode("utf-16-be"), "utf-16-be", "no byte order mark: read as utf-16-be"),
        (ENGLISH.encode("utf-16-le"), "utf-16-le", "no byte order mark: read as utf-16-le"),
        (TEXT.encode("cp1256"), "cp1256", "not UTF-8: read as cp1256"),
        (TEXT.encode("iso8859_6"), "iso8859-6", "not UTF-8: read as iso8859-6"),
    ],
    ids=[
        "UTF-8",
        "a mark",
        "UTF-16",
        "UTF-16 the other way",
        "no mark",
        "no mark, the other way",
        "English, no mark",
        "cp1256",
        "ISO-8859-6",
    ],
)
def test_an_encoding_is_told_by_the_bytes_and_a_doubt_is_said(data: bytes, encoding: str, doubt: str | None) -> None:
    found = decoded(data, "a.txt")
    assert (found.text, found.encoding) == (ENGLISH if "The ministry" in found.text else TEXT, encoding)
    assert found.notice is None if doubt is None else doubt in str(found.notice)


@pytest.mark.parametrize("data", [TEXT.encode() + TEXT.encode("cp1256"), b"\xff\xfe\x00", bytes(range(128, 256)) * 3, b"\xff\xfe\x00\xd8"])
def test_bytes_that_are_mixed_or_broken_are_refused_or_said_to_be_doubtful(data: bytes) -> None:
    try:
        found = decoded(data, "a.txt")
    except NotUnderstood:
        return
    assert found.notice


@pytest.mark.parametrize("encoding", ["utf-7", "unicode_escape", "undefined", "idna", "hex", "rot13", "utf-16", "punycode", "../x", ""])
def test_an_encoding_that_is_asked_for_gives_text_that_can_be_kept_or_is_refused(tmp_path: Path, encoding: str) -> None:
    (tmp_path / "a.txt").write_bytes(b"The ministry said that 400 soldiers left +2AA- \\ud800 \\x00.\n")
    called("--db", "a.db", "init", folder=tmp_path)
    done = called("--db", "a.db", "ingest", "a.txt", f"--encoding={encoding}", "--published", "2024-10-29", "--lang", "en", folder=tmp_path)
    assert done.code in {0, 2, 3}, done
    assert steering(done.stderr) == set()
    assert "program itself" not in done.stderr


def test_a_text_with_a_nul_is_kept_with_the_sign_for_it_and_that_is_said(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"The ministry said that 400\x00 soldiers left the camp.\n")
    called("--db", "a.db", "init", folder=tmp_path)
    done = called("--db", "a.db", "ingest", "a.txt", "--published", "2024-10-29", folder=tmp_path)
    assert "a.txt: 1 NUL replaced by U+FFFD" in done.stderr


@pytest.mark.parametrize("encoding", ["cp1256", "utf-16", "utf-8-sig"])
def test_a_document_is_read_in_the_encoding_that_is_named_by_each_command_that_reads_one(tmp_path: Path, encoding: str) -> None:
    (tmp_path / "a.txt").write_bytes(TEXT.encode(encoding))
    called("--db", "a.db", "init", folder=tmp_path)
    ingested = called("--db", "a.db", "ingest", "a.txt", "--encoding", encoding, "--published", "2024-10-29", folder=tmp_path)
    extracted = called("extract", "a.txt", "--encoding", encoding, "--published", "2024-10-29", "--json", folder=tmp_path)
    assert ingested.code == extracted.code == 0, extracted.stderr
    assert "12 ألف جندي" in extracted.stdout
    assert "read as" not in ingested.stderr + extracted.stderr
