"""Mistakes in Jinja, found without running it. The mark ¶ stands before each place that is reported."""

from __future__ import annotations

import re
from importlib.resources import files

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from lettergen.checks.jinja import FILTERS, TESTS, TemplateMistake, Vocabulary, mistakes
from lettergen.checks.jinja_syntax import MOST_MISTAKES
from lettergen.names import HEAD_NAMES
from lettergen.sandbox import environment

TEXT = Vocabulary({"summit": frozenset({"name", "place"}), "letter": frozenset({"date"})}, plain=True)
HEAD = Vocabulary({"letterhead": frozenset({"name", "address"}), "logo": None}, plain=False)
LOOKING = (
    "Jinja was looking for the following tags: 'elif' or 'else' or 'endif'. "
    "The innermost block that needs to be closed is 'if'."
)
NESTED = "Jinja cannot read this. Too much stands inside one another."


def found(marked: str, vocabulary: Vocabulary = TEXT) -> list[tuple[str, str]]:
    """Return codes and messages, having seen that they are where the marks stand."""
    pieces = marked.split("¶")
    places = [sum(map(len, pieces[: number + 1])) for number in range(len(pieces) - 1)]
    all_mistakes = list(mistakes("".join(pieces), vocabulary))
    assert sorted(mistake.offset for mistake in all_mistakes) == places, all_mistakes
    return [(mistake.code, mistake.message) for mistake in sorted(all_mistakes, key=lambda m: m.offset)]


@pytest.mark.parametrize(
    "source",
    [
        "",
        "No Jinja at all: { summit.name } {",
        "{{ summit.name }} in {{summit['place']}}{# a remark #}",
        "{% if summit.name == 'a' and not summit.place %}a{% elif 'x' in summit.name %}b{% else %}c{% endif %}",
        "{{ summit.name | upper | default('a', true) ~ ', ' ~ summit.place }}",
        "{{ summit.name if summit.place is defined else 'nowhere' }}",
        "{{- summit.name -}}\n{%- if summit.place -%} x {%- endif -%}",
        "{% raw %}{{ anything }}{% endraw %}{{ summit.name[0] }}{{ summit.name[1:3] }}",
    ],
)
def test_a_text_may(source: str) -> None:
    """What a letter's texts need is allowed."""
    assert list(mistakes(source, TEXT)) == []


@pytest.mark.parametrize(
    "source",
    [
        "{% for line in letterhead.address + [letterhead.name] %}{{ loop.index }} {{ line | e }}{% endfor %}",
        "{% for a, b in letterhead.address %}{{ a }}{% for c in b %}{{ c }}{% else %}-{% endfor %}{% endfor %}",
        "{% for line in letterhead.address if line %}{{ line }}{% endfor %}",
        "{{ letterhead.address | join(' · ') }} {{ letterhead.address[0].x }} {% if logo %}{{ logo }}{% endif %}",
    ],
)
def test_a_template_may(source: str) -> None:
    """What a letterhead needs is allowed."""
    assert list(mistakes(source, HEAD)) == []


def test_the_layouts_own_template_is_allowed() -> None:
    """Whoever copies the layout's letterhead.html and changes it begins with a sound template."""
    source = (files("lettergen") / "layouts" / "letterhead.html").read_text("utf-8")
    assert list(mistakes(source, Vocabulary(HEAD_NAMES, plain=False))) == []


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("Ў {{ ¶sumit.name }}", [("LG402", "“sumit” is not defined.")]),
        ("{{ summit.¶nme }}{{ summit . ¶nme }}", [("LG402", "“summit.nme” is not defined.")] * 2),
        ("{{ summit[ '¶nme' ] }}", [("LG402", "“summit.nme” is not defined.")]),
        ("{{ summit.name.¶first }}", [("LG402", "“summit.name.first” is not defined.")]),
        ("{{ ¶summit }}{% if ¶letter %}a{% endif %}",
         [("LG402", "“summit” is no text by itself."), ("LG402", "“letter” is no text by itself.")]),
        ("nme {{ summit.¶nme }} nme\n{{ ¶a }}\u2028{{ ¶b }}\x0c{{ ¶a }}",
         [("LG402", "“summit.nme” is not defined."), ("LG402", "“a” is not defined."),
          ("LG402", "“b” is not defined."), ("LG402", "“a” is not defined.")]),
        ("{{ summit.¶__class__.__mro__ }}", [("LG402", "“summit.__class__” is not defined.")]),
        ("{% if ¶x %}{{ ¶y }}{% else %}{{ ¶z }}{% endif %}",
         [("LG402", f"“{name}” is not defined.") for name in "xyz"]),
    ],
)  # fmt: skip
def test_undefined_names(marked: str, expected: list[tuple[str, str]]) -> None:
    """Each is found at its own first letter, also the second on a line, and behind odd line ends."""
    assert found(marked) == expected


