"""Holds every form of address as a text to proofread, so that a change of any form shows in a diff."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forms_of_address.tables import GENDERS, LEVELS, OFFICES, Cell, each_language, table

if TYPE_CHECKING:
    from collections.abc import Callable

# Two people per gender who do not exist: (given name, family name, whole name as it stands in an address).
PEOPLE = {
    "m": (("Jan", "Nováček", "Jan Nováček"), ("Sipho", "van der Merwe", "Sipho van der Merwe")),
    "f": (("Zoë", "Żak", "Zoë Żak"), ("Aigerim", "de la Vigne", "Aigerim de la Vigne")),
    "unknown": (("P. T.", "Smith", "P. T. Smith"), ("Kim", "Ó Briain", "Kim Ó Briain")),
}
PEOPLE_IN_RUSSIAN = {
    "m": (("Ян", "Новачек", "Яну Новачеку"), ("Сипхо", "ван дер Мерве", "Сипхо ван дер Мерве")),
    "f": (("Зоя", "Жак", "Зое Жак"), ("Айгерим", "де ла Винь", "Айгерим де ла Винь")),
    "unknown": (("П. Т.", "Смит", "П. Т. Смит"), ("Ким", "О Бриен", "Ким О Бриен")),
}
# A title of no real office, and the same as it stands in an address.
TITLES = {
    "en": ("Keeper of the Seal of Ruritania", "Keeper of the Seal of Ruritania"),
    "fr": ("Garde du sceau de Ruritanie", "Garde du sceau de Ruritanie"),
    "de": ("Amt des Siegels von Ruritanien", "Amt des Siegels von Ruritanien"),
    "ru": ("Хранитель печати Руритании", "Хранителю печати Руритании"),
}


def rendered(cell: Cell, person: tuple[str, str, str]) -> str:
    """Return a cell's forms with a person's names in them, one form to a line."""
    given_name, family_name, address_name = person
    title, address_title = TITLES[cell.language]
    names = {
        "given_name": given_name,
        "family_name": family_name,
        "address_name": address_name,
        "title": title,
        "address_title": address_title,
    }
    address = " / ".join(line.format(**names) for line in cell.forms["address"])
    lines = [
        f"address    {address}",
        f"title      {cell.forms['title'].format(**names)}",
        f"reference  {cell.forms['reference'].format(**names)}",
    ]
    for level in LEVELS:
        forms = cell.forms[level]
        salutation = forms["salutation"].format(**names)
        lines += [
            f"{level:<10} {salutation} | {forms['next'].format(**names)}",
            f"{'':<10} {forms['closing'].format(**names, salutation=salutation)}",
        ]
    return "\n".join(lines)


@each_language
def test_forms_of_two_people_per_gender(language: str, golden: Callable[[str, str], None]) -> None:
    """Every form with names in it, as somebody who knows the language would proofread it."""
    people = PEOPLE_IN_RUSSIAN if language == "ru" else PEOPLE
    joint = table(language)["joint"]
    blocks = [f"[joint]\n{joint['many']}{joint['end']}\n{joint['closing'].format(salutation=joint['many'])}"]
    for office in OFFICES:
        for gender in GENDERS:
            cell = Cell(language, office, gender, table(language)["office"][office][gender])
            blocks += [f"[{office}.{gender}]\n{rendered(cell, person)}" for person in people[gender]]
    golden(f"forms_of_address/{language}.txt", "\n\n".join(blocks) + "\n")
