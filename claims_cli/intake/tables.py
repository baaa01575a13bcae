"""Importing claims from a table: CSV, TSV, JSON or JSONL; every row is checked, then all are kept or none."""

from __future__ import annotations

import csv
import json
import re
from contextlib import contextmanager
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from difflib import get_close_matches
from itertools import islice, zip_longest
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn, TypeAlias

from claims_cli.core.errors import ClaimsError, NotUnderstood, Problem, RowsRefused
from claims_cli.core.notation import plain_text
from claims_cli.core.once import once_each
from claims_cli.core.value import MOST_DIGITS
from claims_cli.intake.documents import read_document
from claims_cli.intake.fields import PASSED_OVER, READ, FieldError, Rows, sheet_of
from claims_cli.intake.files import opened
from claims_cli.store.database import Commitment, writing
from claims_cli.store.inserting import indexes_later
from claims_cli.store.recording import CLAIM, Recorder

if TYPE_CHECKING:
    from _csv import Reader as CsvReader
    from collections.abc import Iterator, Mapping, Sequence
    from typing import TextIO

    from claims_cli.core.claim import Operation, Question, Sheet, Source
    from claims_cli.intake.fields import Asked
    from claims_cli.store.database import Address
    from claims_cli.store.recording import Tally

Row: TypeAlias = "tuple[int, dict[str, str] | FieldError]"

KNOWN = frozenset(READ)
BATCH = 1000  # rows understood and kept at once; more of them no longer fit the processor's cache
LONGEST_CELL = 10_000_000


@dataclass(frozen=True, slots=True)
class Batch:
    """Some rows of a file, the line of each, and the lines that are no rows, with what is wrong with them."""

    lines: Sequence[int]
    rows: Rows
    refused: Sequence[tuple[int, FieldError]] = ()


def import_table(path: Path, address: Address, operation: Operation, commitment: Commitment = Commitment.KEEP) -> Tally:
    """Keep the claims of a file, all or none.

    Raises RowsRefused with every bad row, NotFound, FileTrouble, NotUnderstood for a file that is no table of claims.
    """
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        raise NotUnderstood(f"{path} is not a table that can be read", fix=f"give a file that ends in {', '.join(READERS)}")
    with opened(path) as file, writing(address, operation, commitment) as ledger:
        taking = Taking(path, Recorder(ledger))
        with indexes_later(ledger.connection, CLAIM):
            for batch in reader(file, path):
                taking.take(batch)
        if taking.problems:
            refuse(path, sorted(taking.problems, key=lambda one: one.line or 0))
    return taking.recorder.tally.in_order_of_a_row()


def enter_row(fields: Mapping[str, str | None], address: Address, operation: Operation) -> Tally:
    """Keep one claim whose fields are given as in a table's row; ``None``: left out. Raises NotUnderstood."""
    given = {name: [text.strip()] for name, text in fields.items() if text is not None and text.strip()}
    try:
        sheet, asked = sheet_of(Rows(given, 1), Documents(Path()).source)
        with writing(address, operation) as ledger:
            recorder = Recorder(ledger)
            recorder.add_sheet(settled(sheet, asked, recorder))
            return recorder.tally
    except FieldError as error:
        raise NotUnderstood(error.what, where=error.column, fix=error.fix) from None


def refuse(path: Path, problems: list[Problem]) -> NoReturn:
    """Refuse a file for its bad rows."""
    count = "1 problem" if len(problems) == 1 else f"{len(problems)} problems"
    raise RowsRefused(f"nothing was imported from {path}: {count}", problems, fix="mend the rows and import again")


