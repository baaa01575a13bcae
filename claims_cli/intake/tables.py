"""Importing claims from a table: CSV, TSV, JSON or JSONL; every row is checked, then all are kept or none."""

from __future__ import annotations

import csv
import json
import re
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from difflib import get_close_matches
from itertools import islice
from typing import TYPE_CHECKING, NoReturn, TypeAlias

from claims_cli.core.errors import ClaimsError, NotUnderstood, Problem, RowsRefused
from claims_cli.core.notation import plain_text
from claims_cli.core.value import MOST_DIGITS
from claims_cli.intake.documents import read_document
from claims_cli.intake.fields import PASSED_OVER, READ, Entry, FieldError, entry_from
from claims_cli.intake.files import opened
from claims_cli.store.database import Commitment, writing
from claims_cli.store.recording import Recorder

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path
    from typing import TextIO

    from claims_cli.core.claim import Claim, Operation, Question, Source
    from claims_cli.store.database import Address
    from claims_cli.store.recording import Tally

Row: TypeAlias = "tuple[int, dict[str, str] | FieldError]"

KNOWN = frozenset(READ)
BATCH = 1000
LONGEST_CELL = 10_000_000


def import_table(path: Path, address: Address, operation: Operation, commitment: Commitment = Commitment.KEEP) -> Tally:
    """Keep the claims of a file, all or none.

    Raises RowsRefused with every bad row, NotFound, FileTrouble, NotUnderstood for a file that is no table of claims.
    """
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        raise NotUnderstood(f"{path} is not a table that can be read", fix=f"give a file that ends in {', '.join(READERS)}")
    documents = Documents(path.parent)
    problems: list[Problem] = []
    with opened(path) as file, writing(address, operation, commitment) as ledger:
        recorder = Recorder(ledger)
        rows = reader(file, path)
        while batch := list(islice(rows, BATCH)):
            claims = list(understood(batch, path, documents, recorder, problems))
            if not problems:
                recorder.add_claims(claims)
        if problems:
            refuse(path, problems)
    return recorder.tally


def enter_row(fields: Mapping[str, str | None], address: Address, operation: Operation) -> Tally:
    """Keep one claim whose fields are given as in a table's row; ``None``: left out. Raises NotUnderstood."""
    given = {name: text.strip() for name, text in fields.items() if text is not None and text.strip()}
    try:
        entry = entry_from(given)
        with writing(address, operation) as ledger:
            recorder = Recorder(ledger)
            recorder.add_claims([asked(entry, recorder)])
            return recorder.tally
    except FieldError as error:
        raise NotUnderstood(error.what, where=error.column, fix=error.fix) from None


def refuse(path: Path, problems: list[Problem]) -> NoReturn:
    """Refuse a file for its bad rows."""
    count = "1 problem" if len(problems) == 1 else f"{len(problems)} problems"
    raise RowsRefused(f"nothing was imported from {path}: {count}", problems, fix="mend the rows and import again")


class Documents:
    """The documents that the rows of one file name, each read once; they must lie in the folder of that file."""

    def __init__(self, folder: Path) -> None:
        """``folder`` is where names are looked up."""
        self.folder = folder
        self.read: dict[str, Source] = {}

    def source(self, name: str) -> Source:
        """The document of that name. Raises FieldError."""
        if name not in self.read:
            path = self.folder / name
            if self.folder.resolve() not in path.resolve().parents:
                raise FieldError("document", f"{name!r} lies outside the folder of the table", "put the document beside the table")
            try:
                self.read[name] = read_document(path).source
            except ClaimsError as error:
                raise FieldError("document", str(error)) from None
        return self.read[name]


def understood(batch: Iterable[Row], path: Path, documents: Documents, recorder: Recorder, problems: list[Problem]) -> Iterator[Claim]:
    """The claims of some rows; what cannot be understood is added to the problems."""
    read = [(line, fields if isinstance(fields, FieldError) else entry_of(fields, documents)) for line, fields in batch]
    recorder.sources.look_up(entry.claim.source for _, entry in read if isinstance(entry, Entry))
    for line, entry in read:
        try:
            if isinstance(entry, Entry):
                yield asked(entry, recorder)
            else:
                problems.append(Problem(entry.what, str(path), line, entry.column, entry.fix))
        except FieldError as error:
            problems.append(Problem(error.what, str(path), line, error.column, error.fix))
        except NotUnderstood as error:
            problems.append(Problem(error.what, str(path), line, None, error.fix))


def entry_of(fields: Mapping[str, str], documents: Documents) -> Entry | FieldError:
    """What a row says, or what is wrong with it."""
    try:
        return entry_from(fields, documents.source(fields["document"]) if "document" in fields else None)
    except FieldError as error:
        return error
    except NotUnderstood as error:
        return FieldError(None, error.what, error.fix)


def asked(entry: Entry, recorder: Recorder) -> Claim:
    """The claim, once its question is kept and fits. Raises FieldError; a source is checked too."""
    kept = recorder.kept_question(entry.claim.question)
    if kept is None:
        kept = recorder.question(new_question(entry))
    if entry.unit is not None and kept.unit != entry.unit:
        counts = f"counts {kept.unit}" if kept.unit else "is a yes or no question"
        raise FieldError("unit", f"the question {kept.slug} {counts}, not {entry.unit}", "name another question, or mend the unit")
    if entry.claim.figure is not None and kept.unit is None:
        raise FieldError("value", f"the question {kept.slug} is a yes or no question", "give a stance instead of a value")
    recorder.sources.kept(entry.claim.source)
    return replace(entry.claim, place=None) if entry.claim.place is not None and entry.claim.place == kept.place else entry.claim