@pytest.mark.parametrize(
    ("marked", "message"),
    [
        ("{{ ¶'a' * 1000000000 }}", "“*” is not allowed in Jinja here."),
        ("{{ ¶10 ** 10 ** 10 }}", "“**” is not allowed in Jinja here."),
        ("{{ ¶'%1000000000d' % 1 }}", "“%” is not allowed in Jinja here."),
        ("{{ ¶range(1000000000) }}", "“name( )” is not allowed in Jinja here."),
        ("{% for i in ¶range(99999) %}{% endfor %}", "“name( )” is not allowed in Jinja here."),
        ("{{ ¶'a'.ljust(1000000000) }}", "“name( )” is not allowed in Jinja here."),
        ("{{ ¶'{:>1000000000}'.format(1) }}", "“name( )” is not allowed in Jinja here."),
        ("{{ ¶summit.name.append(1) }}", "“name( )” is not allowed in Jinja here."),
        ("{{ ¶''.__class__.__base__.__subclasses__() }}", "“name( )” is not allowed in Jinja here."),
        ("{{ ¶lipsum(n=1000000) }}", "“name( )” is not allowed in Jinja here."),
        ("{{ 'a' | ¶center(1000000000) }}", "There is no filter “center” here."),
        ("{{ 'a' | ¶format(1) }}", "There is no filter “format” here."),
        ("{{ 'aaaa' | ¶replace('a', 'aaaa') }}", "There is no filter “replace” here."),
        ("{{ summit.name | ¶attr('__class__') }}", "There is no filter “attr” here."),
        ("{{ summit.name | ¶random }}", "There is no filter “random” here."),
        ("{{ 'aaaa' | ¶join('aaaa') | ¶join('aaaa') }}", "“join” joins only a list that has a name."),
        ("{{ ['aaaa'][0] | ¶join('aaaa') }}", "“join” joins only a list that has a name."),
        ("{{ summit.name | ¶join(summit.name | join('aa')) }}", "“join” takes only a text in quotation marks."),
        ("{{ summit.name | ¶join(attribute='a') }}", "“join” takes only a text in quotation marks."),
        ("{{ summit.name ¶is divisibleby 0 }}", "There is no test “divisibleby” here."),
        ("{% ¶set x = 'aa' %}{{ x ~ x }}", "“set” is not allowed in Jinja here."),
        ("{% ¶set x %}a{% endset %}{{ x }}", "“set” is not allowed in Jinja here."),
        ("{% ¶macro m(a) %}{{ a }}{% endmacro %}", "“macro” is not allowed in Jinja here."),
        ("{% ¶include 'letter.html' %}", "“include” is not allowed in Jinja here."),
        ("{% ¶import 'os' as os %}{{ os.name }}", "“import” is not allowed in Jinja here."),
        ("{% ¶from 'os' import name %}{{ name }}", "“from” is not allowed in Jinja here."),
        ("{% ¶extends 'letter.html' %}", "“extends” is not allowed in Jinja here."),
        ("{% ¶block a %}{% endblock %}", "“block” is not allowed in Jinja here."),
        ("{% ¶filter upper %}a{% endfilter %}", "“filter” is not allowed in Jinja here."),
        ("{% ¶with a = 1 %}{{ a }}{% endwith %}", "“with” is not allowed in Jinja here."),
        ("{% ¶autoescape false %}a{% endautoescape %}", "“autoescape” is not allowed in Jinja here."),
        ("{{ ¶{'a': 1} }}", "“{ }” is not allowed in Jinja here."),
        ("{{ ¶1 / 0 }}", "“/” is not allowed in Jinja here."),
        ("{{ ¶-1 }}", "“-” is not allowed in Jinja here."),
    ],
)  # fmt: skip
def test_what_could_do_harm_is_refused_before_it_runs(marked: str, message: str) -> None:
    """Whatever makes much out of little, reaches Python, or brings in other files, is a finding."""
    assert set(found(marked)) == {("LG404", message)}


def test_loops_inside_loops_end_somewhere() -> None:
    """Two loops inside one another are allowed, three are not."""
    loop = "{{% for {0} in letterhead.address %}}"
    ends = "{% endfor %}" * 3
    assert found(f"{loop.format('a')}{loop.format('b')}{{% ¶for c in b %}}{ends}", HEAD) == [
        ("LG404", "More than 2 loops stand inside one another.")
    ]


