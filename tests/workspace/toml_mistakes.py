"""Mistakes in the syntax of TOML, each alone in its line, with what is said of it."""

from __future__ import annotations

NO_EQUALS = 'Write key = "value".'
QUOTE = "Put the text in quotation marks: "
NUMBER = "Write a number with digits, without leading zeros, and with a point; anything else in quotes."
DATE = "Write year-month-day, like 2025-04-01."
SPACED = "Delete it, or type a space in its place."
COMMA = "Write a comma between two entries; if this was meant as one text, look at its quotation marks."
MISSING = "Write the value, or take the line out."
ESCAPE = "Write \\\\ for a backslash, or put the text in single quotation marks."
MORE = 'Begin a new line, or put # before a comment; write \\" for quotation marks inside a text.'

# One line with one mistake: the text, its column, the message, what to do.
LINES = [
    ("x", 2, "An equals sign is missing after “x”.", NO_EQUALS),
    ("x: 1", 2, "An equals sign is missing after “x”.", "Write = in place of the colon."),
    (
        "given name = 1",
        7,
        "An equals sign is missing after “given”.",
        'Write key = "value"; a key with anything but A–Z, a–z, 0–9, _ and - needs quotation marks.',
    ),
    (
        "  имя = 1",
        3,
        "“имя” cannot be a key as it stands.",
        'Only A–Z, a–z, 0–9, _ and - stand unquoted in a key; put others in quotation marks: "имя".',
    ),
    ("= 1", 1, "A key is missing here.", "Write a name here, or take the line out."),
    ("x. = 1", 4, "A key is missing here.", "Write a name here, or take the line out."),
    (
        '"x = 1',
        1,
        "The quoted key that begins here is not closed, or has an unknown escape.",
        "Close it with the quotation mark that it began with; write a backslash as \\\\.",
    ),
    (
        '"""',
        1,
        "These quotation marks close nothing.",
        "Take them out, or begin the text with three quotation marks after the equals sign.",
    ),
    ("]", 1, "This ] closes nothing.", "Take it out, or write the bracket that opens."),
    ("x =", 4, "A value is missing here.", MISSING),
    ("x = # nothing", 5, "A value is missing here.", MISSING),
    (
        "x = António Costa # c",
        5,
        "“António Costa” is neither quoted text nor a number, a date, true or false.",
        QUOTE + '"António Costa".',
    ),
    (
        'x = say "no"',
        5,
        "“say \"no\"” is neither quoted text nor a number, a date, true or false.",
        QUOTE + "'say \"no\"'.",
    ),
    ("x = “no”", 5, "This text stands in typographic quotation marks.", 'Write straight ones: "…".'),
    ("x = Yes", 5, "“Yes” is not a value.", "Write true, in small letters and without quotation marks."),
    ("x = FALSE", 5, "“FALSE” is not a value.", "Write false, in small letters and without quotation marks."),
    ("x = null", 5, "“null” is not a value.", "Take the line out, to leave the key empty."),
    ("x = 4 April 2025", 5, "“4 April 2025” is not a date.", DATE),
    ("x = 2025-02-30", 5, "“2025-02-30” is not a date.", DATE),
    ("x = 04.04.2025", 5, "“04.04.2025” is not a date.", DATE),
    ("x = 2025-04", 5, "“2025-04” is not a date.", DATE),
    ("x = 007", 5, "“007” is not a number.", NUMBER),
    ("x = 1,5", 5, "“1,5” is not a number.", NUMBER),
    ("x = " + "9" * 4301, 5, "“" + "9" * 39 + "…” is not a number.", NUMBER),
    ("x = 1,", 6, "“,” follows where the line should end.", "Take it out."),
    ('x = "a" b', 9, "“b” follows where the line should end.", MORE),
    ('x = "a "b" c"', 9, "“b\" c\"” follows where the line should end.", MORE),
    (
        'x = "a',
        5,
        'The text that opens here with " is not closed.',
        'Write " at its end; a text of several lines stands between """ and """.',
    ),
    (
        "x = 'a",
        5,
        "The text that opens here with ' is not closed.",
        "Write ' at its end; a text of several lines stands between ''' and '''.",
    ),
    (
        'x = "C:\\"',
        5,
        'The text that opens here with " is not closed.',
        'The last \\" is a part of the text: write a backslash as \\\\.',
    ),
    ('x = "C:\\Users"', 8, "“\\U” means nothing in double quotation marks.", ESCAPE),
    ('x = "\\uD800"', 6, "“\\u” means nothing in double quotation marks.", ESCAPE),
    (
        'x = """a\x01"""',
        9,
        "An invisible control character (U+0001) stands here.",
        "Delete it; if it is meant, write \\u0001 in a text in double quotation marks.",
    ),
    (
        "x = 1 # \x7f",
        9,
        "An invisible control character (U+007F) stands here.",
        "Delete it; if it is meant, write \\u007F in a text in double quotation marks.",
    ),
    (
        "x = 'a\rb'",
        7,
        "A carriage return (U+000D) stands here without a line feed.",
        "Save the file with the line ends of Unix or Windows.",
    ),
    (
        "x = 'a\ud800b'",
        7,
        "Half a character (U+D800) stands here.",
        "Delete it and type the character again.",
    ),
    (
        "x\u00a0= 1",
        2,
        "An invisible character stands here that is not an ordinary space: no-break space.",
        SPACED,
    ),
    (
        "x = 1\u200b",
        6,
        "An invisible character stands here that is not an ordinary space: zero width space.",
        SPACED,
    ),
    ("x = [1, 2", 5, "The list that opens here with [ is not closed.", "Write ] at its end."),
    ("x = {a = 1", 5, "The table that opens here with { is not closed.", "Write } at its end."),
    ("x = [{a = 1]", 6, "The table that opens here with { is not closed.", "Write } at its end."),
    ("x = [1}]", 7, "This } closes nothing.", "Take it out, or write the bracket that opens."),
    ("x = [1 [2]]", 7, "A comma is missing here.", COMMA),
    ('x = ["a" "b"]', 9, "A comma is missing here.", COMMA),
    ("x = {a = 2024-12-01 b = [2]}", 20, "A comma is missing here.", COMMA),
    ("x = [1,,2]", 8, "A value is missing here.", MISSING),
    ("x = {a = , b = 1}", 10, "A value is missing here.", MISSING),
    ("x = {a: 1}", 7, "An equals sign is missing after “a”.", "Write = in place of the colon."),
    ("x = " + "[" * 401 + "1", 406, "Too many brackets stand inside one another.", "Write fewer levels."),
]  # fmt: skip
HEADERS = [
    (
        "[x",
        3,
        "The header of this table is not closed with ].",
        "Write ] after the name; a name with spaces or accents needs quotation marks.",
    ),
    (
        "[[x y]]",
        5,
        "The header of this table is not closed with ]].",
        "Write ]] after the name; a name with spaces or accents needs quotation marks.",
    ),
    ("[]", 2, "A key is missing here.", "Write a name here, or take the line out."),
    ("[x] y = 1", 5, "“y = 1” follows where the line should end.", MORE),
]
