"""Files of text, and standard input as one of them."""

from __future__ import annotations

import io
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from claims_cli.core.errors import FileTrouble, NotFound, NotUnderstood

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO, TextIO

STANDARD_INPUT = Path("-")


@contextmanager
def opened_bytes(path: Path) -> Iterator[BinaryIO]:
    """A file, or standard input for ``-``. Raises NotFound, FileTrouble."""
    if path == STANDARD_INPUT:
        yield sys.stdin.buffer
        return
    try:
        file = path.open("rb")
    except FileNotFoundError:
        raise NotFound(f"there is no file {path}") from None
    except OSError as error:
        raise FileTrouble(f"cannot read {path}: {error.strerror}") from None
    with file:
        yield file


@contextmanager
def opened(path: Path) -> Iterator[TextIO]:
    """A file of UTF-8 text, or standard input for ``-``, a byte order mark passed over. Raises NotFound, FileTrouble, NotUnderstood."""
    with opened_bytes(path) as file:
        try:
            lines = io.TextIOWrapper(file, encoding="utf-8-sig", newline="")
            yield lines
            lines.detach()
        except UnicodeDecodeError as error:
            raise NotUnderstood("not UTF-8", where=f"{path}: byte {error.start}", fix="save it as UTF-8") from None
