"""Several commands, one after the other, in one process: ``python several.py FILE``, which holds a JSON list of their words."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from claims_cli.cli.app import run

if __name__ == "__main__":
    for words in json.loads(Path(sys.argv[1]).read_text(encoding="utf-8")):
        sys.argv = ["claims", *words]
        try:
            run()
        except SystemExit as end:
            sys.stdout.write(f"exit {end.code or 0}\n")
