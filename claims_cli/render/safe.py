"""The one place where untrusted text is made harmless: whatever an article or a table holds, a terminal only shows it."""

from __future__ import annotations

import re

# C0 and C1 controls and DEL; line and paragraph separators; bidi embeddings, overrides and isolates (CVE-2021-42574) with the deprecated
# format characters after them; annotations, whose words are not shown; tags; halves of characters. ZWNJ, ZWJ and the direction marks
# stay: Persian and Arabic need them, and they move nothing.
BEYOND_ASCII = "\x7f-\x9f\u2028-\u202e\u2066-\u206f\ufff9-\ufffb\U000e0000-\U000e007f\ud800-\udfff"
HARMFUL = re.compile(f"[\x00-\x1f{BEYOND_ASCII}]")
HARMFUL_BUT_LINES = re.compile(f"[\x00-\x08\x0b-\x1f{BEYOND_ASCII}]")

LAST_OF_BASIC_PLANE = 0xFFFF


def shown(match: re.Match[str]) -> str:
    """A harmful character as the escape that JSON and Python write."""
    code = ord(match[0])
    return f"\\u{code:04x}" if code <= LAST_OF_BASIC_PLANE else f"\\U{code:08x}"


def safe(text: str) -> str:
    r"""The text in one line, with every character that could steer a terminal or hide another shown as ``\\u001b``."""
    return text if text.isprintable() else HARMFUL.sub(shown, text)  # nothing harmful is printable, and nearly all texts are


def safe_lines(text: str) -> str:
    """As ``safe``, but new lines and tabs stay."""
    return HARMFUL_BUT_LINES.sub(shown, text)
