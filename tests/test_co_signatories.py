"""Campaign → the co-signatories of its letters: who is named, in what words and order, and how many they are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from lettergen.model import CoSigner, CoSigners
from lettergen.prepare import prepare
from lettergen.review.snapshot import take
from workspace.sample import LETTER, SUMMIT

if TYPE_CHECKING:
    from lettergen.model import Letter
    from workspace.sample import Sample

FOLDER = "letters/samarkand-2025/signatories"
CONSENT = 'consent = { date = 2025-03-20, by = "Director", how = "e-mail" }\n'
LAST = 'organisation = "International Partnership for Human Rights"\n'


def join(sample: Sample, name: str, keys: str) -> None:
    """Write the file of a co-signatory."""
    file = sample.root / FOLDER / f"{name}.toml"
    file.parent.mkdir(exist_ok=True)
    file.write_text(keys + CONSENT, "utf-8")


def letters(sample: Sample, **how: Any) -> dict[str, Letter]:
    """Return the letters of the campaign, by id."""
    return {letter.id: letter for letter in prepare(sample.root, SUMMIT, **how).letters}


def signers(sample: Sample, **how: Any) -> CoSigners:
    """Return the co-signatories of the first letter."""
    found = next(iter(letters(sample, **how).values())).co_signatories
    assert found is not None
    return found


def one(**known: Any) -> CoSigner:
    """Return a co-signatory of whom only some things are known."""
    unknown = dict.fromkeys(("acronym", "country", "note", "person", "function"))
    return CoSigner.model_validate(unknown | known)


def test_in_the_words_of_the_letter(four_languages: Sample) -> None:
    """Names, acronyms, notes and functions per language, or one text for all; countries as it calls them."""
    keys = """\
name = { en = "Watch", fr = "Veille", de = "Wache", ru = "Дозор" }
acronym = { en = "W", fr = "V", de = "W", ru = "Д" }
country = "KG"
note = "2008"
person = "Jo Doe"
function = { en = "Director", fr = "Directrice", de = "Leiterin", ru = "Директор" }
"""
    join(four_languages, "watch", keys)
    words: dict[Any, tuple[str, ...]] = {
        "en": ("Watch", "W", "Kyrgyzstan", "Director"),
        "fr": ("Veille", "V", "Kirghizstan", "Directrice"),
        "de": ("Wache", "W", "Kirgisistan", "Leiterin"),
        "ru": ("Дозор", "Д", "Кыргызстан", "Директор"),
    }
    for language, (name, acronym, country, function) in words.items():
        expected = one(
            id="watch", name=name, acronym=acronym, country=country, note="2008", person="Jo Doe", function=function
        )
        assert signers(four_languages, language=language) == CoSigners(named=(expected,), withheld=0, count=1)


def test_who_is_named_and_who_is_counted(sample: Sample) -> None:
    """The public ones are named, the withheld counted, those who withdrew neither; of both places."""
    row = f'[[co_signatory]]\nid = "agora"\nname = "Agora"\n{CONSENT}'
    sample.plant(LETTER, LAST, f'{LAST}\n{row}\n{row.replace("gora", "cht")}display = "withheld"\n')
    join(sample, "bridge", 'name = "The Bridge"\ndisplay = "public"\n')
    join(sample, "quiet", 'name = "Quiet"\ndisplay = "withheld"\n')
    join(sample, "gone", 'name = "Gone"\nwithdrawn = 2025-03-30\n')
    join(sample, "gone-quietly", 'name = "Gone quietly"\ndisplay = "withheld"\nwithdrawn = 2025-03-30\n')
    named = (one(id="agora", name="Agora"), one(id="bridge", name="The Bridge"))
    assert signers(sample) == CoSigners(named=named, withheld=2, count=4)


def test_nobody_joins(sample: Sample) -> None:
    """Without co-signatories, or with only such as withdrew, the letter is as if there were no list."""
    before = letters(sample)
    join(sample, "gone", 'name = "Gone"\nwithdrawn = 2025-03-30\n')
    assert letters(sample) == before
    for letter in before.values():
        assert letter.co_signatories is None
        assert "co_signatories" not in letter.model_dump()


def test_orders(sample: Sample) -> None:
    """By name, or by country as the language calls it and then by name."""
    for name, country in (("bee", "DE"), ("ant", "UZ"), ("cow", None), ("dog", "DE")):
        join(sample, name, f'name = "{name}"\n' + (f'country = "{country}"\n' if country else ""))
    assert [one.id for one in signers(sample).named] == ["ant", "bee", "cow", "dog"]
    sample.plant(LETTER, "specimen = true\n", 'specimen = true\nco_signatories = "by-country"\n')
    assert [one.id for one in signers(sample).named] == ["bee", "dog", "ant", "cow"]


@pytest.mark.parametrize("withheld", [0, 2])
def test_the_count_in_a_text(sample: Sample, withheld: int) -> None:
    """{{ co_signatories.count }} is a number, always that of the list with the withheld ones."""
    said = "We are {{ co_signatories.count }}{% if co_signatories.count > 3 %}, many{% endif %}."
    sample.plant(LETTER, 'opening = """', f'opening = """\n{said}\n')
    assert letters(sample)["costa.en"].opening.strip().startswith("We are 0.")
    for number in range(3):
        join(sample, f"o{number}", f'name = "O{number}"\n')
    for number in range(withheld):
        join(sample, f"w{number}", f'name = "W{number}"\ndisplay = "withheld"\n')
    opening = letters(sample)["costa.en"].opening.strip()
    assert opening.startswith("We are 5, many." if withheld else "We are 3.")


def test_who_comes_and_goes_makes_another_text(sample: Sample) -> None:
    """Each join, withdrawal, or change of what is printed is another text; what is not printed is none."""

    def text() -> str:
        prepared = prepare(sample.root, SUMMIT)
        return take(prepared.letters[0], prepared.head).hash

    texts = [text()]
    join(sample, "agora", 'name = "Agora"\n')
    texts.append(text())
    join(sample, "late", 'name = "Late"\n')
    texts.append(text())
    join(sample, "late", 'name = "Late"\nnote = "in exile"\n')
    texts.append(text())
    join(sample, "late", 'name = "Late"\ndisplay = "withheld"\n')
    texts.append(text())
    assert len(set(texts)) == 5
    join(sample, "late", 'name = "Later"\ndisplay = "withheld"\n')
    assert text() == texts[4]
    join(sample, "late", 'name = "Late"\nwithdrawn = 2025-03-30\n')
    assert text() == texts[1]
    (sample.root / FOLDER / "agora.toml").unlink()
    assert text() == texts[0]
