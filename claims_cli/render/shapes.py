"""Output shapes: the columns, JSON keys and CSV headers of each kind of answer, in one place."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from claims_cli.core.errors import UsageError


class Format(StrEnum):
    """How an answer is written."""

    TABLE = "table"
    CSV = "csv"
    TSV = "tsv"
    JSON = "json"
    JSONL = "jsonl"
    MD = "md"


class Look(StrEnum):
    """How a table looks: fitted to the terminal, or plain, with nothing coloured, wrapped or cut."""

    FITTED = "fitted"
    PLAIN = "plain"


class Cells(StrEnum):
    """Whether cells of a CSV are kept from being taken for formulas."""

    SAFE = "safe"
    RAW = "raw"


class Mark(StrEnum):
    """Whether a file begins with a byte order mark, without which Excel takes UTF-8 for something else."""

    NONE = "none"
    BOM = "bom"


@dataclass(frozen=True, slots=True)
class Shape:
    """The columns of an answer, and those of them that a table on the screen shows."""

    columns: tuple[str, ...]
    on_screen: tuple[str, ...]


def shape(columns: str, on_screen: str | None = None) -> Shape:
    """A shape from names with spaces between them; all are shown unless told otherwise."""
    names = tuple(columns.split())
    return Shape(names, names if on_screen is None else tuple(on_screen.split()))


CLAIM = (
    "id uid ref topic question value low high hedge unit stance modality claimant relay place as_of said_on published_on publisher "
    "title url quote value_text review recorded_at note"
)
CLAIM_ON_SCREEN = "id value claimant as_of said_on publisher question"

LIST = shape(CLAIM, CLAIM_ON_SCREEN)
REPORT = shape(f"{CLAIM} relation conflict", f"{CLAIM_ON_SCREEN} relation conflict")
CONFLICTS = shape("id question topic relation from to gap explanation status ruling positions")
TRACE = shape(
    "claim ref question said_on as_of claimant value low high modality stance relation previous change ratio",
    "claim said_on as_of claimant value relation change",
)
RANGES = shape("low high value origins of reports claimants claims refs others best")
RECORD = "claimant questions claims revisions days_to_settle forecasts_met forecasts_missed"
RECORDS = shape(f"voice {RECORD}", RECORD)
REPAIRS = shape(
    "claim ref claimant field slip now then cost speaks_for speaks_against explanation", "cost claim explanation speaks_for speaks_against"
)
RELATE = shape("a b a_ref b_ref relation conflict explanation", "a b relation conflict explanation")
TOPICS = shape("slug title questions claims")
QUESTIONS = shape("slug topic text kind unit place population part_of currency claims", "slug text kind unit claims")
ACTORS = shape("slug name speaks_for aliases claims")
SOURCES = shape(
    "id publisher title url language published_on text_hash encoding bytes_hash claims", "id publisher published_on language claims title"
)
CANDIDATE = (
    "kind quote start end value_text low high hedge unit subject place claimant claimant_text relay stance modality as_of said_on "
    "sentence_start sentence_end other"
)
CANDIDATES = shape(CANDIDATE)
NUMBERS = shape("start end text value low high", "text value")
DATES = shape("start end text from to edtf", "text from to edtf")
OPERATIONS = shape("operation at who command summary state", "operation at who command state")
EVENTS = shape("operation at who command event changed")
VERIFIED = shape("state what where found advice")
DOCTOR = shape("check state found advice")
MOVEMENTS = shape("claimant claims revisions direction first last spread days_to_settle")
# What the screen calls a column, where its own name would not read well.
TITLES = {
    "as_of": "as of",
    "said_on": "said on",
    "published_on": "published",
    "part_of": "part of",
    "speaks_for": "for it",
    "speaks_against": "against it",
    "days_to_settle": "days to settle",
    "forecasts_met": "met",
    "forecasts_missed": "missed",
}
NUMERIC = frozenset(
    {
        "id",
        "operation",
        "a",
        "b",
        "claim",
        "cost",
        "claims",
        "questions",
        "currency",
        "revisions",
        "value",
        "low",
        "high",
        "first",
        "last",
        "spread",
        "forecasts_met",
        "forecasts_missed",
    }
)


def chosen(whole: Shape, columns: str) -> Shape:
    """A shape with only some columns, named with commas between them. Raises UsageError for one that it does not have."""
    names = tuple(name.strip() for name in columns.split(",") if name.strip())
    unknown = [name for name in names if name not in whole.columns]
    if unknown or not names:
        raise UsageError(f"there is no column {', '.join(unknown) or columns!r}", fix=f"columns: {', '.join(whole.columns)}")
    return Shape(names, names)
