"""A small database to which everything happened: each table and each history has rows, and one source was purged."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from claims_cli.core.claim import Actor, Alias, Office, Quote, Source, Topic
from claims_cli.core.notation import parse_figure
from claims_cli.core.ruling import Cause, Judgement, Verdict
from claims_cli.core.when import parse_when
from claims_cli.intake.editing import edit_claim
from claims_cli.store.database import address_of
from claims_cli.store.integrity import Verified, findings_of
from claims_cli.store.merging import merge_actors, merge_sources
from claims_cli.store.purging import purge
from claims_cli.store.revising import retract
from claims_cli.store.ruling import rule
from claims_cli.store.undoing import undo
from tests.store.conftest import CAMP, CLAIM, OPERATION, asked, recorded, recording

if TYPE_CHECKING:
    from claims_cli.store.integrity import Finding

LEAKED = "Whistle Kestrel told us behind the silo that about 7,300 soldiers had slept in barracks nine"
WORDS = ("Whistle", "Kestrel", "silo", "barracks nine", "leaked memorandum", "kestrel.example")
LEAK = Source(
    publisher="Paper",
    title="A leaked memorandum",
    url="https://kestrel.example/leak",
    published_on=parse_when("2024-11-03"),
    text=LEAKED,
    encoding="utf_16",
    original=LEAKED.encode("utf_16"),
)
TWICE = Source(publisher="Paper", title="Twice", text="One text.", encoding="cp1252", original=b"One text.\xa0")
AT = LEAKED.index("about 7,300 soldiers")
SAID = replace(
    CLAIM,
    claimant="Cem",
    source=LEAK,
    figure=parse_figure("~7300"),
    quote=Quote("about 7,300 soldiers", "told us behind the silo that ", " had slept in barracks nine", AT, AT + 20),
    value_text="about 7,300 soldiers",
    note="from Whistle Kestrel",
    ref="leak-1",
)
SAID_NUMBER = 4  # what it is known by once its ref is purged
TOLD = replace(
    OPERATION, command='claims add "~7300" --quote "about 7,300 soldiers" --title "A leaked memorandum"', summary="Whistle Kestrel"
)
DAN = Actor(
    "dan",
    "Dan",
    aliases=(Alias("Daniel", "en"),),
    offices=(Office("Mayor", parse_when("2020"), parse_when("2023")), Office("Minister", parse_when("2023"))),
)


def stock(where: str) -> int:
    """Record, edit, rule, merge, retract and undo; gives the number of the source that is still to be purged."""
    address = address_of(where)
    bare = Source(publisher="Paper", title="A bare report")
    recorded(where, CLAIM, replace(CLAIM, claimant="Eve", figure=parse_figure("14")), replace(CLAIM, claimant="Eva", source=bare))
    recorded(where, SAID, operation=TOLD)
    with recording(where) as recorder:
        recorder.apply_actors([DAN])
    with recording(where) as recorder:
        recorder.apply_actors([replace(DAN, name="Dan Oak", offices=DAN.offices[1:])])
        recorder.apply_questions([replace(CAMP, text="How many are in the camp?", place="Camp")])
        recorder.apply_topics([Topic("test", "Tests")])
    edit_claim(address, OPERATION, "1", {"value": ">12", "note": "counted again"})
    edit_claim(address, OPERATION, "leak-1", {"value": "~7400", "note": "Whistle Kestrel counted again"})
    for before in (None, 1):
        judgement = Judgement(Verdict.BOTH_STAND, "two camps", None, Cause.LAG if before else None)
        rule(address, OPERATION, judgement, conflict="camp@2024-11-01", question="camp", positions={1: 0, 2: 1}, before=before)
    retract(address, OPERATION, ["2"])
    undo(address, replace(OPERATION, command="claims undo"))
    merge_actors(address, OPERATION, "eve", ["eva"])
    return source_of(where)


def source_of(where: str) -> int:
    """The number of the source to be purged."""
    (row,) = asked(where, f"SELECT source_id FROM claim WHERE id = {SAID_NUMBER}")  # noqa: S608  our own number
    number: int = row["source_id"]
    return number


def happened(where: str) -> None:
    """All of it, to the purge and the merge of two sources after it."""
    address = address_of(where)
    purge(address, replace(OPERATION, command="claims purge"), stock(where), "for his safety")
    edit_claim(address, OPERATION, str(SAID_NUMBER), {"value": "~7500"})
    recorded(where, replace(CLAIM, claimant="Fay", quote=None, source=TWICE))
    recorded(where, replace(CLAIM, claimant="Fay", quote=None, source=Source(publisher="Paper", title="Again")))
    merge_sources(address, OPERATION, newest(where), [newest(where) - 1])


def newest(where: str) -> int:
    """The number of the latest source."""
    (row,) = asked(where, "SELECT MAX(id) AS id FROM source")
    number: int = row["id"]
    return number


def verified(where: str) -> tuple[list[Finding], Verified]:
    """What verifying finds."""
    result = Verified()
    return list(findings_of(address_of(where), result)), result


def damaged(where: str) -> list[Finding]:
    """The findings that are damage."""
    return [row for row in verified(where)[0] if row["state"] == "bad"]
