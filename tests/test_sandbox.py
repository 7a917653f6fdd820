"""Holds that what is filled into texts stays words, and that templates reach nothing but what they are given."""

from __future__ import annotations

import re
import resource
import subprocess
import sys
from html import unescape
from typing import TYPE_CHECKING

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st
from jinja2.exceptions import SecurityError, TemplateError, UndefinedError

from lettergen.render.markdown import to_html
from lettergen.sandbox import environment, is_template, render_text
from workspace.sample import LETTER, TEMPLATE

if TYPE_CHECKING:
    from workspace.sample import Sample

MEMORY = 1 << 30  # bytes
LONGEST_RUN = 20  # seconds, on a slow machine; what is refused takes less than one

# What typographic replacements change on purpose: quotation marks, dashes, three points.
_TYPOGRAPHY = re.compile(r"[\"']|[.?!,]{2}|--")
_words = st.text(st.sampled_from("ab12 _*`[]()#+-!<>|~^&\\{}:=.@/Ў\u00ad🇺🇿")).filter(str.strip)


@given(
    value=_words, template=st.sampled_from(["{{ x }}", "{{ x }} said", "*so* {{ x }}", "- {{ x }}", "a\n{{ x }}"])
)
@example("- a", "{{ x }}")
@example("12. a", "{{ x }}")
@example("1) a", "a\n{{ x }}")
@example("    a", "{{ x }}")
@example("[^source] [a](b) <b> &amp; **a** _a_ `a` \\a", "{{ x }}")
@example("![a](b)", "{{ x }}")
@example("(c) a", "{{ x }}")
def test_a_name_stays_plain_words_in_markdown(value: str, template: str) -> None:
    """Whatever marks stand in a value, the page shows the value, and a call of a source stays one of the text."""
    assume(not _TYPOGRAPHY.search(value))
    html = to_html(render_text(template, {"x": value}, markdown=True), iter(()), "en")
    around = template.replace("*", "").removeprefix("- ")
    assert " ".join(_text_of(html).split()) == " ".join(around.replace("{{ x }}", value).split())
    assert "<a" not in html
    assert ("<li>" in html) == template.startswith("- ")


@given(_words)
def test_a_name_stays_plain_words_in_a_line(value: str) -> None:
    """In the subject, which is no Markdown, a value stands as it is."""
    assert render_text("To {{ x }}", {"x": value}, markdown=False) == f"To {value}"


def test_a_name_is_escaped_in_html() -> None:
    """A letterhead's template cannot be changed by what is filled in."""
    assert environment().from_string("{{ x }}").render(x="<b>&") == "&lt;b&gt;&amp;"


@given(st.text())
def test_a_text_without_jinja_is_left_alone(text: str) -> None:
    """What uses no Jinja is not touched, down to its line ends."""
    assume(not is_template(text))
    assert render_text(text, {}, markdown=True) == text


def test_the_last_line_end_stays() -> None:
    """Filling in does not eat the end of a paragraph."""
    assert render_text("{{ x }}\n\n", {"x": "a"}, markdown=True) == "a\n\n"


@pytest.mark.parametrize(
    ("source", "error"),
    [
        ("{{ y }}", UndefinedError),
        ("{{ x.y }}", UndefinedError),
        ("{{ range(3) }}", UndefinedError),
        ("{{ lipsum() }}", UndefinedError),
        ("{{ x.__class__ }}", SecurityError),
        ("{{ x['__class__'] }}", SecurityError),
        ("{{ x | attr('__class__') }}", SecurityError),
        ("{{ many.append(1) }}", SecurityError),
        ("{{ x.format.__globals__ }}", SecurityError),
        ("{% include '/etc/passwd' %}", TypeError),
        ("{% import 'os' as os %}", TypeError),
        ("{{ cycler.__init__.__globals__.os }}", SecurityError),
    ],
)
def test_the_sandbox_holds_also_unchecked(source: str, error: type[Exception]) -> None:
    """A template that nobody looked at before gets no further than the values it is given."""
    with pytest.raises(error):
        render_text(source, {"x": "a", "many": []}, markdown=True)
    with pytest.raises((error, TemplateError)):
        environment().from_string(source).render(x="a", many=[])


@pytest.mark.parametrize("file", [LETTER, TEMPLATE])
@pytest.mark.parametrize(
    "greedy",
    [
        "'a' * 10**10",
        "10 ** 10 ** 10",
        "'%10000000000d' % 1",
        "'a' | center(10000000000)",
        "range(10000000000) | list",
    ],
)
def test_a_greedy_template_is_a_finding(sample: Sample, file: str, greedy: str) -> None:
    """What would fill the memory or run for hours is refused where it stands, at once and in little memory."""
    old = "{{ summit.name }}" if file == LETTER else ""
    at = sample.plant(file, old, f"{{{{ ¶{greedy} }}}}" if "|" not in greedy else f"{{{{ {greedy} }}}}")
    run = subprocess.run(
        [sys.executable, "-m", "lettergen", "-C", str(sample.root), "check"],
        capture_output=True,
        text=True,
        timeout=LONGEST_RUN,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY)),
    )
    assert run.returncode == 1
    place = f"{file}:{at[0]}:{at[1]}\n" if at else file
    assert f"error[LG404] {place}" in run.stdout


def _text_of(html: str) -> str:
    return unescape(re.sub(r"<[^>]*>", "", html))
