"""lettergen identity list|show|new|import|token."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from lettergen.cli._console import say, show_json
from lettergen.cli._help import Command, Group
from lettergen.cli._passphrase import passphrase_source

if TYPE_CHECKING:
    from lettergen.signing.identity import Identity

app = typer.Typer(cls=Group, help="The keys that sign letters on this computer.", no_args_is_help=True)

_Json = Annotated[bool, typer.Option("--json", help="As JSON on stdout.")]
_Name = Annotated[str, typer.Argument(metavar="NAME")]
_PassphraseFile = Annotated[
    Path | None, typer.Option("--passphrase-file", metavar="FILE", help="The passphrase, on the file's first line.")
]


@app.command("list", cls=Command)
def list_(as_json: _Json = False) -> None:
    """List the identities."""
    from lettergen.signing.identity import list_identities

    identities = list_identities()
    if as_json:
        show_json([identity.to_json() for identity in identities])
        return
    for identity in identities:
        certificate = identity.certificate
        issuer = "self-issued" if certificate.self_issued else f"issued by {certificate.issuer}"
        issuer += ", on a token" if identity.token else ""
        say(f"{identity.name:<20} {certificate.signer}, {issuer}, until {certificate.not_after:%Y-%m-%d}")
    if not identities:
        say("There is none yet. The first signed letter makes one, or: lettergen identity new, identity import.")


@app.command(cls=Command)
def show(name: _Name, as_json: _Json = False) -> None:
    """Show one identity: whom it names, who issued it, until when, and its fingerprint."""
    from lettergen.signing.identity import load
    from lettergen.signing.sentences import readable_fingerprint

    identity = load(name)
    if as_json:
        show_json(identity.to_json())
        return
    certificate = identity.certificate
    say(
        f"Name          {identity.name}",
        f"Signs as      {certificate.signer}",
        f"Issued by     {'itself' if certificate.self_issued else certificate.issuer}",
        f"Valid         {certificate.not_before:%Y-%m-%d} to {certificate.not_after:%Y-%m-%d}",
        f"Key           {certificate.key_type}, {_kept(identity)}",
        f"Fingerprint   {readable_fingerprint(certificate.fingerprint)}",
        f"Kept in       {identity.folder}",
    )


@app.command(cls=Command)
def new(
    name: _Name,
    organisation: Annotated[
        str, typer.Option("--organisation", metavar="NAME", help="Whom the certificate names.")
    ],
    passphrase_file: _PassphraseFile = None,
    passphrase: Annotated[
        bool, typer.Option("--passphrase", help="Protect the key with a passphrase, which is then asked for.")
    ] = False,
) -> None:
    """Make a self-issued identity."""
    from lettergen.signing.new_identity import new as make
    from lettergen.signing.sentences import what_a_self_issued_signature_proves

    wanted = passphrase or passphrase_file is not None
    secret = passphrase_source(passphrase_file, chosen_now=True).find(name) if wanted else None
    identity = make(name, organisation, secret)
    say(*what_a_self_issued_signature_proves(identity))


@app.command("import", cls=Command)
def import_(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="PKCS#12 (.p12, .pfx), or a key in PEM.")],
    name: Annotated[str, typer.Option("--name", metavar="NAME", help="What to call it on this computer.")],
    certificate: Annotated[
        list[Path] | None,
        typer.Option(
            "--certificate", metavar="FILE", help="For a key in PEM: its certificate, then those above it."
        ),
    ] = None,
    passphrase_file: _PassphraseFile = None,
) -> None:
    """Take over an identity that an authority issued."""
    from lettergen.signing.new_identity import import_pem, import_pkcs12

    source = passphrase_source(passphrase_file)
    identity = import_pem(file, certificate, name, source) if certificate else import_pkcs12(file, name, source)
    facts = identity.certificate
    say(f"Imported “{name}”, which signs as “{facts.signer}” until {facts.not_after:%Y-%m-%d}.")


@app.command(cls=Command)
def token(
    name: _Name,
    library: Annotated[
        Path,
        typer.Option("--library", metavar="FILE", help="PKCS#11 library of the token's maker, or OpenSC's."),
    ],
    label: Annotated[str, typer.Option("--token", metavar="LABEL", help="The token's label.")],
    key: Annotated[
        str | None, typer.Option("--key", metavar="LABEL", help="The key's label; the token's when left out.")
    ] = None,
    certificate: Annotated[
        list[Path] | None,
        typer.Option("--certificate", metavar="FILE", help="Certificates in PEM that the token does not hold."),
    ] = None,
    pin_file: Annotated[
        Path | None, typer.Option("--pin-file", metavar="FILE", help="The PIN, on the file's first line.")
    ] = None,
) -> None:
    """Sign with a key that stays in a token or smart card."""
    from lettergen.signing.certificate import certificates_in
    from lettergen.signing.identity import Token
    from lettergen.signing.token import add_token

    found = [one for file in certificate or () for one in certificates_in(_read(file), where=str(file))]
    where = Token(library.resolve(), label, key or label)
    facts = add_token(name, where, found, passphrase_source(pin_file)).certificate
    say(f"“{name}” signs as “{facts.signer}” until {facts.not_after:%Y-%m-%d}, with the token “{label}”.")


def _read(file: Path) -> bytes:
    from lettergen.problems import FileError

    try:
        return file.read_bytes()
    except OSError as error:
        raise FileError(f"{file} cannot be read: {error.strerror or error}.") from error


def _kept(identity: "Identity") -> str:
    if identity.token is not None:
        return f"on the token “{identity.token.label}”, with a PIN"
    return "with a passphrase" if identity.encrypted else "without a passphrase"
