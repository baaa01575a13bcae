"""Relations on labelled real events: the share of pairs that get the relation, and the conflict flag, that a person gave them."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

from tests.conftest import ROOT, settled_environment

if TYPE_CHECKING:
    from pathlib import Path

LEAST_RELATIONS = 0.94
LEAST_CONFLICTS = 0.95


def test_pairs_of_real_events_are_related_as_people_relate_them(shared: Path) -> None:
    scorer = [sys.executable, str(shared / "eval" / "score_events.py"), "--", sys.executable, "-m", "claims_cli"]
    done = subprocess.run(scorer, cwd=ROOT, env=settled_environment(), capture_output=True, check=True, encoding="utf-8")
    scores = json.loads(done.stdout.splitlines()[-1])
    assert scores["relation"] >= LEAST_RELATIONS
    assert scores["conflict"] >= LEAST_CONFLICTS