def new_question(entry: Entry) -> Question:
    """The question of a row, for when it is new. Raises FieldError when the row does not say enough to make it."""
    question = entry.question
    if question is None:
        fix = "give topic (and unit) to make it, or see the questions there are: claims questions"
        raise FieldError("question", f"there is no question {entry.claim.question!r}", fix)
    if entry.claim.figure is not None and question.unit is None:
        raise FieldError("unit", f"the new question {question.slug!r} has values but no unit", "give unit, for example soldier, km2, EUR")
    return question


def text_of(value: object) -> str | None:
    """A JSON value as a CSV cell would hold it; ``None`` for null and for empty text. Raises ValueError for lists and objects."""
    if value is None:
        return None
    if isinstance(value, bool | list | dict):
        raise ValueError("is neither text nor a number")  # noqa: TRY004  it is a value of the file, not a type of the program
    if isinstance(value, Decimal):
        if not -MOST_DIGITS <= value.adjusted() <= MOST_DIGITS:
            raise ValueError("is too large or too small")
        return plain_text(value)
    return str(value).strip() or None


def refuse_constant(name: str) -> NoReturn:
    """Refuse the numbers that JSON does not have."""
    raise ValueError(f"{name} is not a number")


def json_fields(value: object) -> dict[str, str] | FieldError:
    """The fields of a JSON object that are not empty, or what is wrong with it."""
    if not isinstance(value, dict):
        return FieldError(None, "the row is not an object", 'write {"question": …, "value": …}')
    fields = {}
    for name, cell in value.items():
        if complaint := unknown_column(name):
            return complaint
        try:
            text = text_of(cell)
        except ValueError as error:
            return FieldError(name, f"its value {error}")
        if text is not None and name in KNOWN:
            fields[name] = text
    return fields


def unknown_column(name: str) -> FieldError | None:
    """The complaint about a column that no claim has: dropping it silently could lose what matters. ``None`` for a known one."""
    if name in KNOWN or name in PASSED_OVER:
        return None
    near = get_close_matches(name, READ, n=1)
    return FieldError(name, f"there is no column {name!r}", f"did you mean {near[0]}?" if near else f"columns: {' '.join(READ)}")


def rows_of_jsonl(file: TextIO, path: Path) -> Iterator[Row]:
    """Rows of a file with one JSON object a line, empty lines left out."""
    del path
    for line, text in enumerate(file, start=1):
        if text.strip():
            try:
                yield line, json_fields(parsed(text))
            except ValueError as error:
                yield line, FieldError(None, f"not JSON: {error}")


def rows_of_json(file: TextIO, path: Path) -> Iterator[Row]:
    """Rows of a JSON array; the line is the row's number in it."""
    try:
        value = parsed(file.read())
    except ValueError as error:
        raise NotUnderstood(f"not JSON: {error}", where=str(path)) from None
    if not isinstance(value, list):
        raise NotUnderstood("not an array of rows", where=str(path), fix="write [{…}, {…}], or one object a line in a .jsonl file")
    for row, one in enumerate(value, start=1):
        yield row, json_fields(one)


def exact(text: str) -> Decimal:
    """A number of JSON as it is written. Raises ValueError for an exponent beyond all numbers."""
    try:
        return Decimal(text)
    except InvalidOperation:
        raise ValueError("a number is too large or too small") from None


def parsed(text: str) -> object:
    """A JSON value with its numbers as exact decimals. Raises ValueError."""
    try:
        return json.loads(text, parse_float=exact, parse_constant=refuse_constant)
    except RecursionError:
        raise ValueError("too deeply nested") from None


def rows_of_csv(file: TextIO, path: Path) -> Iterator[Row]:
    """Rows of a CSV file whose first line names the columns."""
    yield from delimited(file, path, ",")


def rows_of_tsv(file: TextIO, path: Path) -> Iterator[Row]:
    """Rows of a file with tabs between the cells, whose first line names the columns."""
    yield from delimited(file, path, "\t")


def delimited(file: TextIO, path: Path, delimiter: str) -> Iterator[Row]:
    """Rows with a header. An apostrophe that our own export put before a sign is taken off again."""
    csv.field_size_limit(LONGEST_CELL)
    reader = csv.reader(file, delimiter=delimiter, strict=True)
    try:
        header = [name.strip() for name in next(reader, [])]
        if not header:
            raise NotUnderstood("the file is empty", where=str(path), fix="name the columns in the first line")
        complaints = [complaint for name in header if (complaint := unknown_column(name))]
        if complaints:
            yield from ((1, complaint) for complaint in complaints)
            return
        names = [name if name in KNOWN else None for name in header]
        start = reader.line_num + 1
        for cells in reader:
            if len(cells) > len(header):
                yield start, FieldError(None, f"{len(cells)} cells under {len(header)} columns", "quote cells that contain the separator")
            elif fields := {
                name: text if APOSTROPHE not in text else KEPT_FROM_FORMULA.sub(r"\1\2", text)
                for name, cell in zip(names, cells, strict=False)
                if name and (text := cell.strip())
            }:
                yield start, fields
            start = reader.line_num + 1
    except csv.Error as error:
        raise NotUnderstood(f"not a table: {error}", where=f"{path}:{reader.line_num}") from None


APOSTROPHE = "'"
# What keeps a spreadsheet from taking the text after it for a formula (render/to_csv.py).
SIGNS = r"[=+\-@\uff1d\uff0b\uff0d\uff20]"
KEPT_FROM_FORMULA = re.compile(rf"(^)'(?=[\s'\"]*{SIGNS})|([;\t\n])'(?=[ '\"\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]*{SIGNS})")
READERS = {".csv": rows_of_csv, ".tsv": rows_of_tsv, ".jsonl": rows_of_jsonl, ".json": rows_of_json}