@pytest.mark.parametrize(
    ("marked", "messages"),
    [
        ("{{ summit.name ¶}", ["Unexpected '}'."]),
        ("{{ summit.name ¶summit }}", ["Expected token 'end of print statement', got 'summit'."]),
        ("{{ ¶}}", ["Expected an expression, got 'end of print statement'."]),
        ("{{ summit.name | ¶}}", ["Expected token 'name', got 'end of print statement'."]),
        ("a ¶{% if summit.name %} b", [f"Unexpected end of template. {LOOKING}"]),
        ("{% if summit.name %}{% ¶endfi %}", [f"Encountered unknown tag 'endfi'. {LOOKING}"]),
        ("{% ¶endif %}", ["Encountered unknown tag 'endif'."]),
        ("{{ ¶'a }}", ["Unexpected char \"'\"."]),
        ("{# ¶a", ["Missing end of comment tag."]),
        ("{{ summit.name ¶} a {{ summit.place | ¶| upper }} {{ summit.¶name",
         ["Unexpected '}'.", "Expected token 'name', got '|'.",
          "Unexpected end of template, expected 'end of print statement'."]),
    ],
)  # fmt: skip
def test_mistakes_in_the_syntax(marked: str, messages: list[str]) -> None:
    """Each stands at the sign that Jinja cannot read."""
    assert found(marked) == [("LG401", f"Jinja cannot read this. {message}") for message in messages]


def test_after_a_mistake_in_the_syntax_the_rest_is_read_on() -> None:
    """Names are looked at also in a template with tags that Jinja cannot read; a lost loop's name is no mistake."""
    assert found(
        "{% for line in letterhead.address ¶& %}{{ line }}{{ letterhead.¶nam }}{% endfor %}\n"
        "{{ letterhead.name | ¶| upper }}{{ ¶leterhead.name }}{% ¶fi logo %}",
        HEAD,
    ) == [
        ("LG401", "Jinja cannot read this. Unexpected char '&'."),
        ("LG402", "“letterhead.nam” is not defined."),
        ("LG401", "Jinja cannot read this. Expected token 'name', got '|'."),
        ("LG402", "“leterhead” is not defined."),
        ("LG401", "Jinja cannot read this. Encountered unknown tag 'fi'."),
    ]


def test_reading_on_ends_somewhere() -> None:
    """In a template full of mistakes only the first ones are told."""
    assert len(list(mistakes("{{ ) }}" * 1000, TEXT))) == MOST_MISTAKES


@pytest.mark.parametrize("depth", [150, 5000])
@pytest.mark.parametrize(
    "pieces",
    [
        ("{{ ", "(", "1", ")", " }}"),
        ("{{ ", "not ", "1", "", " }}"),
        ("", "{% if 1 %}", "a", "{% endif %}", ""),
        ("{{ a", "~(a", "", ")", "}}"),
    ],
)
def test_deep_nesting_is_a_finding_or_nothing(pieces: tuple[str, str, str, str, str], depth: int) -> None:
    """What exhausts Jinja's parser or Python's compiler is told as a mistake."""
    begin, opening, middle, closing, end = pieces
    source = begin + opening * depth + middle + closing * depth + end
    assert list(mistakes(source, TEXT)) in ([], [TemplateMistake("LG401", NESTED, 0)])


_SIGNS = (
    "{{ }} {% %} {# #} - = ( ) [ ] ' \" . | * & , Ў if for in else set is endfor endif raw endraw summit name a 1"
)
_pieces = st.sampled_from([*_SIGNS.split(), " ", "\n", "\u2028"])


@given(
    st.one_of(st.text(), st.lists(_pieces, max_size=30).map("".join), st.lists(_pieces, max_size=30).map(" ".join))
)
@example("{% raw %}{% endraw")
@example("{{ a\r\n.b }}\r{{ c }}")
def test_any_text_gives_findings_inside_it(source: str) -> None:
    """Whatever stands in a template, there is no other error, and every finding has a place in it."""
    for mistake in mistakes(source, TEXT):
        assert mistake.code in {"LG401", "LG402", "LG404"}
        assert 0 <= mistake.offset <= len(source)


def test_allowed_filters_and_tests_exist() -> None:
    """Jinja has every filter and test that a message may suggest."""
    assert environment().filters.keys() >= FILTERS
    assert environment().tests.keys() >= TESTS


def test_messages_are_sentences() -> None:
    """What is undefined, and what there is, reads as a sentence."""
    (mistake,) = mistakes("{{ xyz }}", TEXT)
    assert mistake == TemplateMistake("LG402", "“xyz” is not defined.", 3, "What is defined: letter, summit.")
    assert re.fullmatch(r"There are: .*\.", next(mistakes("{{ 1 | xyz }}", TEXT)).help or "")
