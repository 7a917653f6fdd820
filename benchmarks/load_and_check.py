"""Five thousand recipients, loaded and checked, against tomllib alone on the same file.

python benchmarks/load_and_check.py [--json]
"""

from __future__ import annotations

import shutil
import tempfile
import tomllib
from pathlib import Path

from ratios import Timed, compare, report

from lettergen.prepare import find_problems

REPOSITORY = Path(__file__).parent.parent
COUNT = 5000
GIVEN_NAMES = ("António", "Ursula", "Łukasz", "Zoë", "Mairéad", "Дарья", "Jörg", "Anaïs")
FAMILY_NAMES = ("Costa", "von der Leyen", "Wójcik", "Papadopoulou", "Ní Bhriain", "Иванова", "Müller-Lüdenscheidt")


def recipients() -> str:
    """Return a recipients.toml with the sample's people and five thousand more."""
    tables = [(REPOSITORY / "recipients.toml").read_text("utf-8")]
    for number in range(COUNT):
        given = GIVEN_NAMES[number % len(GIVEN_NAMES)]
        family = FAMILY_NAMES[number % len(FAMILY_NAMES)]
        tables.append(
            f'[member-{number}]\ngiven_name = "{given}"\nfamily_name = "{family}"\n'
            f'grammatical_gender = "{("m", "f", "unknown")[number % 3]}"\n'
            f'office = "european-parliament-president"\n'
            f'address = ["Rue Wiertz {number % 90 + 1}", "1047 Brussels"]\ncountry = "BE"\nlanguages = ["en"]\n'
            f'email = "member.{number}@parliament.example.org"\nterm = {{ start = 2024-07-16, end = 2029-07-15 }}\n'
        )
    return "\n".join(tables)


def main() -> None:
    """Measure, and say whether the target is met."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        text = recipients()
        (root / "recipients.toml").write_text(text, "utf-8")
        shutil.copytree(REPOSITORY / "letters", root / "letters")
        if mistakes := [problem for problem in find_problems(root, None) if problem.severity == "error"]:
            raise SystemExit(f"The benchmark's workspace has mistakes: {mistakes[0].message}")
        ours = Timed(f"{COUNT} recipients loaded and checked", lambda: find_problems(root, None))
        theirs = Timed("tomllib.loads", lambda: tomllib.loads(text))
        report([compare(ours, theirs, target=3, rounds=9)])


if __name__ == "__main__":
    main()