class Taking:
    """The taking in of one file: its claims are recorded until a row is found bad, then only checked."""

    def __init__(self, path: Path, recorder: Recorder) -> None:
        """``path`` is the file's, for messages and to find the documents beside it."""
        self.path = path
        self.recorder = recorder
        self.documents = Documents(path.parent)
        self.problems: list[Problem] = []

    def take(self, batch: Batch) -> None:
        """Keep the claims of some rows, or say what is wrong with each that is bad."""
        self.problems += [self.problem(line, error) for line, error in batch.refused]
        try:
            sheet: Sheet | None = self.sheet(batch.rows)
        except (FieldError, NotUnderstood):
            rows = self.sound(batch)
            sheet = None if self.problems else self.sheet(rows)
        if sheet is not None and not self.problems:
            self.recorder.add_sheet(sheet)

    def sheet(self, rows: Rows) -> Sheet:
        """The claims of some rows. Raises FieldError or NotUnderstood at the first row that is bad."""
        sheet, asked = sheet_of(rows, self.documents.source)
        self.recorder.sources.look_up(sheet.source)
        once_each(self.recorder.sources.kept, sheet.source)  # a source that is refused leaves no question behind that its row made
        return settled(sheet, asked, self.recorder)

    def sound(self, batch: Batch) -> Rows:
        """The rows that can be kept, each looked at by itself; empty ones are passed over, bad ones added to the problems."""
        told = []
        for place, line in enumerate(batch.lines):
            row = batch.rows.at([place])
            if row.columns:
                with self.blaming(line):
                    told.append((place, line, *sheet_of(row, self.documents.source)))
        self.recorder.sources.look_up(source for _, _, sheet, _ in told for source in sheet.source)
        places = []
        for place, line, sheet, asked in told:
            with self.blaming(line):
                settled(sheet, asked, self.recorder)
                places.append(place)
        return batch.rows.at(places)

    @contextmanager
    def blaming(self, line: int) -> Iterator[None]:
        """What is done for the row of a line: when it is bad, that becomes a problem."""
        try:
            yield
        except (FieldError, NotUnderstood) as error:
            self.problems.append(self.problem(line, error))

    def problem(self, line: int, error: FieldError | NotUnderstood) -> Problem:
        """What is wrong with the row of a line."""
        return Problem(error.what, str(self.path), line, error.column if isinstance(error, FieldError) else None, error.fix)


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


def settled(sheet: Sheet, asked: Sequence[Asked], recorder: Recorder) -> Sheet:
    """The claims, once their sources and questions are kept and fit. Raises FieldError or NotUnderstood."""
    answered = [figure is not None for figure in sheet.figure]
    places = once_each(lambda one, has_figure: place_of(one, recorder, has_figure=has_figure), asked, answered)
    once_each(recorder.sources.kept, sheet.source)
    return replace(sheet, place=places)


def place_of(asked: Asked, recorder: Recorder, *, has_figure: bool) -> str | None:
    """The place of a claim where it is not its question's, once that is kept and fits. Raises FieldError."""
    kept = recorder.kept_question(asked.slug)
    if kept is None:
        kept = recorder.question(new_question(asked, has_figure=has_figure))
    if asked.unit is not None and kept.unit != asked.unit:
        counts = f"counts {kept.unit}" if kept.unit else "is a yes or no question"
        raise FieldError("unit", f"the question {kept.slug} {counts}, not {asked.unit}", "name another question, or mend the unit")
    if has_figure and kept.unit is None:
        raise FieldError("value", f"the question {kept.slug} is a yes or no question", "give a stance instead of a value")
    return None if asked.place == kept.place else asked.place


def new_question(asked: Asked, *, has_figure: bool) -> Question:
    """The question of a row, for when it is new. Raises FieldError when the row does not say enough to make it."""
    question = asked.question
    if question is None:
        fix = "give topic (and unit) to make it, or see the questions there are: claims questions"
        raise FieldError("question", f"there is no question {asked.slug!r}", fix)
    if has_figure and question.unit is None:
        raise FieldError("unit", f"the new question {question.slug!r} has values but no unit", "give unit, for example soldier, km2, EUR")
    return question


def batched(rows: Iterator[Row]) -> Iterator[Batch]:
    """Rows of a file, many at a time."""
    while batch := list(islice(rows, BATCH)):
        read = [(line, fields) for line, fields in batch if isinstance(fields, dict)]
        names = dict.fromkeys(name for _, fields in read for name in fields)
        columns = {name: [fields.get(name) for _, fields in read] for name in names}
        refused = [(line, error) for line, error in batch if isinstance(error, FieldError)]
        yield Batch([line for line, _ in read], Rows(columns, len(read)), refused)


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


def rows_of_jsonl(file: TextIO, path: Path) -> Iterator[Batch]:
    """Rows of a file with one JSON object a line, empty lines left out."""
    del path
    return batched(objects_of(file))


