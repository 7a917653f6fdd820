"""Holds that the tables of forms of address are complete, consistent, and say where they were read.

Reads the TOML files themselves, so a mistake in them is found whatever the code does with them.
"""

from __future__ import annotations

import re
from itertools import pairwise

from forms_of_address.tables import GENDERS, LANGUAGES, LEVELS, OFFICES, TITLED, cells, each_language, table

# All post to an institution's people goes to the institution, whatever their titles.
TITLED_AT_ONE_ADDRESS = {"european-commissioner", "un-special-rapporteur"}
# What an address field has room for (DIN 5008), the line of the country among them.
ADDRESS_LINES = 6

# Words that tell whether a man or a woman is meant.
GENDERED = {
    "en": {"m": {"mr", "sir", "his"}, "f": {"ms", "mrs", "miss", "madam", "her"}},
    "fr": {"m": {"monsieur", "m.", "cher"}, "f": {"madame", "mme", "chère"}},
    "de": {"m": {"herr", "herrn", "geehrter"}, "f": {"frau"}},
    "ru": {
        "m": {"господин", "господину", "г-н", "г-ну"},
        "f": {"госпожа", "госпоже", "г-жа", "г-же"},
    },
}
CLOSING_ENDS = {"en": ",", "fr": ".", "de": "", "ru": ","}


def placeholders(text: str) -> set[str]:
    """Return the names between braces; whatever braces hold."""
    return set(re.findall(r"\{(.*?)\}", text))


def is_plain_line(text: str) -> bool:
    """Whether a text is one line with something in it and no space too many."""
    return bool(text) and text == text.strip() and len(text.splitlines()) == 1 and "  " not in text


def end_mark(text: str) -> str:
    """Return the punctuation mark at the end of a text, if there is one."""
    return text[-1] if text[-1] in ",.!:;" else ""


def genders_told(text: str, language: str) -> set[str]:
    """Return the grammatical genders that the words of a text tell."""
    words = {word.strip(",;:!()/").lower() for word in text.split()}
    return {gender for gender, telling in GENDERED[language].items() if telling & words}


@each_language
def test_every_office_has_every_form(language: str) -> None:
    """Per language the 24 offices, per office three genders, per cell the keys of the format and no other."""
    assert table(language).keys() == {"sources", "joint", "office"}
    assert table(language)["office"].keys() == set(OFFICES)
    for office, genders in table(language)["office"].items():
        assert genders.keys() == set(GENDERS), office
    for cell in cells(language):
        assert cell.forms.keys() == {"address", "title", "reference", "source", "verified", *LEVELS}, str(cell)
        assert 1 <= len(cell.forms["address"]) <= 3, str(cell)
        for level in LEVELS:
            assert cell.forms[level].keys() == {"salutation", "next", "closing"}, str(cell)


@each_language
def test_every_form_is_one_plain_line(language: str) -> None:
    """No form is empty or has a line break; a salutation has no mark at its end, a closing has its language's."""
    for cell in cells(language):
        for form, text in cell.texts():
            assert is_plain_line(text), (str(cell), form)
            if form == "closing":
                assert end_mark(text) == CLOSING_ENDS[language], (str(cell), text)
            else:
                assert end_mark(text) in {"", "."}, (str(cell), form, text)


@each_language
def test_only_known_things_are_filled_in(language: str) -> None:
    """A name and title in the address stand as addresses have them, elsewhere as sentences do."""
    for cell in cells(language):
        titled = cell.office in TITLED
        names = {"given_name", "family_name"}
        allowed = {
            "address": {*names, "address_name", *(("address_title",) if titled else ())},
            "title": {"title"} if titled else names,
            "reference": {*names, *(("title",) if titled else ())},
            "salutation": names,
            "next": names,
            "closing": {*names, "salutation"},
        }
        for form, text in cell.texts():
            assert placeholders(text) <= allowed[form], (str(cell), form, text)
            assert "{" not in re.sub(r"\{[a-z_]+\}", "", text), (str(cell), form, text)


@each_language
def test_address_and_title_name_what_they_must(language: str) -> None:
    """The name is in the address once; so is the title of an office that has none of its own."""
    for cell in cells(language):
        address = "\n".join(cell.forms["address"])
        assert address.count("{address_name}") == 1, str(cell)
        assert address.count("{address_title}") == (cell.office in TITLED), str(cell)
        assert ("{title}" in cell.forms["title"]) == (cell.office in TITLED), str(cell)


@each_language
def test_an_office_nobody_knows_has_no_title_line(language: str) -> None:
    """Of `unknown` there is only a name to print."""
    for gender in GENDERS:
        assert len(table(language)["office"]["unknown"][gender]["address"]) == 1


@each_language
def test_a_salutation_goes_on_with_the_same_name(language: str) -> None:
    """`next` is the salutation as it stands after a comma: it names the person the same way."""
    for cell in cells(language):
        for level in LEVELS:
            salutation, following = cell.forms[level]["salutation"], cell.forms[level]["next"]
            assert placeholders(salutation) == placeholders(following), (str(cell), level)


@each_language
def test_every_cell_names_its_source(language: str) -> None:
    """A source is known and used; what rests on no source is never called verified."""
    sources = table(language)["sources"]
    assert all(is_plain_line(text) for text in sources.values())
    used = set()
    for cell in cells(language):
        assert cell.forms["source"] in sources, str(cell)
        assert isinstance(cell.forms["verified"], bool), str(cell)
        assert not (cell.forms["source"] == "usage" and cell.forms["verified"]), str(cell)
        used.add(cell.forms["source"])
    assert used == set(sources)


