"""What is refused: each in a plain sentence, and without a PDF."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING

import pytest
from PIL import Image

import workspaces
from judges import poppler
from lettergen.problems import LetterError, LettergenError
from typeset.desk import Desk, data_address, note, short

if TYPE_CHECKING:
    from pathlib import Path

    from lettergen.render.html import Mode

MODES: tuple[Mode, ...] = ("signed", "unsigned", "draft")
PNG = b"\x89PNG\r\n\x1a\n"


def refusal(desk: Desk, **head: str) -> str:
    """Set a short letter under a letterhead of one's own; return the sentence with which it is refused."""
    with pytest.raises(LettergenError) as refused:
        desk.set(short(desk.costa), head=desk.headed(**head))
    assert refused.value.help
    return str(refused.value)


@pytest.fixture(scope="module")
def outside(desk: Desk, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a picture outside the workspace, with a link to it inside the letterhead's folder."""
    file = tmp_path_factory.mktemp("outside") / "secret.png"
    Image.new("RGB", (9, 9)).save(file)
    (desk.head_folder / "link.png").symlink_to(file)
    return file


ADDRESSES = [
    "http://example.org/a.png",
    "https://example.org/a.png",
    "HTTPS://example.org/a.png",
    "//example.org/a.png",
    "ftp://example.org/a.png",
    "file:///etc/hostname",
    "file://example.org/etc/hostname",
    "../../../recipients.toml",
    "%2e%2e/%2e%2e/%2e%2e/recipients.toml",
    "link.png",
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_picture_from_elsewhere_is_refused(desk: Desk, outside: Path, address: str) -> None:
    """Nothing is loaded from the network, from outside the letter's folders, or through a link that leads out."""
    sentence = refusal(desk, template=f'<p>Us</p><img src="{address}" alt="Seal">')
    assert re.fullmatch(r"The letter reaches out to \S+\.", sentence)
    assert address.rpartition("/")[2] in sentence


FROM_ELSEWHERE = {
    "img": '<img src="{}" alt="Seal">',
    "object": '<object data="{}"></object>',
    "embed": '<embed src="{}">',
    "link-style": '<link rel="stylesheet" href="{}">',
    "link-attachment": '<link rel="attachment" href="{}">',
    "a-attachment": '<p><a rel="attachment" href="{}">us</a></p>',
    "inline-svg": '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><title>Seal</title>'
    '<image href="{}" width="9" height="9"/></svg>',
    "style-element": "<style>p {{ background: url({}) }}</style>",
    "style-attribute": '<p style="background: url({})">us</p>',
}


@pytest.mark.parametrize("html", FROM_ELSEWHERE.values(), ids=FROM_ELSEWHERE)
@pytest.mark.parametrize("address", ["http://example.org/a", "file:///etc/hostname"])
def test_a_template_reaches_nothing_foreign(desk: Desk, html: str, address: str) -> None:
    """Whatever element of letterhead.html names a foreign file, the letter is refused."""
    sentence = refusal(desk, template=f"<p>Us</p>{html.format(address)}")
    assert sentence in {
        f"The letter reaches out to {address}.",
        "The letterhead attaches a file to the letter.",
    }


STYLES = {
    "import": '@import "{}";',
    "import-url": "@import url({});",
    "background": "body {{ background: url({}) }}",
    "list": "p {{ display: list-item; list-style-image: url({}) }}",
    "content": "p::before {{ content: url({}) }}",
    "font": '@font-face {{ font-family: "Other"; src: url({}) }} p {{ font-family: "Other" }}',
    "border": ".contact {{ border: 9px solid; border-image: url({}) 3 }}",
}


@pytest.mark.parametrize("style", STYLES.values(), ids=STYLES)
@pytest.mark.parametrize("address", ["https://example.org/a", "file:///etc/hostname"])
def test_a_style_reaches_nothing_foreign(desk: Desk, style: str, address: str) -> None:
    """Whatever rule of letterhead.css names a foreign file, the letter is refused."""
    assert refusal(desk, style=style.format(address)) == f"The letter reaches out to {address}."


DRAWINGS = {
    "image": '<image href="{}" width="9" height="9"/>',
    "xlink": '<image xlink:href="{}" width="9" height="9"/>',
    "font": '<style>@font-face {{ font-family: Q; src: url({}) }}</style><text y="9" font-family="Q">a</text>',
}


@pytest.mark.parametrize("drawing", DRAWINGS.values(), ids=DRAWINGS)
@pytest.mark.parametrize("address", ["http://example.org/a", "file:///etc/hostname"])
def test_a_logo_reaches_nothing_foreign(desk: Desk, drawing: str, address: str) -> None:
    """The engine goes on when an SVG logo may not load what it names; the letter is refused all the same."""
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="90" height="40">'
        f"{drawing.format(address)}</svg>"
    )
    logo = data_address(svg.encode(), "image/svg+xml")
    assert refusal(desk, logo=logo) == f"The letter reaches out to {address}."


def test_an_external_entity_is_not_read(desk: Desk) -> None:
    """An SVG that asks its XML parser for a file is not a picture."""
    svg = '<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/hostname">]><svg xmlns="http://www.w3.org/2000/svg">&x;</svg>'
    logo = data_address(svg.encode(), "image/svg+xml")
    assert refusal(desk, logo=logo).endswith("says: Failed to load image at 'data:image/svg+xml…'.")


def test_a_refusal_is_forgotten_with_its_letter(desk: Desk) -> None:
    """After a letter that reached out, the next letter of the run is set."""
    refusal(desk, template='<p>Us</p><img src="http://example.org/a.png" alt="Seal">')
    assert desk.set(short(desk.costa)).pages == 1


def test_own_files_are_shown(desk: Desk, tmp_path: Path) -> None:
    """A picture, a style sheet and a space in a name are no trouble inside the letterhead's folder."""
    Image.new("RGB", (90, 40), "#7a1f2b").save(desk.head_folder / "own seal.png")
    (desk.head_folder / "own.css").write_text(".motto { font-style: italic }", "utf-8")
    head = desk.headed(
        template='<p class="motto">For rights</p><img src="own%20seal.png?v=2" alt="Our seal" height="20">',
        style='@import "own.css"; .motto { background: url("own seal.png") }',
    )
    file = desk.written(tmp_path / "letter.pdf", short(desk.costa), head=head)
    assert "IBM-Plex-Serif-Italic" in {font.name.partition("+")[2] for font in poppler.fonts(file)}


@pytest.mark.parametrize(
    ("head", "sentence"),
    [
        ({"template": '<img src="gone.png" alt="Seal">'}, r"Failed to load image at 'file://\S+/gone\.png': .*"),
        ({"template": '<img src="letterhead.toml" alt="Seal">'}, r"Failed to load image at 'file://\S+toml'"),
        ({"style": '@import "gone.css";'}, r"Failed to load stylesheet at file://\S+/gone\.css : .*"),
        ({"style": "p { colr: red }"}, r"Ignored `colr: red ` at 1:5, unknown property"),
        ({"style": "\n\np { color: reddish }"}, r"Ignored `color: reddish ` at 3:5, invalid value"),
        ({"style": "p { color: red }\n</style><p>out</p>"}, r"Parse error at 2:20: EOF reached before .*"),
        ({"style": "}"}, r"Parse error at 1:1: EOF reached before .*"),
        ({"template": '<a href="#nowhere">us</a>'}, r"No anchor #nowhere for internal URI reference"),
        ({"template": '<p id="address">us</p>'}, r"Anchor defined twice: 'address'"),
        ({"template": '<img src="link.png">'}, None),
        (
            {"logo": data_address(PNG + b"no picture" * 99, "image/png")},
            r"Failed to load image at 'data:image/png…'",
        ),
    ],
)
def test_what_the_engine_only_logs_is_an_error(
    desk: Desk, outside: Path, head: dict[str, str], sentence: str | None
) -> None:
    """A missing file, a mistake in a style sheet or a broken picture is told with its place, and shortly."""
    said = refusal(desk, **head)
    prefix = r"The letter cannot be set as it is meant\. The typesetter says: "
    assert sentence is None or re.fullmatch(f"{prefix}{sentence}\\.", said)
    assert len(said) < 400


def test_an_engine_that_stumbles_is_told_in_a_sentence(desk: Desk) -> None:
    """What makes the engine fail instead of complaining is no mistake of lettergen's."""
    assert (
        refusal(desk, style="p { width: calc(1px + ) }")
        == "The typesetter stumbles over this letter: AssertionError."
    )


@pytest.mark.parametrize(
    ("template", "sentence"),
    [
        ("{{ 1 / 0 }}", "The template of the letterhead “iphr” fails: division by zero"),
        ("{{ letter.notes[99].title }}", "The template of the letterhead “iphr” fails: .* has no element 99"),
        ("{{ '{x}'.format() }}", "The template of the letterhead “iphr” fails: 'x'"),
        (
            "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
            "The template .* fails: maximum recursion depth exceeded.*",
        ),
        ("{{ letter.__class__.__mro__ }}", "The template .* fails: access to attribute '__class__' .* is unsafe."),
        ("{% include 'letter.html' %}", "The template .* fails: .*"),
        ("<p>Us</p></div></div>", "The letterhead's HTML closes what it did not open, .*"),
        ("<p>Us</p></div></header></main>", "The letterhead's HTML closes what it did not open, .*"),
        ("<!-- Us", "The address is not on the page."),
        ("<style>p {}", "The address is not on the page."),
        ("<h1>Us</h1>", "The letterhead has a heading, which would come before the subject of the letter."),
        ("<h3>Us</h3>", "The letterhead has a heading, which would come before the subject of the letter."),
        (
            '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>',
            "A picture of the letterhead has no description .*",
        ),
        ('<input style="appearance: auto">', "The letterhead has a form field; .*"),
        ('<p><a href="letterhead.toml">us</a></p>', "A link leads to a file of this computer, “letterhead.toml”."),
        (
            '<p><a rel="attachment" href="letterhead.toml">us</a></p>',
            "The letterhead attaches a file to the letter.",
        ),
        ('<link rel="attachment" href="letterhead.toml">', "The letterhead attaches a file to the letter."),
        ("<p>Us</p>" * 12, r"The letterhead is \d+\.\d mm too high: it reaches into the field of the address."),
    ],
)
def test_a_letterhead_that_spoils_the_letter_is_refused(desk: Desk, template: str, sentence: str) -> None:
    """What would hide the address, break the tags, or add what a letter does not have is told in a sentence."""
    assert re.fullmatch(sentence, refusal(desk, template=template))


def test_a_signature_field_of_the_letterheads_own_is_refused(desk: Desk) -> None:
    """A field that has the name of a signatory's would be signed in that one's stead."""
    template = '<input type="checkbox" name="signature-iphr" style="appearance: auto">'
    for mode in MODES:
        with pytest.raises(LetterError, match="has a form field"):
            desk.set(short(desk.costa), mode, desk.headed(template=template))


def test_a_hidden_address_is_refused(desk: Desk) -> None:
    """A style sheet cannot make the address go away."""
    assert refusal(desk, style="#address { display: none }") == "The address is not on the page."


def test_a_link_to_a_file_is_refused(desk: Desk) -> None:
    """A text's link without a host would tell whoever clicks it the folders of this computer."""
    letter = short(desk.costa, opening="See [the report](report.pdf).")
    with pytest.raises(LetterError, match=r"A link leads to a file of this computer, “report\.pdf”\."):
        desk.set(letter)


@pytest.mark.parametrize(
    ("sign", "readable"),
    [
        ("\u0462", "“Ѣ” (U+0462, cyrillic capital letter yat)"),
        ("😀", "“😀” (U+1F600, grinning face)"),
        ("中", "“中” (U+4E2D, cjk unified ideograph-4e2d)"),
        ("\u2011", "“\u2011” (U+2011, non-breaking hyphen)"),
        ("\u2028", "(U+2028, line separator)"),
        ("\ue000", "(U+E000)"),
        ("אא", "“א” (U+05D0, hebrew letter alef)"),
        ("ش中", "“ش” (U+0634, arabic letter sheen), “中” (U+4E2D, cjk unified ideograph-4e2d)"),
    ],
)
def test_a_sign_that_the_typeface_lacks_is_named(desk: Desk, sign: str, readable: str) -> None:
    """Each missing sign is told once: as it looks where it shows, by number, and by name."""
    with pytest.raises(LetterError) as refused:
        desk.set(short(desk.costa, subject=f"The name {sign}"))
    assert str(refused.value) == f"The letters' typeface has no sign for {readable}."


@pytest.mark.parametrize(
    "place",
    ["recipient_name", "salutation", "closing", "place_and_date", "return_line"],
)
def test_a_missing_sign_is_found_wherever_it_stands(desk: Desk, place: str) -> None:
    """In the running head, the salutation, the closing, the date and the return line."""
    letter = desk.costa.model_copy(update={place: "Ѣ"})
    with pytest.raises(LetterError, match=r"U\+0462"):
        desk.set(letter)


def test_a_missing_sign_is_found_in_notes_drawings_and_styles(desk: Desk) -> None:
    """In a note, in the text of an SVG logo, and in what a style sheet adds."""
    noted = short(desk.costa, opening="We write.[^s1]", notes=(note(1, "Ѣ"),))
    svg = '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="40"><text y="20">Ѣ</text></svg>'
    drawn = desk.headed(logo=data_address(svg.encode(), "image/svg+xml"))
    for letter, head in (
        (noted, desk.head),
        (short(desk.costa), drawn),
        (short(desk.costa), desk.headed(style='p::after { content: "Ѣ" }')),
    ):
        with pytest.raises(LetterError, match=r"U\+0462"):
            desk.set(letter, head=head)


def test_the_letters_of_the_regions_languages_are_there(desk: Desk, tmp_path: Path) -> None:
    """Kazakh, Kyrgyz, Tajik, Turkmen, Uzbek and Karakalpak names are set in the letter's own typeface."""
    names = "Ғақ Әлия Ңүө Ұлы Һәм Ӯғаҷ Ҳақ Қўқон Ýaş Çary Şäher Ňe Ǵárezsiz Ógiz Oʻzbekiston Gʻafur Ìı"
    file = desk.written(tmp_path / "letter.pdf", short(desk.costa, subject=names))
    assert all(font.name.partition("+")[2].startswith("IBM-Plex-Serif") for font in poppler.fonts(file))
    assert "Oʻzbekiston" in poppler.text(file)


def test_colours_for_a_printing_press_are_refused(desk: Desk) -> None:
    """CMYK breaks the archival standard: in a photograph, and in a style sheet."""
    photograph = io.BytesIO()
    Image.new("CMYK", (90, 40)).save(photograph, "JPEG")
    sentence = "The letterhead uses colours for a printing press (CMYK)."
    assert refusal(desk, logo=data_address(photograph.getvalue(), "image/jpeg")) == sentence
    assert refusal(desk, style="p { color: device-cmyk(0 1 0 0) }") == sentence
    assert refusal(desk, style="p { background: device-cmyk(0 1 0 0) }") == sentence


def test_a_refused_letter_leaves_no_file(tmp_path: Path) -> None:
    """On the command line: exit code 1, the sentence on stderr, and nothing in the output folder."""
    workspace = workspaces.small(tmp_path)
    head = workspace.root / "letters" / "letterhead" / "iphr" / "letterhead.html"
    head.write_text('<p>Us</p><img src="http://example.org/a.png" alt="Seal">', "utf-8")
    outcome = workspace.compose("--unsigned")
    assert outcome.status == 1
    assert "reaches out to http://example.org/a.png" in " ".join(outcome.err.split())
    assert list(workspace.root.rglob("*.pdf")) == []
