"""The fixed words of the layouts and notes, as gettext catalogues (locale/)."""

from __future__ import annotations

from functools import cache
from gettext import GNUTranslations, NullTranslations
from importlib.resources import files
from typing import TypeAlias

Catalogue: TypeAlias = GNUTranslations


class _Complete(NullTranslations):
    """What is asked for a message that a catalogue does not have: a letter has no words in two languages."""

    def gettext(self, message: str) -> str:
        raise LookupError(f"The catalogue has no message “{message}”.")

    def pgettext(self, context: str, message: str) -> str:
        raise LookupError(f"The catalogue has no message “{message}” ({context}).")

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:  # noqa: ARG002 - the signature is the base's
        raise LookupError(f"The catalogue has no message “{msgid1}”.")


@cache
def catalogue(language: str) -> Catalogue:
    """Return the catalogue of a language; its messages are named by their English text.

    What stands in braces in a message is filled in by whoever asks for it. `script/update-catalogues` keeps the
    catalogues in step with the messages.
    """
    with (files("lettergen") / "locale" / language / "LC_MESSAGES" / "lettergen.mo").open("rb") as file:
        messages = GNUTranslations(file)
    messages.add_fallback(_Complete())
    return messages
