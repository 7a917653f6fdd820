"""What is asked of servers and authorities on the way to a level, and what happens when they fail."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib import import_module
from typing import TYPE_CHECKING

import pytest

from lettergen.problems import RefusedError
from lettergen.signing import time_stamps
from lettergen.signing.levels import LEVELS, LevelError, reaches
from lettergen.signing.passphrase import PassphraseSource
from lettergen.signing.reached import level_of
from lettergen.signing.settings import Settings, settings_file
from lettergen.signing.sign import Claims, open_signer, sign
from lettergen.signing.verify import is_signed_whole
from signing.enrolled import Enrolled

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from lettergen.model import Level
    from lettergen.signing.identity import Identity
    from signing.services import Services

STAMP = "POST /test/tsa/tsa"
OF_ALL = ["POST /test/ocsp/root-ocsp", "POST /test/ocsp/ocsp", "GET /test/crls/authority/latest.crl"]


@pytest.fixture
def enrolled(services: Services, tmp_path: Path) -> Enrolled:
    """Return an authority to get identities from."""
    return Enrolled(services, tmp_path)


@contextmanager
def server(answer: Callable[[BaseHTTPRequestHandler], None]) -> Iterator[str]:
    """Run a server that does something else than a time-stamp server should."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            answer(self)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    running = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=running.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{running.server_port}"
    finally:
        running.shutdown()
        running.server_close()


def refuses(handler: BaseHTTPRequestHandler) -> None:
    """Answer that something is wrong."""
    handler.send_error(503)


def babbles(handler: BaseHTTPRequestHandler) -> None:
    """Answer with bytes that are no time-stamp, under the right name."""
    handler.send_response(200)
    handler.send_header("Content-Type", "application/timestamp-reply")
    handler.end_headers()
    handler.wfile.write(b"\x30\x03\x02\x01\x00")


@pytest.mark.parametrize("level", LEVELS)
def test_what_is_asked(enrolled: Enrolled, letter: bytes, level: Level) -> None:
    """Each level asks for what it needs, the first time for the measure too; B asks nobody anything."""
    with enrolled.signer(enrolled.identity("p256"), level) as signer:
        before = len(enrolled.services.requests())
        first = sign(letter, signer, field="Signature1", claims=Claims())
        between = len(enrolled.services.requests())
        second = sign(letter, signer, field="Signature1", claims=Claims())
        asked = enrolled.services.requests()
    stamps = {"B": 0, "T": 1, "LT": 1, "LTA": 2}[level]
    measure = [STAMP] if stamps else []
    assert asked[before:between] == [*measure, *(OF_ALL if reaches(level, "LT") else []), *[STAMP] * stamps]
    assert asked[between:] == [STAMP] * stamps
    assert [level_of(first, "Signature1"), level_of(second, "Signature1")] == [level, level]


def test_servers_are_asked_in_order(enrolled: Enrolled, letter: bytes) -> None:
    """A server that fails is passed over, and is not asked again while another one answers."""
    asked: list[str] = []

    def fails(handler: BaseHTTPRequestHandler) -> None:
        asked.append(handler.path)
        refuses(handler)

    with (
        server(fails) as bad,
        enrolled.signer(enrolled.identity("p256"), "T", f"{bad}/first", enrolled.services.time_stamps) as signer,
    ):
        for _ in range(3):
            assert level_of(sign(letter, signer, field="Signature1", claims=Claims()), "Signature1") == "T"
    assert asked == ["/first"]


