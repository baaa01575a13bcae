"""Nothing is written but what is named, nothing is written over unasked, and nothing outside the named folder is read."""

from __future__ import annotations

import os
import stat
import sys
from typing import TYPE_CHECKING

import pytest

from tests.conftest import Done, settled_environment
from tests.hostile.attacks import ATTACKS, Aim
from tests.hostile.conftest import EVERY, Desk, called

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Run

PATHS = [attack for attack in ATTACKS if attack.aim is Aim.PATH]


def tree(folder: Path) -> dict[str, object]:
    """What stands in a folder: names, and what is in each file or link."""
    return {
        os.fsdecode(os.path.relpath(one, folder)): os.readlink(one) if one.is_symlink() else None if one.is_dir() else one.read_bytes()  # noqa: PTH115  as it is
        for one in folder.rglob("*")
    }


@pytest.mark.parametrize("form", ["csv", "tsv", "json", "jsonl", "md"])
@pytest.mark.parametrize("what", ["claims", "conflicts", "trace"])
def test_a_report_writes_the_file_that_is_named_and_no_other(attacked: Desk, what: str, form: str) -> None:
    before = tree(attacked.folder)
    assert attacked.run("export", f"report.{form}", "--what", what).code == 0
    after = tree(attacked.folder)
    assert set(after) - set(before) == {f"report.{form}"}
    assert {name: after[name] for name in before} == before
    (attacked.folder / f"report.{form}").unlink()


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A small database in a folder of its own, with a secret beside it."""
    (tmp_path / "secret.txt").write_text("The ministry said that 777 secrets are kept.\n")
    (tmp_path / "desk").mkdir()
    found = Desk("a.db", tmp_path / "desk")
    assert found.run("init").code == 0
    return found


WRITING = {
    "export": ("export", "out.csv"),
    "list": ("list", "--csv", "-o", "out.csv"),
    "topics": ("topics", "-f", "json", "--output", "out.csv"),
    "codebook export": ("codebook", "export", "out.csv"),
    "doctor": ("doctor", "-o", "out.csv"),
    "db backup": ("db", "backup", "out.csv"),
}


@pytest.mark.parametrize("command", WRITING)
def test_a_file_or_link_that_is_there_is_left_alone(desk: Desk, command: str) -> None:
    victim, out = desk.folder.parent / "victim.txt", desk.folder / "out.csv"
    victim.write_text("mine")
    for lead in (victim, desk.folder / "nowhere", out, None):
        if lead is None:
            out.write_text("mine")
        else:
            out.symlink_to(lead)
        before = tree(desk.folder.parent)
        done = desk.run(*WRITING[command])
        assert done.code == 5
        assert "is there already" in done.stderr
        assert tree(desk.folder.parent) == before
        out.unlink()


@pytest.mark.parametrize("command", WRITING)
def test_force_replaces_a_link_and_not_what_it_leads_to(desk: Desk, command: str) -> None:
    victim, out = desk.folder.parent / "victim.txt", desk.folder / "out.csv"
    victim.write_text("mine")
    out.symlink_to(victim)
    assert desk.run(*WRITING[command], "--force").code == 0
    assert victim.read_text() == "mine"
    assert out.is_file()
    assert not out.is_symlink()


def test_devices_are_written_into_and_stay(desk: Desk, run: Run) -> None:
    for device in ("/dev/null", "/dev/stdout"):
        before = os.stat(device).st_mode  # noqa: PTH116  what it leads to
        done = run("topics", "--json", "-o", device, db=str(desk.folder / "a.db"))
        assert (done.code, done.stdout) == (0, "[]\n" if device == "/dev/stdout" else ""), done.stderr
        assert os.stat(device).st_mode == before  # noqa: PTH116


@pytest.mark.parametrize("attack", PATHS, ids=lambda attack: attack.name)
def test_a_table_reads_no_document_outside_its_folder(desk: Desk, attack: object) -> None:
    text = getattr(attack, "text", "")
    for name in (text, "../secret.txt", str(desk.folder.parent / "secret.txt"), "link.txt", "folder/secret.txt", "./../desk/../secret.txt"):
        (desk.folder / "t.csv").write_text(f'topic,question,unit,value,document\nt,q,u,777,"{name}"\n')
        (desk.folder / "link.txt").unlink(missing_ok=True)
        (desk.folder / "link.txt").symlink_to("../secret.txt")
        (desk.folder / "folder").unlink(missing_ok=True)
        (desk.folder / "folder").symlink_to("..")
        done = desk.run("import", "t.csv")
        assert done.code == 3, done
        assert "document:" in done.stderr
    assert desk.run("sources", "--json").stdout == "[]\n"


def test_a_folder_of_articles_leads_nowhere_else(desk: Desk) -> None:
    articles = desk.folder / "articles"
    articles.mkdir()
    (articles / "one.txt").write_text("The ministry said that 400 soldiers left.\n")
    (articles / "two.txt").symlink_to("../../secret.txt")
    (articles / "up").symlink_to("..")
    os.mkfifo(articles / "pipe.txt")
    done = desk.run("ingest", "articles", "--published", "2024-10-29")
    assert done.code == 0
    assert "two.txt: a link, passed over; name it to take it in" in done.stderr
    assert "777" not in desk.run("list", "--json").stdout


def test_names_that_the_program_makes_are_plain(attacked: Desk) -> None:
    """Given topics, questions and actors made from hostile words, their slugs hold no sign of a path, a shell or an option."""
    import json

    made = json.loads(attacked.run("actors", "--json").stdout)
    slugs = [row["slug"] for row in made if not row["slug"].startswith("actor-")]
    assert slugs
    assert [slug for slug in slugs if slug.startswith("-") or not slug.replace("-", "").isalnum()] == []


def test_the_database_is_its_owners_alone(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        assert called("--db", "mine.db", "init", folder=tmp_path).code == 0
        (tmp_path / "a.txt").write_text("The ministry said that 400 soldiers left.\n")
        assert called("--db", "mine.db", "ingest", "a.txt", folder=tmp_path).code == 0
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "mine.db").stat().st_mode) == 0o600
    assert {one.name for one in tmp_path.iterdir()} == {"mine.db", "a.txt"}
    assert "600" in called("--db", "mine.db", "doctor", folder=tmp_path).stdout
    (tmp_path / "mine.db").chmod(0o644)
    assert "others may read it" in called("--db", "mine.db", "doctor", folder=tmp_path).stdout


NO_NETWORK = """
import sys
def watch(event, words):
    if event in {"socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto", "urllib.Request", "webbrowser.open",
                 "os.system", "subprocess.Popen"}:
        raise SystemExit(f"{event} {words}")
