"""Language packs put to the test."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from claims_cli.core.errors import NotFound
from claims_cli.extract.cases import cases_of, problems_of
from claims_cli.extract.pack import folder_of_packs, languages, read_pack

if TYPE_CHECKING:
    from claims_cli.core.errors import Problem


def checked(language: str) -> tuple[int, list[Problem]]:
    """How many cases a pack has, and what it reads otherwise than they say. ``language`` is the code of a pack of ours, or a folder.

    Raises NotFound for a folder without cases, NotUnderstood for a file of the pack that is wrong.
    """
    folder = folder_of_packs().joinpath(language) if language in languages() else Path(language)
    if not folder.is_dir():
        known = ", ".join(languages())
        raise NotFound(f"there is no language pack in {language}", fix=f"give the code of one ({known}), or the folder of your own")
    pack = read_pack(folder)
    cases = list(cases_of(folder))
    return len(cases), [replace(problem, file=where) for where, case in cases for problem in problems_of(pack, case)]
