"""Words for a first run, and how a fingerprint is read."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from lettergen.signing.sentences import (
    about_signature,
    readable_fingerprint,
    what_a_self_issued_signature_proves,
)

if TYPE_CHECKING:
    from lettergen.signing.identity import Identity


def test_a_first_run_says_what_its_signature_proves_and_what_not(identity: Identity) -> None:
    """All of it, so that no edit claims more than is true."""
    fingerprint = readable_fingerprint(identity.certificate.fingerprint)
    assert "\n".join(what_a_self_issued_signature_proves(identity)) == (
        "Letters are signed as “Rights Watchers (self-issued)”, with a key made on this computer and kept in "
        f"{identity.folder}.\n"
        "What that proves: since this key signed a letter, not one byte of it has changed.\n"
        "What it does not prove: whose key it is. No authority has checked the name in it, and anyone can make "
        "such a key under any name, so PDF readers will call the signer unknown.\n"
        "What helps: publish the key's fingerprint where people know that it comes from you, such as your website, "
        f"so that they can compare it: {fingerprint}\n"
        "What helps more: a certificate that an authority issued to you; “lettergen identity import” takes it in."
    )


def test_a_fingerprint_is_read_in_pairs() -> None:
    """As PDF readers and openssl print it."""
    assert readable_fingerprint("0a1b2c") == "0A:1B:2C"


def test_a_time_without_a_zone_is_shown_as_it_stands(identity: Identity) -> None:
    """Some writers leave the zone out; none is made up."""
    at = datetime(2025, 4, 1, 9, 0)  # noqa: DTZ001 - the case
    (sentence,) = about_signature(identity.certificate, at, None)
    assert sentence.endswith(" The time it gives is 2025-04-01 09:00, by the signer's own clock.")