def test_all_servers_fail(enrolled: Enrolled, letter: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    """The sentence names every server and what it did; nothing is signed at a lower level by itself."""
    monkeypatch.setattr(time_stamps, "DEADLINE", 0.3)
    stop = threading.Event()

    def hangs(_: BaseHTTPRequestHandler) -> None:
        stop.wait(20)

    with server(refuses) as first, server(babbles) as second, server(hangs) as third:
        gone = "http://127.0.0.1:9/gone"
        with enrolled.signer(enrolled.identity("p256"), "T", first, second, third, gone) as signer:
            with pytest.raises(LevelError) as caught:
                sign(letter, signer, field="Signature1", claims=Claims())
            stop.set()
    sentence = str(caught.value)
    assert caught.value.part == "time-stamp"
    assert caught.value.exit_code == 4
    assert f"{first} could not be asked (it answered with the HTTP status 503)" in sentence
    assert f"{second} answered with something that is no time-stamp" in sentence
    assert f"{third} did not answer within" in sentence
    assert f"{gone} could not be asked" in sentence
    assert "--accept-level" in (caught.value.help or "")


def test_a_time_stamp_of_something_else(enrolled: Enrolled, letter: bytes) -> None:
    """A server that stamps another digest than was sent is caught before the letter is signed with it."""
    from http.client import HTTPConnection

    def stamps_something_else(handler: BaseHTTPRequestHandler) -> None:
        request = import_module("asn1crypto.tsp").TimeStampReq.load(
            handler.rfile.read(int(handler.headers["Content-Length"]))
        )
        request["message_imprint"]["hashed_message"] = bytes(32)
        connection = HTTPConnection(enrolled.services.url.removeprefix("http://"))
        connection.request("POST", "/test/tsa/tsa", request.dump(force=True))
        answer = connection.getresponse().read()
        handler.send_response(200)
        handler.send_header("Content-Type", "application/timestamp-reply")
        handler.end_headers()
        handler.wfile.write(answer)

    with (
        server(stamps_something_else) as url,
        enrolled.signer(enrolled.identity("p256"), "T", url) as signer,
        pytest.raises(LevelError, match="does not fit what was asked"),
    ):
        sign(letter, signer, field="Signature1", claims=Claims())


def test_no_server_is_set_up(identity: Identity) -> None:
    """Without a time-stamp server a level above B is refused before a key is used, with the file to name one in."""
    with pytest.raises(LevelError) as caught:
        open_signer(identity, PassphraseSource(), level="T", settings=Settings())
    assert caught.value.part == "time-stamp"
    assert str(settings_file()) in (caught.value.help or "")


def test_self_issued_identities_stop_at_t(enrolled: Enrolled, identity: Identity, letter: bytes) -> None:
    """Nobody can revoke a self-issued certificate, so LT means nothing for it; T is reached."""
    with pytest.raises(LevelError, match="self-issued") as caught:
        open_signer(identity, PassphraseSource(), level="LT", settings=enrolled.settings())
    assert caught.value.part == "revocation"


def test_a_revoked_certificate(enrolled: Enrolled, letter: bytes) -> None:
    """The authority says that it is revoked: no signature of level LT."""
    with (
        enrolled.signer(enrolled.identity("revoked"), "LT") as signer,
        pytest.raises(LevelError, match="is revoked") as caught,
    ):
        sign(letter, signer, field="Signature1", claims=Claims())
    assert caught.value.part == "revocation"


def test_an_untrusted_authority(enrolled: Enrolled, letter: bytes) -> None:
    """Without its root among the trusted ones a chain leads nowhere."""
    settings = Settings((enrolled.services.time_stamps,), ())
    signer = open_signer(enrolled.identity("p256"), PassphraseSource(), level="LT", settings=settings)
    try:
        with pytest.raises(LevelError, match="leads to no authority that is trusted here") as caught:
            sign(letter, signer, field="Signature1", claims=Claims())
    finally:
        signer.close()
    assert caught.value.part == "chain"
    assert str(settings_file()) in (caught.value.help or "")


@pytest.mark.parametrize(("label", "why"), [("expired", "expired on"), ("wrong-usage", "not meant for signing")])
def test_unfit_certificates(enrolled: Enrolled, label: str, why: str) -> None:
    """An expired certificate, or one for something else, does not even become an identity."""
    with pytest.raises(RefusedError, match=why):
        enrolled.identity(label)


def test_the_signature_covers_the_revocation_data(enrolled: Enrolled, letter: bytes) -> None:
    """What proves that the certificate was good stands within the signature's own revision."""
    identity = enrolled.identity("rsa")
    with enrolled.signer(identity, "LT") as signer:
        signed = sign(letter, signer, field="Signature1", claims=Claims())
    assert is_signed_whole(signed, identity.certificate.fingerprint)


def test_a_certifying_signature(enrolled: Enrolled, joint_letter: bytes) -> None:
    """It says that only signatures may follow, and one does."""
    from io import BytesIO

    from pyhanko.pdf_utils.reader import PdfFileReader

    with enrolled.signer(enrolled.identity("p256"), "B") as signer:
        first = sign(joint_letter, signer, field="first", claims=Claims(certify=True))
        both = sign(first, signer, field="second", claims=Claims())
    assert "/DocMDP" in PdfFileReader(BytesIO(both)).root["/Perms"]
    assert [level_of(both, "first"), level_of(both, "second")] == ["B", "B"]


def test_a_field_of_its_own(enrolled: Enrolled, letter: bytes) -> None:
    """A new field has no place on a page; one of the same name is refused."""
    with enrolled.signer(enrolled.identity("p256"), "B") as signer:
        signed = sign(letter, signer, field="added", claims=Claims(), new_field=True)
        assert level_of(signed, "added") == "B"
        with pytest.raises(RefusedError, match="has a signature field “Signature1” already"):
            sign(letter, signer, field="Signature1", claims=Claims(), new_field=True)
