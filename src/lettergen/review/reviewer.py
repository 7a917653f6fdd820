"""Who decides: a name and a mail address, as git knows people."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lettergen.problems import UsageError
from lettergen.review.known_to_git import configured
from lettergen.workspace.wording import quoted

if TYPE_CHECKING:
    from pathlib import Path

VARIABLE = "LETTERGEN_REVIEWER"
EXAMPLE = "Ann Example <ann@example.org>"
_FORM = re.compile(r"(?P<name>[^\s<>](?:[^<>]*[^\s<>])?) <(?P<mail>[^\s<>]+@[^\s<>]+)>")


@dataclass(frozen=True, slots=True)
class Reviewer:
    """Somebody who decides. The name is a claim: whoever can write the file can write any name."""

    name: str
    mail: str

    def __str__(self) -> str:
        return f"{self.name} <{self.mail}>"

    @property
    def person(self) -> str:
        """What two mentions of the same person have in common: the mail address, in any case of letters."""
        return self.mail.casefold()


def reviewer(root: Path) -> Reviewer | None:
    """Return who is deciding here: who the environment names, else git's user; None when neither names anybody.

    Raises:
        UsageError: what they name is no person with a mail address.
    """
    if named := os.environ.get(VARIABLE):
        return from_text(named, VARIABLE)
    name, mail = configured(root, "user.name"), configured(root, "user.email")
    return from_text(f"{name} <{mail}>", "git’s user.name and user.email") if name and mail else None


def from_text(text: str, source: str) -> Reviewer:
    """Return the person of a text like “Ann Example <ann@example.org>”.

    Args:
        text: name and mail address.
        source: where it stands, for the sentence that refuses it.

    Raises:
        UsageError: it has another form, signs that cannot be seen, or no mail address that can exist.
    """
    found = written(text)
    if found is None:
        raise UsageError(f"{source} names nobody who can decide: {quoted(text)}.", help=_way_out())
    from email_validator import EmailNotValidError, validate_email

    try:
        mail = validate_email(found.mail, check_deliverability=False).normalized
    except EmailNotValidError as error:
        raise UsageError(f"{source} has no mail address: {error}", help=_way_out()) from error
    return Reviewer(found.name, mail)


def written(text: str) -> Reviewer | None:
    """Return the person of a text that was checked when it was written; None when it has another form."""
    match = _FORM.fullmatch(text) if text.isprintable() else None
    return Reviewer(match["name"], match["mail"]) if match else None


def nobody() -> UsageError:
    """Return the refusal to decide for nobody."""
    return UsageError("Nobody is named who decides.", help=_way_out())


def _way_out() -> str:
    return f"Set {VARIABLE}='{EXAMPLE}', or git’s user.name and user.email."
