"""The report tells of each claim what the trace and the conflicts tell, however it is read."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from hypothesis import given, settings
from hypothesis import strategies as st

from claims_cli.assess.conflicts import Which, conflicts_found
from claims_cli.assess.report import PAGE, Marks, claims_reported
from claims_cli.assess.trace import traces_of
from claims_cli.core.claim import Operation
from claims_cli.intake.codebook import apply_codebook, read_codebook
from claims_cli.intake.tables import import_table
from claims_cli.render.shapes import REPORT
from claims_cli.store.database import address_of
from claims_cli.store.reading import reading
from claims_cli.store.schema import make_database

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

OPERATION = Operation(at=datetime(2024, 12, 1, tzinfo=UTC), who="desk", command="claims test", summary="test")
# A whole and its part, a toll in another topic, and a question of yes or no.
QUESTIONS = {"camp": ("test", "level"), "tents": ("test", "level"), "dead": ("quake", "cumulative"), "signed": ("quake", "fixed")}
CODEBOOK = "".join(f'[topics.{topic}]\ntitle = "{topic}"\n' for topic in ("test", "quake")) + "".join(
    f'[questions.{slug}]\ntopic = "{topic}"\ntext = "{slug}?"\nkind = "{kind}"\n'
    + ('unit = "person"\n' if slug != "signed" else "")
    + ('part_of = "camp"\n' if slug == "tents" else "")
    for slug, (topic, kind) in QUESTIONS.items()
)
SCOPES: list[dict[str, str | None]] = [
    {"topic": None, "question": None},
    *({"topic": topic, "question": None} for topic in ("test", "quake")),
    *({"topic": None, "question": slug} for slug in QUESTIONS),
]


@st.composite
def histories(draw: st.DrawFn) -> list[dict[str, str]]:
    """Rows of an import in which any two may relate in any way; some look ahead, hang on a condition, or name no day."""
    made = []
    for number in range(draw(st.integers(1, 10))):
        question = draw(st.sampled_from(sorted(QUESTIONS)))
        day = draw(st.sampled_from(["2024-03-01", "2024-03-02", "2024-03-02", "2024-03-05", "2024-03", ""]))
        one = {
            "question": question,
            "value": "" if question == "signed" else draw(st.sampled_from(["3", "10", ">10", "~10", "20", "40", "4-9"])),
            "claimant": draw(st.sampled_from(["Ann", "Ben", "Cem"])),
            "modality": draw(st.sampled_from(["observed", "observed", "observed", "forecast", "conditional"])),
            "stance": draw(st.sampled_from(["asserts", "asserts", "asserts", "denies", "unconfirmed"])),
            "as_of": day,
            "said_on": draw(st.sampled_from(["", "2024-03-02", "2024-03-06"])) if day else "",
            "published_on": draw(st.sampled_from(["2024-03-07", "2024-03-07T08:00"])) if day else "",
            "title": f"Report {draw(st.integers(1, 4))}",
            "publisher": "Paper",
            "ref": f"r{number}",
        }
        made.append({name: value for name, value in one.items() if value})
    return made


def entered(rows: list[dict[str, str]], where: str, folder: Path) -> None:
    """Make a database of these rows."""
    make_database(address_of(where))
    (folder / "codebook.toml").write_text(CODEBOOK, encoding="utf-8")
    apply_codebook(read_codebook(folder / "codebook.toml"), address_of(where), OPERATION)
    (folder / "rows.jsonl").write_text("".join(json.dumps(one) + "\n" for one in rows), encoding="utf-8")
    import_table(folder / "rows.jsonl", address_of(where), OPERATION)


def check_reports(where: str) -> list[dict[str, Any]]:
    """Hold the report of every scope against the traces and the conflicts of that scope; gives the rows of the whole."""
    with reading(address_of(where)) as reader:
        told = {row["claim"]: row["relation"] for slug in QUESTIONS for one in traces_of(reader, question=slug) for row in one.rows}
        for scope in SCOPES:
            report = claims_reported(reader, **scope)
            rows = [dict(row) for row in report]
            conflicts: dict[int, list[str]] = {}
            for conflict in conflicts_found(reader, topic=scope["topic"], question=scope["question"], which=Which.ALL):
                for claim in (claim for position in conflict["positions"] for claim in position["claims"]):
                    conflicts.setdefault(claim, []).append(conflict["id"])
            assert {row["id"]: row["relation"] for row in rows} == {row["id"]: told[row["id"]] for row in rows}
            assert {row["id"]: row["conflict"] for row in rows} == {
                row["id"]: " ".join(conflicts.get(row["id"], [])) or None for row in rows
            }
            texts = [["" if row[name] is None else str(row[name]) for name in REPORT.columns] for row in rows]
            assert [json.loads(array) for array in report.arrays(REPORT.columns)] == texts
        return [dict(row) for row in claims_reported(reader, topic=None, question=None)]


@settings(max_examples=60)
@given(rows=histories())
def test_the_report_tells_what_traces_and_conflicts_tell(rows: list[dict[str, str]], tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("law")
    entered(rows, str(folder / "claims.db"), folder)
    check_reports(str(folder / "claims.db"))


def test_a_claim_on_a_part_names_the_conflicts_of_the_part_and_of_the_whole(database_url: str, tmp_path: Path) -> None:
    usual = {"publisher": "Paper", "published_on": "2024-03-07", "as_of": "2024-03-01", "question": "tents"}
    said = [
        {"value": ">400", "claimant": "Ann"},
        {"value": "90", "claimant": "Ben"},
        {"value": "300", "claimant": "Cem", "question": "camp"},
        {"value": "80", "claimant": "Ben", "modality": "conditional"},
        {"value": "85", "claimant": "Ben", "modality": "conditional", "as_of": "2024-03-02"},
        {"claimant": "Ann", "question": "signed", "stance": "asserts"},
    ]
    entered([usual | one | {"ref": f"r{at}"} for at, one in enumerate(said)], database_url, tmp_path)
    found = {row["ref"]: (row["relation"], row["conflict"]) for row in check_reports(database_url)}
    assert found == {
        "r0": (None, "camp@2024-03-01 tents@2024-03-01"),
        "r1": ("contradicts", "tents@2024-03-01"),
        "r2": (None, "camp@2024-03-01"),
        "r3": ("incomparable", None),
        "r4": ("incomparable", None),
        "r5": (None, None),
    }


@given(st.dictionaries(st.integers(0, 2**31 - 1) | st.integers(0, 3 * PAGE), st.integers(0, 255)))
def test_a_mark_is_kept_for_each_claim_apart(numbers: dict[int, int]) -> None:
    marks = Marks("B")
    for claim, number in numbers.items():
        marks[claim] = number
    assert {claim: marks[claim] for claim in numbers} == numbers
    assert [marks[claim] for claim in range(PAGE) if claim not in numbers] == [0] * sum(claim not in numbers for claim in range(PAGE))