sys.addaudithook(watch)
from claims_cli.__main__ import main
main()
"""


@pytest.mark.parametrize(
    "words",
    [
        ("init",),
        ("ingest", "page.html", "a.txt", "--published", "2024-10-29", "--lang", "en"),
        ("extract", "page.html"),
        ("list", "--json"),
        ("doctor",),
    ],
    ids=lambda words: words[0],
)
def test_nothing_asks_the_network_or_starts_a_program_unless_told_to(tmp_path: Path, words: tuple[str, ...]) -> None:
    import subprocess

    page = "<html><head><base href='http://evil.example/'><link rel=stylesheet href=a.css></head><body><article><img src=http://evil.example/x>"
    (tmp_path / "page.html").write_text(f"{page}{'<p>The ministry said that 400 soldiers left the camp near the town.</p>' * 5}</article>")
    (tmp_path / "a.txt").write_text(
        f"---\nurl: http://evil.example/\n---\nThe ministry said that 400 soldiers left. {' '.join(EVERY.split())}\n"
    )
    command = [sys.executable, "-c", NO_NETWORK]
    environment = settled_environment() | {"CLAIMS_DB": "a.db", "PYTHONWARNINGS": "ignore"}
    found = Done("", "", 0)
    for each in (words,) if words[0] in {"init", "extract"} else (("init",), words):
        done = subprocess.run(
            [*command, *each], cwd=tmp_path, env=environment, capture_output=True, check=False, encoding="utf-8", timeout=60
        )
        found = Done(done.stdout, done.stderr, done.returncode)
    assert found.code == 0, found.stderr
