"""The labelled sets beside the project, scored through ``claims extract --batch``; left out where they are not there."""

from __future__ import annotations

import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.conftest import ROOT, settled_environment

if TYPE_CHECKING:
    from pathlib import Path

# What each set has to reach, by language; the same marks that the scorer prints.
REACHED: dict[tuple[str, str], dict[str, float]] = {
    ("numbers", "ar"): {"recall": 0.99, "precision": 0.98},
    ("numbers", "en"): {"recall": 0.99, "precision": 0.98},
    ("traps", "ar"): {"recall": 0.97, "precision": 0.97},
    ("traps", "en"): {"recall": 0.97, "precision": 0.97},
    ("dates", "ar"): {"recall": 0.99, "precision": 0.99},
    ("dates", "en"): {"recall": 0.99, "precision": 0.99},
    ("seeds", "ar"): {
        "precision": 1.0,
        "recall": 1.0,
        "hedge": 1.0,
        "modality": 1.0,
        "claimant": 15 / 16,
        "unit": 15 / 16,
        "statements": 0.6,
    },
    ("news", "ar"): {"f1": 0.95, "hedge": 0.95, "unit": 0.9, "claimant": 0.9, "stance": 0.95, "modality": 0.9, "as_of": 0.75},
    ("news", "en"): {"f1": 0.95, "hedge": 0.95, "unit": 0.9, "claimant": 0.85, "stance": 0.95, "modality": 0.9, "as_of": 0.75},
    ("own", "ar"): {"f1": 0.95, "hedge": 0.95, "unit": 0.95, "claimant": 0.9, "stance": 0.95, "modality": 0.9},
    ("own", "en"): {"f1": 0.95, "hedge": 0.95, "unit": 0.95, "claimant": 0.9, "stance": 0.95, "modality": 0.9},
}
MOST_SILENTLY_WRONG = 0.01
MARK = re.compile(r"(\w+) ([\d.]+)(?=\s|$)")


@pytest.mark.parametrize("name", sorted({name for name, _ in REACHED}))
def test_a_labelled_set_is_read_as_well_as_promised(shared: Path, name: str) -> None:
    scored = subprocess.run(
        [sys.executable, str(shared / "eval" / "score.py"), "--set", name, "--", sys.executable, "-m", "claims_cli", "extract", "--batch"],
        cwd=ROOT, env=settled_environment(), capture_output=True, check=True, encoding="utf-8",
    ).stdout  # fmt: skip
    marks = {
        line.split(":")[0]: {key: float(value) for key, value in MARK.findall(line)}
        for line in scored.splitlines()
        if line.startswith(f"{name}/")
    }
    for (_, language), least in (one for one in REACHED.items() if one[0][0] == name):
        reached = marks[f"{name}/{language}"]
        assert {key: reached[key] for key, value in least.items() if reached[key] < value} == {}
        assert reached.get("silently_wrong", 0.0) <= MOST_SILENTLY_WRONG
