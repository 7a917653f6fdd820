"""The process behind `services`: an authority with OCSP, CRLs and a time-stamp server, on a port of this computer.

    python authority.py FOLDER

FOLDER holds a key per certificate, LABEL.key.pem. The first line on stdout is the address. Each request is a line
in FOLDER/requests. A POST to /revoke/LABEL revokes a certificate from this moment on.
"""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from certomancer.integrations.animator import Animator, AnimatorArchStore
from certomancer.registry import CertomancerConfig
from werkzeug.serving import WSGIRequestHandler, make_server
from werkzeug.wrappers import Request, Response

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

ARCHITECTURE = "test"
ALWAYS = {"valid-from": "2020-01-01T00:00:00+0000", "valid-to": "2100-01-01T00:00:00+0000"}
LONG_AGO = {"valid-from": "2020-01-01T00:00:00+0000", "valid-to": "2021-01-01T00:00:00+0000"}
NAMES = {
    "root": "Test Root",
    "authority": "Test Authority",
    "ocsp": "Test OCSP",
    "root-ocsp": "Test Root OCSP",
    "tsa": "Test Time-Stamps",
    "rsa": "Rights Watchers",
    "p256": "Rights Watchers P-256",
    "second": "Partner Organisation",
    "revoked": "Revoked Watchers",
    "recalled": "Recalled Watchers",
    "expired": "Expired Watchers",
    "wrong-usage": "Wrong Usage",
}
PEOPLE = ("rsa", "p256", "second", "revoked", "recalled", "expired", "wrong-usage")
"""To whom the authority issues certificates to sign with, good and bad ones."""


def configuration(address: str, folder: str, revoked: dict[str, str]) -> dict[str, Any]:
    """Return the authority as certomancer describes one."""
    certificates = {
        "root": _certificate("root", "root", _ca()),
        "authority": _certificate("authority", "root", [*_ca(), _crl("root"), _ocsp("root-ocsp")]),
        "root-ocsp": _certificate("root-ocsp", "root", _service("ocsp_signing")),
        "ocsp": _certificate("ocsp", "authority", _service("ocsp_signing")),
        "tsa": _certificate("tsa", "authority", [*_service("time_stamping", no_check=False), _crl("authority")]),
        **{label: _person(label, revoked.get(label)) for label in PEOPLE},
    }
    return {
        "external-url-prefix": address,
        "keysets": {
            "keys": {"path-prefix": folder, "keys": {label: {"path": f"{label}.key.pem"} for label in NAMES}}
        },
        "pki-architectures": {
            ARCHITECTURE: {
                "keyset": "keys",
                "entity-defaults": {"country-name": "BE", "organization-name": "Test Organisation"},
                "entities": {label: {"common-name": name} for label, name in NAMES.items()},
                "certs": certificates,
                "services": {
                    "ocsp": {
                        "ocsp": {"for-issuer": "authority", "responder-cert": "ocsp", "signing-key": "ocsp"},
                        "root-ocsp": {
                            "for-issuer": "root",
                            "responder-cert": "root-ocsp",
                            "signing-key": "root-ocsp",
                        },
                    },
                    "crl-repo": {
                        issuer: {"for-issuer": issuer, "signing-key": issuer, "simulated-update-schedule": "P1D"}
                        for issuer in ("root", "authority")
                    },
                    "time-stamping": {"tsa": {"signing-key": "tsa", "signing-cert": "tsa"}},
                },
            }
        },
    }


def _certificate(
    label: str, issuer: str, extensions: list[dict[str, Any]], validity: dict[str, str] = ALWAYS
) -> dict[str, Any]:
    return {
        "subject": label,
        "subject-key": label,
        "issuer": issuer,
        "authority-key": issuer,
        "validity": validity,
        "extensions": extensions,
    }


def _person(label: str, revoked_since: str | None) -> dict[str, Any]:
    usage = "key_agreement" if label == "wrong-usage" else "digital_signature"
    validity = LONG_AGO if label == "expired" else ALWAYS
    extensions = [_usage(usage, *(["non_repudiation"] if usage == "digital_signature" else []))]
    certificate = _certificate(label, "authority", [*extensions, _ocsp("ocsp"), _crl("authority")], validity)
    if label == "revoked":
        revoked_since = "2024-12-01T00:00:00+0000"
    if revoked_since:
        certificate["revocation"] = {"revoked-since": revoked_since, "reason": "key_compromise"}
    return certificate


def _ca() -> list[dict[str, Any]]:
    return [
        {"id": "basic_constraints", "critical": True, "value": {"ca": True}},
        _usage("digital_signature", "key_cert_sign", "crl_sign"),
    ]


def _service(purpose: str, *, no_check: bool = True) -> list[dict[str, Any]]:
    extensions: list[dict[str, Any]] = [
        _usage("digital_signature"),
        {"id": "extended_key_usage", "critical": True, "value": [purpose]},
    ]
    if no_check:
        extensions.append({"id": "ocsp_no_check"})
    return extensions


def _usage(*allowed: str) -> dict[str, Any]:
    return {
        "id": "key_usage",
        "critical": True,
        "smart-value": {"schema": "key-usage", "params": list(allowed)},
    }


def _ocsp(responder: str) -> dict[str, Any]:
    return {
        "id": "authority_information_access",
        "smart-value": {"schema": "aia-urls", "params": {"ocsp-responder-names": [responder]}},
    }


def _crl(repository: str) -> dict[str, Any]:
    return {
        "id": "crl_distribution_points",
        "smart-value": {"schema": "crl-dist-url", "params": {"crl-repo-names": [repository]}},
    }


class _Authority:
    """The application that the server calls."""

    def __init__(self, address: str, folder: Path) -> None:
        self._address, self._folder = address, folder
        self._revoked: dict[str, str] = {}
        self._read()

    def _read(self) -> None:
        value = configuration(self._address, str(self._folder), self._revoked)
        config = CertomancerConfig(value, key_search_dir=str(self._folder))
        self._animator = Animator(AnimatorArchStore(config.pki_archs))

    def __call__(self, environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        request = Request(environ)
        with (self._folder / "requests").open("a", encoding="utf-8") as log:
            log.write(f"{request.method} {request.path}\n")
        if request.path.startswith("/revoke/"):
            self._revoked[request.path.rpartition("/")[2]] = dt.datetime.now(dt.UTC).strftime(
                "%Y-%m-%dT%H:%M:%S+0000"
            )
            self._read()
            return Response("revoked")(environ, start)
        answer: Iterable[bytes] = self._animator(environ, start)
        return answer


class _Quiet(WSGIRequestHandler):
    def log(self, *_: object) -> None:
        """Say nothing."""


def main() -> None:
    """Serve until somebody ends it."""
    folder = Path(sys.argv[1])
    server = make_server("127.0.0.1", 0, lambda *_: [], threaded=True, request_handler=_Quiet)
    address = f"http://127.0.0.1:{server.server_port}"
    server.app = _Authority(address, folder)
    print(address, flush=True)  # noqa: T201 - whoever started this reads it
    server.serve_forever()


if __name__ == "__main__":
    main()
