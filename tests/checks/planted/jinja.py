"""Mistakes in Jinja and in calls of sources, in texts and in a letterhead’s template."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workspace.sample import LETTER, TEMPLATE

if TYPE_CHECKING:
    from checks.planted.places import Mistake

JINJA: dict[str, Mistake] = {
    "syntax in a text": ("LG401", LETTER, "{{ summit.name }}", "{{ summit.name ¶}", None),
    "syntax in the subject": ("LG401", LETTER, 'subject = "', 'subject = "Ü {{ ¶}} ', None),
    "a block that is not closed, in a text": (
        "LG401",
        LETTER,
        "{{ summit.name }}",
        "¶{% if summit.name %}{{ summit.name }}",
        None,
    ),
    "an unknown statement in a text": ("LG401", LETTER, "{{ summit.name }}", "{% ¶fi summit.name %}", None),
    "syntax in a template": (
        "LG401",
        TEMPLATE,
        "",
        "{# Über #}\n<p>Ў 🇺🇿 {{ letterhead.name | ¶| upper }}</p>\n",
        None,
    ),
    "a block that is not closed, in a template": (
        "LG401",
        TEMPLATE,
        "",
        "<p>Ў</p>\n¶{% for line in letterhead.address %}\n<p>{{ line }}</p>\n",
        None,
    ),
    "a block that is wrongly closed, in a template": (
        "LG401",
        TEMPLATE,
        "",
        "{% for line in letterhead.address %}\n{{ line }}{% ¶endfro %}",
        None,
    ),
    "undefined in a text": ("LG402", LETTER, "{{ summit.name }}", "{{ ¶sumit.name }}", "Did you mean “summit”?"),
    "undefined part in a text": ("LG402", LETTER, "{{ summit.name }}", "{{ summit.¶nme }}", "Did you mean “name”?"),
    "undefined part of a part in a text": (
        "LG402",
        LETTER,
        "{{ summit.date }}",
        "{{ summit.date.¶year }}",
        "“summit.date” is a plain text, to which nothing belongs.",
    ),
    "undefined in the subject, behind other letters": (
        "LG402",
        LETTER,
        'subject = "',
        'subject = "Ўзбек 🇺🇿 {{ letter.¶plase }} ',
        "Did you mean “place”?",
    ),
    "a group of values in a text": (
        "LG402",
        LETTER,
        "{{ summit.name }}",
        "{{ ¶sender }}",
        "Name a part: sender.acronym, sender.name.",
    ),
    "undefined in a template": (
        "LG402",
        TEMPLATE,
        "",
        "{% if logo %}\n<p>Ў 🇺🇿</p>{% endif %} Ў {{ leterhead.name | upper }}".replace("leter", "¶leter"),
        "Did you mean “letterhead”?",
    ),
    "undefined part in a template": (
        "LG402",
        TEMPLATE,
        "",
        "{% for line in letterhead.address + letterhead.¶contacts %}{{ line }}{% endfor %}",
        "Did you mean “contact”?",
    ),
    "undefined part in brackets": ("LG402", TEMPLATE, "", '{{ letterhead[ "¶nam" ] }}', "Did you mean “name”?"),
    "the name of a loop behind it": (
        "LG402",
        TEMPLATE,
        "",
        "{% for line in letter.cc %}{{ line }}{% endfor %}{{ ¶line }}",
        None,
    ),
    "what Python knows": ("LG402", TEMPLATE, "", "{{ letterhead.¶__class__ }}", None),
    "a call": ("LG404", TEMPLATE, "", "{{ ¶letterhead.name.upper() }}", None),
    "arithmetic": ("LG404", LETTER, "{{ summit.name }}", "{{ ¶'a' * 10**9 }}", None),
    "an unknown filter": (
        "LG404",
        LETTER,
        "{{ summit.name }}",
        "{{ summit.name | ¶uper }}",
        "Did you mean “upper”?",
    ),
    "an unknown test": (
        "LG404",
        LETTER,
        "{{ summit.name }}",
        "{% if summit.name ¶is divisibleby 3 %}a{% endif %}",
        None,
    ),
    "Jinja in a title": (
        "LG405",
        LETTER,
        'concerns_heading = "',
        'concerns_heading = "Ў 🇺🇿 ¶{{ summit.place }} ',
        None,
    ),
    "a call in the words of a link": (
        "LG405",
        LETTER,
        "Your word",
        "[Ў 🇺🇿 ¶[^teu-21] Your word](https://example.org)",
        "Call it behind the link.",
    ),
    "a call in the address of a link": (
        "LG405",
        LETTER,
        "Your word",
        "[Ў 🇺🇿 Your word](https://example.org/¶[^teu-21])",
        "Call it behind the link.",
    ),
    "a call of a source in the subject": ("LG405", LETTER, 'subject = "', 'subject = "Ў 🇺🇿 ¶[^teu-21] ', None),
}