def objects_of(file: TextIO) -> Iterator[Row]:
    """The row of each line that is not empty."""
    for line, text in enumerate(file, start=1):
        if text.strip():
            try:
                yield line, json_fields(parsed(text))
            except ValueError as error:
                yield line, FieldError(None, f"not JSON: {error}")


def rows_of_json(file: TextIO, path: Path) -> Iterator[Batch]:
    """Rows of a JSON array; the line is the row's number in it."""
    try:
        value = parsed(file.read())
    except ValueError as error:
        raise NotUnderstood(f"not JSON: {error}", where=str(path)) from None
    if not isinstance(value, list):
        raise NotUnderstood("not an array of rows", where=str(path), fix="write [{…}, {…}], or one object a line in a .jsonl file")
    return batched((row, json_fields(one)) for row, one in enumerate(value, start=1))


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


def rows_of_csv(file: TextIO, path: Path) -> Iterator[Batch]:
    """Rows of a CSV file whose first line names the columns."""
    return delimited(file, path, ",")


def rows_of_tsv(file: TextIO, path: Path) -> Iterator[Batch]:
    """Rows of a file with tabs between the cells, whose first line names the columns."""
    return delimited(file, path, "\t")


def delimited(file: TextIO, path: Path, delimiter: str) -> Iterator[Batch]:
    """Rows with a header. An apostrophe that our own export put before a sign is taken off again."""
    csv.field_size_limit(LONGEST_CELL)
    reader = csv.reader(file, delimiter=delimiter, strict=True)
    try:
        header = [name.strip() for name in next(reader, [])]
        if not header:
            raise NotUnderstood("the file is empty", where=str(path), fix="name the columns in the first line")
        complaints = [complaint for name in header if (complaint := unknown_column(name))]
        if complaints:
            yield Batch((), Rows({}, 0), [(1, complaint) for complaint in complaints])
            return
        rows = numbered(reader)
        while batch := list(islice(rows, BATCH)):
            refused = [(line, too_many(cells, header)) for line, cells in batch if len(cells) > len(header)]
            if refused:
                batch = [(line, cells) for line, cells in batch if len(cells) <= len(header)]
            lines, told = zip(*batch, strict=True) if batch else ((), ())
            yield Batch(lines, Rows(columns_of(header, told), len(told)), refused)
    except csv.Error as error:
        raise NotUnderstood(f"not a table: {error}", where=f"{path}:{reader.line_num}") from None


def numbered(reader: CsvReader) -> Iterator[tuple[int, list[str]]]:
    """The cells of each row that is not empty, with the line where it begins."""
    start = reader.line_num + 1
    for cells in reader:
        if any(cells):
            yield start, cells
        start = reader.line_num + 1


def too_many(cells: Sequence[str], header: Sequence[str]) -> FieldError:
    """The complaint about a row that is longer than the header."""
    return FieldError(None, f"{len(cells)} cells under {len(header)} columns", "quote cells that contain the separator")


def columns_of(header: Sequence[str], rows: Sequence[list[str]]) -> dict[str, list[str | None]]:
    """What stands in each column that a claim has; of two columns of one name the later wins where it is filled.

    A row that is shorter than the header has nothing in the rest.
    """
    columns: dict[str, list[str | None]] = {}
    for name, cells in zip(header, zip_longest(*rows, fillvalue=""), strict=False):
        if name in KNOWN:
            texts = [cell.strip() or None for cell in cells]
            if APOSTROPHE in "".join(cells):
                texts = [text and KEPT_FROM_FORMULA.sub(r"\1\2", text) for text in texts]
            if any(texts):
                columns[name] = (
                    [later or earlier for earlier, later in zip(columns[name], texts, strict=True)] if name in columns else texts
                )
    return columns


APOSTROPHE = "'"
# What keeps a spreadsheet from taking the text after it for a formula (render/to_csv.py).
SIGNS = r"[=+\-@\uff1d\uff0b\uff0d\uff20]"
KEPT_FROM_FORMULA = re.compile(rf"(^)'(?=[\s'\"]*{SIGNS})|([;\t\n])'(?=[ '\"\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]*{SIGNS})")
READERS = {".csv": rows_of_csv, ".tsv": rows_of_tsv, ".jsonl": rows_of_jsonl, ".json": rows_of_json}
