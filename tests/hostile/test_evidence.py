"""What was taken in is kept as it came, whatever it holds and in whatever encoding; what is doubtful about it is said."""

from __future__ import annotations

import hashlib
import json
import os
import pty
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from claims_cli.core.errors import NotUnderstood
from claims_cli.intake.encodings import decoded
from claims_cli.store.database import address_of, transaction
from claims_cli.store.reading import reading
from tests.conftest import ROOT, settled_environment
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


PARTICULARS = "---\ntitle: with particulars\npublished: 2024-10-29\n---\n"
# Each with its bytes, its encoding, and whether the bytes tell more than the text that is kept.
DOCUMENTS = {
    "plain.txt": (TEXT.replace("\n", "\r\n").encode(), "utf-8", False),
    "marked.txt": (TEXT.encode("utf-8-sig"), "utf-8", True),
    "wide.txt": (TEXT.encode("utf-16"), "utf-16-le", True),
    "windows.txt": (TEXT.encode("cp1256"), "cp1256", True),
    "iso.txt": (TEXT.encode("iso8859_6"), "iso8859-6", True),
    "nul.txt": (TEXT.encode() + b"\x00", "utf-8", True),
    "with particulars.md": ((PARTICULARS + TEXT).encode(), "utf-8", True),
}


@pytest.fixture
def taken(database_url: str, tmp_path: Path) -> Desk:
    """A database into which documents in many encodings were taken."""
    desk = Desk(database_url, tmp_path)
    (tmp_path / "in").mkdir()
    for name, (content, _, _) in DOCUMENTS.items():
        (tmp_path / "in" / name).write_bytes(content)
    for words in (("init",), ("ingest", "in", "--published", "2024-10-29", "--publisher", "Paper")):
        assert desk.run(*words).code == 0
    return desk


def rows_of(desk: Desk, query: str) -> list[dict[str, object]]:
    """What a query gives."""
    with reading(address_of(desk.url)) as reader:
        return [dict(row) for row in reader.rows(query, {})]


def test_every_document_is_given_back_byte_for_byte_with_the_encoding_that_was_taken(taken: Desk) -> None:
    sources = {row["title"]: row for row in json.loads(taken.run("sources", "--json").stdout)}
    apart = {row["source_id"] for row in rows_of(taken, "SELECT source_id FROM source_original")}
    for name, (content, encoding, more) in DOCUMENTS.items():
        source = sources[name.rpartition(".")[0]]
        assert (source["encoding"], source["bytes_hash"]) == (encoding, hashlib.sha256(content).hexdigest()), name
        assert (source["id"] in apart) == more, name
        assert taken.run("sources", "--original", str(source["id"]), "--output", name).code == 0
        assert (taken.folder / name).read_bytes() == content


def test_taking_the_same_documents_in_again_changes_nothing(taken: Desk) -> None:
    tables = ("operation", "source", "source_text", "source_original", "source_original_history", "claim")
    before = {name: rows_of(taken, f"SELECT * FROM {name} ORDER BY 1") for name in tables}  # noqa: S608  our own names
    taken.run("ingest", "in", "--published", "2024-10-29", "--publisher", "Paper")
    assert {name: rows_of(taken, f"SELECT * FROM {name} ORDER BY 1") for name in tables} == before  # noqa: S608  our own names


def test_a_doubt_about_the_letters_stands_with_each_claim_that_was_read_in_them(taken: Desk) -> None:
    doubts = {row["title"]: row["note"] for row in json.loads(taken.run("list", "--json").stdout)}
    assert "not UTF-8: read as cp1256" in doubts["windows"]
    assert "1 NUL replaced by U+FFFD" in doubts["nul"]
    assert "not UTF-8: read as iso8859-6" in doubts["iso"]
    assert not any("read as" in doubts[name] for name in ("plain", "marked", "wide", "with particulars"))