@each_language
def test_many_people_are_greeted_together(language: str) -> None:
    """The salutation of many has the mark of its language, tells no single gender, and brings its closing."""
    joint = table(language)["joint"]
    assert joint.keys() == {"end", "many", "closing"}
    assert joint["end"] == ("!" if language == "ru" else ",")
    assert is_plain_line(joint["many"])
    assert is_plain_line(joint["closing"])
    assert end_mark(joint["many"]) == ""
    assert end_mark(joint["closing"]) == CLOSING_ENDS[language]
    assert placeholders(joint["many"]) == set()
    assert placeholders(joint["closing"]) <= {"salutation"}
    assert len(genders_told(joint["many"], language)) != 1


@each_language
def test_no_gender_is_guessed(language: str) -> None:
    """To a man nothing is said that only a woman is called, and the reverse; else both or neither."""
    for cell in cells(language):
        for form, text in cell.texts():
            told = genders_told(text, language)
            if cell.gender == "unknown":
                assert len(told) != 1, (str(cell), form, text)
            else:
                assert told <= {cell.gender}, (str(cell), form, text)


def test_english_closings_go_with_their_salutations() -> None:
    """After a name one is sincere; after “Your Excellency”, “Sir” or “Madam” faithful."""
    for cell in cells("en"):
        for level in LEVELS:
            salutation, closing = cell.forms[level]["salutation"], cell.forms[level]["closing"]
            assert closing in {"Yours sincerely,", "Yours faithfully,"}, str(cell)
            if placeholders(salutation):
                assert closing == "Yours sincerely,", (str(cell), level)
            elif {"Excellency", "Sir", "Madam"} & set(salutation.split()):
                assert closing == "Yours faithfully,", (str(cell), level)


def test_english_goes_on_without_a_capital() -> None:
    """Inside a compound salutation “Dear” is written small, and nothing else changes."""
    for cell in cells("en"):
        for level in LEVELS:
            salutation, following = cell.forms[level]["salutation"], cell.forms[level]["next"]
            assert following == re.sub("^Dear ", "dear ", salutation), (str(cell), level)


def test_french_closings_repeat_the_salutation() -> None:
    """Every closing holds the salutation once, and an organisation speaks of itself as “we”."""
    for cell in cells("fr"):
        for level in LEVELS:
            assert cell.forms[level]["closing"].count("{salutation}") == 1, (str(cell), level)
    closings = {cell.forms[level]["closing"] for cell in cells("fr") for level in LEVELS}
    for closing in closings | {table("fr")["joint"]["closing"]}:
        words = set(re.findall(r"\w+", closing.lower()))
        assert {"nous", "notre", "nos"} & words, closing
        assert not {"je", "mon", "ma", "mes"} & words, closing


def test_german_addresses_begin_in_the_accusative() -> None:
    """A man's address begins with “Herrn”, a woman's with “Frau”, or either with the Excellency's form."""
    begins = {
        "m": ("Herrn ", "S. E. ", "S.E. ", "Seiner Exzellenz"),
        "f": ("Frau ", "I. E. ", "I.E. ", "Ihrer Exzellenz"),
    }
    for cell in cells("de"):
        first = cell.forms["address"][0].replace("\xa0", " ")
        if cell.gender in begins:
            # “Herrn” may also stand on a line of its own.
            assert f"{first} ".startswith(begins[cell.gender]), (str(cell), first)


def test_russian_addresses_hold_what_is_written_in_the_dative() -> None:
    """The nominative of a name or title never stands in an address; a woman is never called «Уважаемый»."""
    for cell in cells("ru"):
        for line in cell.forms["address"]:
            assert placeholders(line) <= {"address_name", "address_title"}, str(cell)
        if cell.gender == "f":
            for level in LEVELS:
                assert "Уважаемый" not in cell.forms[level]["salutation"].split(), str(cell)


def test_offices_stand_in_the_order_of_protocol() -> None:
    """Every office has a rank of its own, and the ranks give this order."""
    offices = table("offices")
    assert tuple(sorted(offices, key=lambda office: offices[office]["precedence"])) == OFFICES
    ranks = sorted(office["precedence"] for office in offices.values())
    assert all(isinstance(rank, int) and not isinstance(rank, bool) for rank in ranks)
    assert all(smaller < larger for smaller, larger in pairwise(ranks))


def test_offices_have_a_whole_address_or_none() -> None:
    """An address has a country, a source, and lines in every language; an office of many places has none."""
    for name, office in table("offices").items():
        if office.keys() == {"precedence"}:
            continue
        assert office.keys() == {"precedence", "country", "source", "verified", "address"}, name
        assert name not in TITLED - TITLED_AT_ONE_ADDRESS, name
        assert re.fullmatch("[A-Z]{2}", office["country"]), name
        assert is_plain_line(office["source"]), name
        assert isinstance(office["verified"], bool), name
        assert office["address"].keys() == set(LANGUAGES), name
        assert all(is_plain_line(line) for lines in office["address"].values() for line in lines), name


def test_a_postman_can_read_every_address() -> None:
    """In every language: Latin script, and the same numbers of house and postcode."""
    for name, office in table("offices").items():
        addresses = [" ".join(lines) for lines in office.get("address", {}).values()]
        assert not any(re.search("[\u0400-\u04ff]", address) for address in addresses), name
        assert len({tuple(re.findall(r"\d+", address)) for address in addresses}) <= 1, name


@each_language
def test_the_address_has_room(language: str) -> None:
    """Name, office, street, city and country together are no more lines than an address field holds."""
    for cell in cells(language):
        postal = table("offices")[cell.office].get("address", {}).get(language, [])
        assert len(cell.forms["address"]) + len(postal) + 1 <= ADDRESS_LINES, str(cell)
