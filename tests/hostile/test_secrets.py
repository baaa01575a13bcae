"""Passwords stand in no answer, no error and no record."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from claims_cli.core.secrets import without_passwords
from tests.hostile.conftest import called

if TYPE_CHECKING:
    from pathlib import Path

SECRET = "s3cr3t"  # noqa: S105  that is the point
ADDRESSES = [
    f"postgresql://desk:{SECRET}@127.0.0.1:1/claims",
    f"postgres://desk:{SECRET}@127.0.0.1:1/claims",
    f"postgresql+psycopg://desk:{SECRET}@127.0.0.1:1/claims",
    f"postgresql://:{SECRET}@127.0.0.1:1/claims",
    f"postgresql://desk:@{SECRET}@127.0.0.1:1/claims",
    f"postgresql://desk:a@{SECRET}@127.0.0.1:1/claims",
    f"postgresql://desk:a/{SECRET}@127.0.0.1:1/claims",
    f"postgresql://desk:a:{SECRET}@127.0.0.1:1/claims",
    f"postgresql://desk:a?{SECRET}@127.0.0.1:1/claims",
    f"postgresql://desk:%00{SECRET}@127.0.0.1:1/claims",
    f"postgresql://desk:{SECRET}@127.0.0.1:port/claims",
    f"postgresql://desk:{SECRET}@127.0.0.1:99999/claims",
    f"postgresql://desk:{SECRET}@[::1/claims",
    f"postgresql://desk:{SECRET}@nowhere.invalid/claims",
    f"postgresql://127.0.0.1:1/claims?user=desk&password={SECRET}",
    f"postgresql://desk@127.0.0.1:1/claims?sslpassword={SECRET}",
    f"postgresql:/desk:{SECRET}@nowhere/claims",
    f"mysql://desk:{SECRET}@127.0.0.1/claims",
    f"sqlite://desk:{SECRET}@127.0.0.1/claims",
]


@pytest.mark.parametrize("url", ADDRESSES)
def test_a_server_that_cannot_be_reached_is_told_without_its_password(url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLAIMS_DB", url)
    for words in (("list",), ("list", "--json"), ("list", "--debug"), ("init",), ("add", "5", "-q", "q", "--claimant", "x"), ("doctor",)):
        for given in (("--db", url), ()):
            done = called(*given, *words, folder=tmp_path)
            assert done.code in {2, 4, 5, 7} or words == ("doctor",), done
            assert SECRET not in done.stdout + done.stderr
            assert "the program itself failed" not in done.stderr
    assert "Traceback" not in called("--db", url, "list", folder=tmp_path).stderr


@pytest.mark.parametrize(
    "url", [f"https://desk:{SECRET}@paper.example/a", f"http://:{SECRET}@127.0.0.1/", f"http://desk:a@{SECRET}@127.0.0.1/"]
)
def test_a_page_with_a_password_in_its_address_is_refused_without_telling_it(url: str, tmp_path: Path) -> None:
    called("--db", "a.db", "init", folder=tmp_path)
    (tmp_path / "a.txt").write_text("The ministry said that 400 soldiers left.\n")
    done = called("--db", "a.db", "ingest", url, "a.txt", folder=tmp_path)
    assert done.code == 3
    assert SECRET not in done.stderr
    shown = json.loads(called("--db", "a.db", "show", "1", "--json", folder=tmp_path).stdout)
    assert "ingest" in shown["recorded_with"]
    assert SECRET not in json.dumps(shown)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("postgresql://desk:pw@server/claims", "postgresql://desk:***@server/claims"),
        ("postgresql://desk@server:5432/claims", "postgresql://desk@server:5432/claims"),
        ("https://paper.example:8080/@author", "https://paper.example:8080/@author"),
        ("https://paper.example/a:b@c", "https://paper.example/a:b@c"),
        ("mail to a:b@c.example", "mail to a:b@c.example"),
        ("no address", "no address"),
        ("host=server password=pw", "host=server password=***"),
    ],
)
def test_only_the_password_is_left_out(text: str, told: str) -> None:
    assert without_passwords(text) == told