def test_bytes_that_were_altered_are_not_given_back(taken: Desk) -> None:
    with transaction(address_of(taken.url)) as connection:
        connection.exec_driver_sql("UPDATE source_text SET text = 'nothing of the kind'")
        connection.exec_driver_sql("UPDATE source_original SET bytes = (SELECT MIN(bytes) FROM source_original)")
    codes = [taken.run("sources", "--original", str(number), "--output", f"{number}.txt") for number in range(1, len(DOCUMENTS) + 1)]
    assert sorted(done.code for done in codes) == [0] + [7] * (len(DOCUMENTS) - 1)  # one has its own bytes still
    assert "are not those that were taken in" in max(codes, key=lambda done: done.code).stderr


def test_bytes_go_to_a_pipe_or_file_as_they_are_and_never_to_a_terminal(tmp_path: Path) -> None:
    content = TEXT.encode("utf-16")
    (tmp_path / "a.txt").write_bytes(content)
    for words in (("init",), ("ingest", "a.txt", "--published", "2024-10-29")):
        assert called("--db", "a.db", *words, folder=tmp_path).code == 0
    command = [sys.executable, "-m", "claims_cli", "--db", "a.db", "sources", "--original", "1"]
    piped = subprocess.run(command, cwd=tmp_path, env=settled_environment(), capture_output=True, check=True)
    assert piped.stdout == content
    leader, terminal = pty.openpty()
    try:
        shown = subprocess.run(command, cwd=tmp_path, env=settled_environment(), stdout=terminal, stderr=subprocess.PIPE, check=False)
    finally:
        os.close(terminal)
        os.close(leader)
    assert shown.returncode == 2
    assert b"not written to a terminal" in shown.stderr
    assert called("--db", "a.db", "sources", "--original", "2", folder=tmp_path).code == 4
    assert called("--db", "a.db", "sources", "--original", "../1", folder=tmp_path).code == 2


PAGE = """<!doctype html><html><head><meta charset="{told}"><title>الجنود</title></head><body><article><h1>الجنود</h1>
<p>{text}</p><p>{text}</p></article></body></html>"""


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize(
    ("told", "written", "charset", "encoding", "doubt"),
    [
        ("utf-8", "utf-8", None, "utf-8", None),
        ("windows-1256", "cp1256", None, "cp1256", None),
        ("utf-8", "cp1256", "windows-1256", "cp1256", None),
        ("windows-1252", "utf-8", None, "utf-8", None),
        ("klingon", "cp1256", None, "cp1256", "not klingon, as it was said to be: read as cp1256"),
        ("windows-1256", "cp1256", "utf-8", "cp1256", "not utf-8, as it was said to be: read as cp1256"),
        ("utf-8", "utf-16", None, "utf-16-le", None),
        ("utf-8", "utf-8-sig", "windows-1256", "utf-8", None),
    ],
)
def test_a_page_is_read_as_it_says_and_kept_with_its_tags(
    told: str, written: str, charset: str | None, encoding: str, doubt: str | None
) -> None:
    pytest.importorskip("trafilatura")
    from claims_cli.intake.web import page

    content = PAGE.format(told=told, text=TEXT).encode(written)
    source, notice = page(content, "a.html", charset=charset)
    assert "12 ألف جندي" in str(source.text)
    assert (source.encoding, source.original) == (encoding, content)
    assert notice is None if doubt is None else doubt in str(notice)
    assert page(content, "a.html", written)[0].text == source.text


@pytest.mark.filterwarnings("ignore")
def test_a_page_that_is_in_no_encoding_that_is_known_is_read_with_gaps_and_that_is_said() -> None:
    pytest.importorskip("trafilatura")
    from claims_cli.intake.web import letters

    content = bytes(range(128, 256)) * 3
    found = letters(content, "a.html", None, None)
    assert "\ufffd" in found.text
    assert found.notice == "what is no UTF-8 in it is replaced by U+FFFD"
    with pytest.raises(NotUnderstood):
        letters(content, "a.html", "utf-8", None)
