"""Holds that recipients.csv and recipients.jsonl are read as recipients.toml is, with every mistake's place."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lettergen.workspace.recipients import load_recipients

if TYPE_CHECKING:
    from lettergen.workspace.recipients import Recipients

TOML = """
[costa]
given_name = "António"
family_name = "Costa"
grammatical_gender = "m"
office = "european-council-president"
languages = ["en", "fr"]
address = ["Rue de la Loi 175", "1048 Brussels"]
tags = ["afet", "droi"]
term = { start = 2024-12-01, end = 2027-05-31 }

[costa.names.ru]
given_name = "Антониу"

[costa.forms.en]
address = ["Mr António Costa", "President"]
"""
CSV = """\
id;given_name;family_name;grammatical_gender;office;languages;address;tags;term.start;term.end;names.ru.given_name;\
forms.en.address
costa;António;Costa;m;european-council-president;en, fr;Rue de la Loi 175 | 1048 Brussels;afet droi;2024-12-01;\
2027-05-31;Антониу;"Mr António Costa
President"
"""
JSONL = {
    "id": "costa",
    "given_name": "António",
    "family_name": "Costa",
    "grammatical_gender": "m",
    "office": "european-council-president",
    "languages": ["en", "fr"],
    "address": ["Rue de la Loi 175", "1048 Brussels"],
    "tags": ["afet", "droi"],
    "term": {"start": "2024-12-01", "end": "2027-05-31"},
    "names": {"ru": {"given_name": "Антониу"}},
    "forms": {"en": {"address": ["Mr António Costa", "President"]}},
}
KEYS = ("given_name", "family_name", "grammatical_gender", "office")
# What csv may have to put into quotation marks, and what spreadsheets may do with.
NAMES = st.text(st.sampled_from("aZéЖ ;,\"'|=+-@\t#"), min_size=1, max_size=20).filter(
    lambda name: name.strip() == name and "\t" not in name and name != ""
)


def written(folder: Path, **files: str | bytes) -> Recipients:
    """Write files named recipients.<suffix>, and read them."""
    for suffix, text in files.items():
        (folder / f"recipients.{suffix}").write_bytes(text if isinstance(text, bytes) else text.encode())
    return load_recipients(folder)


def findings(recipients: Recipients) -> list[str]:
    """Return what is wrong, with its place."""
    return [f"{problem.where} {problem.code} {problem.message}" for problem in recipients.problems]


def test_the_same_in_each_container(tmp_path: Path) -> None:
    """A person is the same, whichever file holds the record."""
    people = []
    for suffix, text in {"toml": TOML, "csv": CSV, "jsonl": json.dumps(JSONL)}.items():
        folder = tmp_path / suffix
        folder.mkdir()
        recipients = written(folder, **{suffix: text})
        assert recipients.problems == ()
        people.append(recipients.by_id)
    assert people[0] == people[1] == people[2]
    assert list(people[0]) == ["costa"]


def test_side_by_side(tmp_path: Path) -> None:
    """All three can stand side by side; the people come in that order."""
    line = json.dumps(JSONL | {"id": "third"})
    recipients = written(tmp_path, toml=TOML, csv=CSV.replace("\ncosta;", "\nsecond;"), jsonl=f"\n{line}\n")
    assert (findings(recipients), list(recipients.by_id)) == ([], ["costa", "second", "third"])


def test_twice(tmp_path: Path) -> None:
    """An id that is taken, in the same file or in another, is a finding that names the other place."""
    again = CSV + CSV.partition("\n")[2] + "\n"
    assert findings(written(tmp_path, toml=TOML, csv=again, jsonl=json.dumps(JSONL))) == [
        "recipients.csv:2:1 LG109 The id “costa” is already taken in recipients.toml, line 2.",
        "recipients.csv:4:1 LG109 The id “costa” is already taken by the recipient in line 2.",
        "recipients.jsonl:1:1 LG109 The id “costa” is already taken in recipients.toml, line 2.",
    ]


def test_every_mistake_at_once(tmp_path: Path) -> None:
    """Every bad cell is named with line and column, also behind cells in quotation marks and over lines."""
    rows = [
        "id,given_name,family_name,grammatical_gender,office,email,term.start",
        'anna,"Anna\nMaria",Quist,f,minister,anna@example.org,2024-01-01',
        '"ben","Ben, jun.",Quist,male,minister,ben.example.org,1 May',
        ",,,,,,",
        "Carla Q,Carla,Quist,f,minister,,",
        ",Dora,Quist,f,minister,,",
        "emil,Emil,,m,minister,,,,x",
        "finn,Finn,,m,minister,,",
    ]
    assert findings(written(tmp_path, csv="\n".join(rows))) == [
        "recipients.csv:2:6 LG112 “given_name”: This contains a line break; it must be one plain line.",
        "recipients.csv:4:25 LG111 “male” is not possible for “grammatical_gender”.",
        "recipients.csv:4:39 LG107 “email”: An email address must have an @-sign.",
        "recipients.csv:4:55 LG106 “start” must be a date, and this is text.",
        "recipients.csv:6:1 LG108 “Carla Q” cannot be an id.",
        "recipients.csv:9:11 LG103 “family_name” is missing.",
        "recipients.csv:7:1 LG103 The row has no id.",
        "recipients.csv:8:1 LG104 The row has 9 cells, and there are 7 columns.",
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "recipients.csv:1:1 LG103 The column “id” is missing."),
        ("id,emal,id\n", "recipients.csv:1:4 LG104 “emal” is not a column of recipients.csv."),
        ('id,office\ncosta,"open\n', "recipients.csv:2:1 LG101 The table cannot be read from this line on: "),
        ("id\ncosta\n".encode("utf-16"), "recipients.csv:1:1 LG101 recipients.csv is not written in UTF-8."),
        ("id,given_name\ncosta,António\n".encode("cp1252"), "recipients.csv:2:10 LG101 recipients.csv is not writ"),
        ("id,office\ncosta," + "x" * (1 << 18), "recipients.csv:2:1 LG101 The table cannot be read from this li"),
    ],
)
def test_files_that_are_no_table(tmp_path: Path, text: str | bytes, said: str) -> None:
    """A header without an id, a torn quotation mark, another encoding, an endless cell: one sentence each."""
    assert findings(written(tmp_path, csv=text))[0].startswith(said)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{", "recipients.jsonl:1:1 LG101 This line is not JSON."),
        ("[1]", "recipients.jsonl:1:1 LG103 This line is no object with an id."),
        ('{"id": 7}', "recipients.jsonl:1:1 LG103 This line is no object with an id."),
        ("[" * 100_000, "recipients.jsonl:1:1 LG101 This line is not JSON."),
        (json.dumps(JSONL | {"emal": "x"}), "recipients.jsonl:1:"),
    ],
)
def test_lines_that_are_no_record(tmp_path: Path, line: str, said: str) -> None:
    """A line that is no object with an id is named; the others are read."""
    recipients = written(tmp_path, jsonl=f"{line}\n{json.dumps(JSONL | {'id': 'other'})}\n")
    assert findings(recipients)[0].startswith(said)
    assert "other" in recipients.by_id


@given(people=st.lists(st.tuples(NAMES, NAMES), min_size=1, max_size=5), delimiter=st.sampled_from(",;\t"))
def test_what_csv_writes(people: list[tuple[str, str]], delimiter: str) -> None:
    """Whatever Python's own csv writes with a usual delimiter, byte-order mark or not, is read as it was."""
    table = io.StringIO()
    writer = csv.writer(table, delimiter=delimiter)
    writer.writerow(["id", *KEYS])
    for number, (given_name, family_name) in enumerate(people):
        writer.writerow([f"person-{number}", given_name, family_name, "f", "minister"])
    with TemporaryDirectory() as folder:
        recipients = written(Path(folder), csv=table.getvalue().encode("utf-8-sig"))
    assert recipients.problems == ()
    assert [(person.given_name, person.family_name) for person in recipients.by_id.values()] == people
