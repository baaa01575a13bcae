"""Passwords, which stand in no message and in no record."""

from __future__ import annotations

import re

# In an address what stands between the colon and the last @ is one, whatever signs are in it; a port is none.
IN_ADDRESS = re.compile(r"(?P<before>[A-Za-z][A-Za-z0-9+.-]*:/{1,2}[^\s/@:]*:)(?!\d+(?:[/?#\s]|$))\S*@")
AS_PARAMETER = re.compile(r"(?i)(?P<before>password\s*=\s*)[^&\s]+")
HIDDEN = "***"


def without_passwords(text: str) -> str:
    """The text with ``***`` for each password in an address, or given as a parameter of one."""
    if "@" in text:
        text = IN_ADDRESS.sub(rf"\g<before>{HIDDEN}@", text)
    return AS_PARAMETER.sub(rf"\g<before>{HIDDEN}", text)
