"""At a terminal answers are coloured, and nothing else of what they send steers it."""

from __future__ import annotations

import fcntl
import json
import os
import pty
import re
import select
import struct
import subprocess
import sys
import termios
from typing import TYPE_CHECKING

import pytest

from tests.conftest import PATIENCE, ROOT, settled_environment
from tests.hostile.conftest import Desk, steering
from tests.hostile.test_shown import READING

if TYPE_CHECKING:
    from collections.abc import Sequence

COLOURS = re.compile(r"\x1b\[([0-9;]*)m")
OURS = {"", "0", "1", "2", "3", "31", "1;31", "1;7", "7", "1;2"}  # bold, dim, italic, red, reverse
PROMPT = b"? help] "
NO_MORE = 0.2  # seconds after which a program that sends nothing waits for a key


def at_a_terminal(desk: Desk, commands: Sequence[Sequence[str]], columns: int) -> str:
    """What some commands send to a terminal of some width; candidates put to a person are answered with q."""
    plan = desk.folder / "plan.json"
    plan.write_text(json.dumps([["--db", desk.url, *words] for words in commands]), encoding="utf-8")
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
    command = [sys.executable, str(ROOT / "tests" / "hostile" / "several.py"), str(plan)]
    environment = settled_environment() | {"TERM": "xterm-256color"}
    with subprocess.Popen(command, cwd=desk.folder, env=environment, stdin=theirs, stdout=theirs, stderr=theirs) as running:
        os.close(theirs)
        sent = b""
        while True:
            ready, _, _ = select.select([ours], [], [], NO_MORE)
            if ready:
                if not (piece := received(ours)):
                    break
                sent += piece
            elif sent.endswith(PROMPT):
                os.write(ours, b"q")  # a key that comes before it is waited for is lost, so it may take several
        running.wait(PATIENCE)
    os.close(ours)
    assert running.returncode == 0, sent[-500:]
    return sent.decode().replace("\r\n", "\n")


def received(terminal: int) -> bytes:
    """The next bytes that are sent to a terminal; none when its last program has ended."""
    try:
        return os.read(terminal, 65536)
    except OSError:  # Linux says so with EIO
        return b""


@pytest.mark.parametrize("columns", [40, 120])
def test_a_terminal_gets_colours_and_no_other_command(attacked: Desk, columns: int) -> None:
    sent = at_a_terminal(attacked, [*READING.values(), ("review", "--topic", "attacked"), ("list", "--topic=\x1b[2J")], columns)
    assert sent.count("exit 0") == len(READING) + 1
    assert set(COLOURS.findall(sent)) <= OURS
    assert steering(COLOURS.sub("", sent)) == set()
    assert "\\u001b[35;5m" in re.sub(r"\s", "", COLOURS.sub("", sent)), "the attacks were not there to be shown"
    assert "[link=" in sent, "markup was taken for a command"
    assert ":pile_of_poo:" in sent
