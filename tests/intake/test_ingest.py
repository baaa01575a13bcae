"""Ingesting: sources and candidates in one operation, twice the same as once, nothing guessed silently, nothing lost."""

from __future__ import annotations

import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import TYPE_CHECKING, ClassVar

import pytest

from tests.conftest import ROOT, listed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.conftest import Run

SEEDS = ROOT / "seeds"
CODEBOOK = """
[topics.camps]
title = "Camps"

[questions.camp-people]
topic = "camps"
text = "How many people are in the camp?"
unit = "person"
words = ["camp | المخيم", "people | شخص*"]

[actors.ministry]
name = "Ministry"
aliases = { en = ["The ministry"], ar = ["الوزارة"] }

[actors.paper]
name = "The Paper"
"""
ENGLISH = "The ministry said on Monday that 400 people live in the camp.\n\nRead also: 900 people in another camp.\n"


@pytest.fixture
def desk(run: Run, database_url: str, tmp_path: Path) -> str:
    """A database with a question on a camp."""
    (tmp_path / "book.toml").write_text(CODEBOOK)
    assert run("init", "--codebook", "book.toml", db=database_url).code == 0
    return database_url


def test_an_article_becomes_a_source_and_candidates(run: Run, desk: str, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(ENGLISH)
    done = run("ingest", "a.txt", "--published", "2024-10-29", "--publisher", "The Paper", db=desk)
    assert done.code == 0, done.stderr
    figures = [row for row in listed(run, desk) if row["value"]]
    assert [(row["question"], row["value"], row["claimant"], row["as_of"], row["review"]) for row in figures] == [
        ("camp-people", "400", "Ministry", "2024-10-28", "candidate")
    ]
    assert (figures[0]["publisher"], figures[0]["title"], figures[0]["published_on"]) == ("The Paper", "a", "2024-10-29")
    assert figures[0]["note"] == "question by: person, camp, people; claimant: The ministry"
    assert figures[0]["quote"] == "400 people"


def test_the_same_article_twice_is_the_same_as_once(run: Run, desk: str, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(ENGLISH)
    words = ("ingest", "a.txt", "--published", "2024-10-29")
    run(*words, db=desk)
    first = listed(run, desk)
    done = run(*words, db=desk)
    assert done.stderr.splitlines()[-1].startswith("0 new claims")
    assert listed(run, desk) == first


def test_an_article_taken_in_again_with_its_date_takes_the_place_of_the_one_without(run: Run, desk: str, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(ENGLISH)
    run("ingest", "a.txt", db=desk)
    before = listed(run, desk)
    done = run("ingest", "a.txt", "--published", "2024-10-29", db=desk)
    assert f"a.txt: the {len(before)} candidates taken from it before, without a date, are rejected" in done.stderr
    rows = listed(run, desk)
    waiting = [row for row in rows if row["review"] == "candidate"]
    assert {row["review"] for row in rows if row["id"] in {one["id"] for one in before}} == {"rejected"}
    assert len(waiting) == len(before)
    assert {row["published_on"] for row in waiting} == {"2024-10-29"}


def test_an_article_taken_back_after_its_review_was_is_taken_in_again(run: Run, desk: str, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(ENGLISH)
    words = ("ingest", "a.txt", "--published", "2024-10-29")
    run(*words, db=desk)
    first = [{**row, "id": None, "recorded_at": None} for row in listed(run, desk)]
    for words_between in (("review", "--accept-all"), ("undo",), ("undo",)):
        assert run(*words_between, db=desk).code == 0
    assert listed(run, desk) == []
    assert ", 0 known already" in run(*words, db=desk).stderr
    assert [{**row, "id": None, "recorded_at": None} for row in listed(run, desk)] == first


def test_a_rejected_candidate_stays_rejected_though_the_codebook_has_changed(run: Run, desk: str, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(ENGLISH)
    run("ingest", "a.txt", "--published", "2024-10-29", db=desk)
    (figure,) = [row["id"] for row in listed(run, desk) if row["value"]]
    assert run("review", "--question", "camp-people", db=desk, stdin="r\n").code == 0
    (tmp_path / "other.toml").write_text(CODEBOOK.replace("camp-people", "camp-population"))
    run("codebook", "apply", "other.toml", db=desk)
    run("ingest", "a.txt", "--published", "2024-10-29", db=desk)
    assert [(row["id"], row["review"]) for row in listed(run, desk) if row["value"]] == [(figure, "rejected")]


def test_front_matter_comes_before_what_the_command_says(run: Run, desk: str, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("---\ntitle: Camps\npublisher: Evening\npublished: 2024-05-07\n---\n" + ENGLISH)
    run("ingest", "a.md", "--published", "2024-10-29", "--publisher", "The Paper", db=desk)
    (row,) = [row for row in listed(run, desk) if row["value"]]
    assert (row["publisher"], row["title"], row["published_on"], row["as_of"]) == ("Evening", "Camps", "2024-05-07", "2024-05-06")


def test_a_publication_that_is_inferred_is_marked_and_said(run: Run, desk: str, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("On Tuesday, 29 October 2024, 400 people were in the camp, up from 300 people yesterday.\n")
    (tmp_path / "b.txt").write_text("On Tuesday 400 people were in the camp.\n")
    done = run("ingest", "a.txt", "b.txt", db=desk)
    assert "a.txt: its date of publication is inferred from the text: 2024-10-29" in done.stderr
    assert "b.txt: its date of publication is not known: relative dates stay open; give --published" in done.stderr
    rows = [row for row in listed(run, desk) if row["value"]]
    assert [(row["published_on"], row["as_of"]) for row in rows] == [
        ("2024-10-29?", "2024-10-29"),
        ("2024-10-29?", "2024-10-28"),
        (None, None),
    ]


def test_a_credit_is_kept_as_relay_and_boilerplate_left_out(run: Run, desk: str, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(
        "قالت الوزارة إن 400 شخص في المخيم.\n\nاقرأ أيضا: 900 شخص في مخيم آخر\nالمصدر: وكالة الأنباء\n© 2024 الجريدة\n"
    )
    run("ingest", "a.txt", "--published", "2024-10-29", "--publisher", "The Paper", db=desk)
    assert [(row["value"], row["relay"]) for row in listed(run, desk) if row["value"]] == [("400", "وكالة الأنباء")]


def test_what_answers_no_question_waits_and_is_not_accepted(run: Run, desk: str, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("The ministry said that 400 people live in the camp and that 12 trucks burned.\n")
    done = run("ingest", "a.txt", "--published", "2024-10-29", "--accept", db=desk)
    assert "new topic: unlinked" in done.stderr
    states = {row["question"]: row["review"] for row in listed(run, desk)}
    assert states["camp-people"] == "accepted"
    assert states["unlinked-truck"] == "candidate"


def test_a_folder_is_read_on_all_cores_as_one_by_one(run: Run, desk: str, tmp_path: Path) -> None:
    folder = tmp_path / "articles" / "more"
    folder.mkdir(parents=True)
    for number in range(10):
        (folder / f"{number:02}.txt").write_text(ENGLISH.replace("400", str(400 + number)))
    (folder / "notes.csv").write_text("not,an,article\n")
    assert run("ingest", "articles", "--published", "2024-10-29", db=desk).code == 0
    assert [row["value"] for row in listed(run, desk) if row["value"]] == [str(400 + number) for number in range(10)]


def test_a_document_that_cannot_be_read_is_named_and_the_others_are_kept(run: Run, desk: str, tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text(ENGLISH)
    (tmp_path / "bad.md").write_text("---\ntitle: x\n")
    (tmp_path / "russian.txt").write_text("Десять человек ушли.\n")
    (tmp_path / "empty.txt").write_text("\n")
    done = run("ingest", "bad.md", "good.txt", "russian.txt", "empty.txt", "none.txt", "--published", "2024-10-29", db=desk)
    assert done.code == 3
    assert "empty.txt holds no text" in done.stderr
    assert "there is no file or folder none.txt" in done.stderr
    assert "bad.md:1: the particulars have no end" in done.stderr
    assert "russian.txt: the language of the text is not known" in done.stderr
    assert "4 of 5 documents were not taken in" in done.stderr
    assert [row["title"] for row in listed(run, desk) if row["value"]] == ["good"]


def test_a_name_that_is_nothing_is_not_found(run: Run, desk: str, tmp_path: Path) -> None:
    done = run("ingest", "nothing", db=desk)
    assert (done.code, done.stderr) == (4, "claims: there is no file or folder nothing\n")
    (tmp_path / "empty").mkdir()
    done = run("ingest", "empty", db=desk)
    assert (done.code, done.stderr.startswith("claims: there is nothing to read in empty")) == (4, True)
    assert listed(run, desk) == []


PAGE = """<!doctype html><html><head><title>Camps</title><meta property="og:site_name" content="The Paper">
<meta property="article:published_time" content="2024-10-29T08:00:00Z"></head><body><nav>12 people like this</nav><article><h1>Camps</h1>
<p>The ministry said on Monday that 400 people live in the camp. It has been there for long, and nobody knows for how much longer.</p>
<p>The road to it is closed to lorries, and what comes in is carried by hand from the gate to the tents at the river.</p>
</article></body></html>"""


class Pages(BaseHTTPRequestHandler):
    """A site of one page."""

    answers: ClassVar[dict[str, tuple[int, str, bytes]]] = {
        "/camps": (200, "text/html; charset=utf-8", PAGE.encode()),
        "/image": (200, "image/png", b"\x89PNG"),
        "/empty": (200, "text/html", b"<html><body></body></html>"),
        "/broken": (500, "text/html", b""),
    }

    def do_GET(self) -> None:
        """Answer."""
        code, kind, content = self.answers.get(self.path, (404, "text/plain", b""))
        self.send_response(code)
        self.send_header("Content-Type", kind)
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  named so by its base
        """Say nothing."""


@pytest.fixture
def site() -> Iterator[str]:
    """The address of a site on this machine."""
    server = HTTPServer(("127.0.0.1", 0), Pages)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


LENIENT = {"PYTHONWARNINGS": "ignore"}  # the libraries for pages warn of their own ways


def test_a_page_is_brought_down_to_its_article(run: Run, desk: str, site: str, tmp_path: Path) -> None:
    assert run("ingest", f"{site}/camps", "--allow-private", db=desk, env=LENIENT).code == 0
    (tmp_path / "saved.html").write_text(PAGE)
    assert run("ingest", "saved.html", db=desk, env=LENIENT).code == 0
    rows = [row for row in listed(run, desk) if row["value"]]
    assert [(row["value"], row["claimant"], row["publisher"], row["title"], row["as_of"]) for row in rows] == [
        ("400", "Ministry", "The Paper", "Camps", "2024-10-28")
    ] * 2
    assert [row["url"] for row in rows] == [f"{site}/camps", None]


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/none", "there is no page"),
        ("/image", "is image/png, not a page of text"),
        ("/empty", "no article was found"),
        ("/broken", "answers 500"),
    ],
)
def test_what_is_no_article_is_told(run: Run, desk: str, site: str, path: str, said: str) -> None:
    done = run("ingest", f"{site}{path}", "--allow-private", db=desk, env=LENIENT)
    assert done.code == 3
    assert said in done.stderr


def test_the_seeds_come_in_through_the_front_door(run: Run, database_url: str) -> None:
    assert run("init", "--codebook", str(SEEDS / "codebook.toml"), db=database_url).code == 0
    assert run("ingest", str(SEEDS), db=database_url).code == 0
    assert run("review", "--accept-all", db=database_url).code == 0
    conflicts = {one["question"]: one for one in json.loads(run("conflicts", "--json", db=database_url).stdout)}
    assert set(conflicts) == {"dprk-troops-in-russia", "dprk-arms-deliveries-to-russia"}
    troops = conflicts["dprk-troops-in-russia"]
    assert (troops["relation"], troops["from"]) == ("contradicts", "2024-10-28")
    assert [position["claimants"] for position in troops["positions"]] == [["Volodymyr Zelensky"], ["Pentagon"]]
    trace = json.loads(run("trace", "--question", "dprk-troops-in-russia", "--json", db=database_url).stdout)
    assert [(row["claimant"], row["low"], row["change"]) for row in trace if row["relation"] == "revises"] == [("Pentagon", 10000, 7000)]


def test_the_seeds_figures_are_those_of_their_answer_key(run: Run, database_url: str) -> None:
    """The figures of ``seeds/claims.jsonl`` are found in their digests, and no others; all but two with their claimant."""

    def figures(db: str, *columns: str) -> list[tuple[str, ...]]:
        return sorted(tuple(row[name] for name in columns) for row in listed(run, db) if row["value"])

    run("init", "--codebook", str(SEEDS / "codebook.toml"), db=database_url)
    run("ingest", str(SEEDS), db=database_url)
    key = str(ROOT / "data.db")
    assert figures(database_url, "question", "value", "modality") == figures(key, "question", "value", "modality")
    found, kept = (set(figures(db, "value", "claimant", "question")) for db in (database_url, key))
    # The gains of August and September stand in a sentence of their own that no longer names the agency.
    assert {(value, claimant) for value, claimant, _ in kept - found} == {("477", "Agence France-Presse"), ("459", "Agence France-Presse")}
