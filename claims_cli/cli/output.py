"""Where an answer goes: the screen, a pipe, or a file that appears whole or not at all."""

from __future__ import annotations

import os
import sys
import tempfile
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from claims_cli.core.errors import FileTrouble, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import TextIO

    from claims_cli.cli.options import Settings


@contextmanager
def answer(settings: Settings) -> Iterator[TextIO]:
    """The stream for an answer: standard output, or the file of ``--output``."""
    if settings.output is None:
        yield sys.stdout
        return
    named = stream_named if is_stream(settings.output) else partial(whole_file, force=settings.force)
    with named(settings.output) as file:
        yield file


def give_bytes(content: bytes, settings: Settings) -> None:
    """Write bytes as they are to standard output, or to the file of ``--output``. Raises UsageError for a terminal: they may steer it."""
    if settings.output is None and sys.stdout.isatty():
        raise UsageError("a document is not written to a terminal as it came", fix="give --output FILE")
    with answer(settings) as stream:
        stream.buffer.write(content)


DEVICES = (Path("/dev"), Path("/dev/fd"))  # what stands there may lead to a file, as /dev/stdout does


def is_stream(path: Path) -> bool:
    """Whether a name is that of a device or pipe, such as /dev/null or /dev/stdout: to be written into, and never replaced."""
    return path.parent in DEVICES or (path.exists() and not path.is_file() and not path.is_dir())


@contextmanager
def stream_named(path: Path) -> Iterator[TextIO]:
    """A device or pipe, opened for writing. Raises FileTrouble."""
    try:
        with path.open("w", encoding="utf-8", newline="") as file:
            yield file
    except BrokenPipeError:
        raise
    except OSError as error:
        raise FileTrouble(f"cannot write {path}: {error.strerror}") from None


@contextmanager
def whole_file(path: Path, *, force: bool) -> Iterator[TextIO]:
    """A file that takes its name only when all of it is on disk; what stood there before stays until then.

    A link is not followed: nothing is written but what is named. Raises FileTrouble when the name is taken and is not to be written
    over, or cannot be written.
    """
    if os.path.lexists(path) and not force:
        raise FileTrouble(f"{path} is there already", fix="give --force to write over it")
    try:
        handle, name = tempfile.mkstemp(prefix=f".{path.name[:100]}.", dir=path.parent)
    except OSError as error:
        raise FileTrouble(f"cannot write {path}: {error.strerror}") from None
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(0o666 & ~current_umask())
        Path(name).replace(path)
    except OSError as error:
        remove(name)
        raise FileTrouble(f"cannot write {path}: {error.strerror}") from None
    except BaseException:
        remove(name)
        raise


def remove(name: str) -> None:
    """Take away an unfinished file."""
    Path(name).unlink(missing_ok=True)


def current_umask() -> int:
    """The bits that new files must not have."""
    mask = os.umask(0)
    os.umask(mask)
    return mask


@contextmanager
def counting(what: str) -> Iterator[Callable[[int, int], None]]:
    """A counter of things done, drawn beside the data where a person watches; it takes how many are done, and how many there are."""
    if not sys.stderr.isatty():
        yield lambda _done, _all: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(what, total=None)
        yield lambda done, whole: bar.update(task, completed=done, total=whole)


def say(words: str) -> None:
    """A remark to the person, beside the data."""
    from claims_cli.core.secrets import without_passwords
    from claims_cli.render.safe import safe

    print(safe(without_passwords(words)), file=sys.stderr)
