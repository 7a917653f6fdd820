"""lettergen sign."""

import shlex
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from lettergen.cli._choices import chosen_level
from lettergen.cli._console import say, show_json
from lettergen.cli._options import AcceptLevel, Json, PassphraseFile, SignatureLevel
from lettergen.cli._passphrase import passphrase_source

if TYPE_CHECKING:
    from lettergen.compose.co_sign import CoSigned


def sign(
    files: Annotated[list[Path], typer.Argument(metavar="FILE", help="PDF files: letters, or others' documents.")],
    signatory: Annotated[
        str | None, typer.Option("--as", metavar="ID", help="For which signatory of the letter; or a field's name.")
    ] = None,
    identity: Annotated[
        str | None, typer.Option("--identity", metavar="NAME", help="Who signs; see lettergen identity list.")
    ] = None,
    level: SignatureLevel = None,
    accept_level: AcceptLevel = None,
    certify: Annotated[
        bool, typer.Option("--certify", help="Allow nothing but further signatures; a first signature only.")
    ] = False,
    reason: Annotated[
        str | None, typer.Option("--reason", metavar="TEXT", help="Why, in the signature's own words.")
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="PATH", help="Write there, and leave FILE as it is.")
    ] = None,
    passphrase_file: PassphraseFile = None,
    as_json: Json = False,
) -> None:
    """Add the next digital signature to a PDF; what was signed before stays valid.

    In a letter it goes into the field of a signatory. In others' documents, without --as, it goes into the only
    empty field, or into a new one that no page shows.
    """
    from lettergen.compose.co_sign import CoSigner, CoSigning

    asked = CoSigning(signatory, identity, chosen_level(level), chosen_level(accept_level), certify, reason)
    signed: list[CoSigned] = []
    try:
        with closing(CoSigner(asked, passphrase_source(passphrase_file))) as signer:
            for file in files:
                signed.append(signer.sign(file, _target(file, out, files)))
                if not as_json:
                    _show(signed[-1])
    finally:
        # What is signed is signed, whatever became of the next one.
        if as_json:
            show_json([_as_json(one) for one in signed])


def _target(file: Path, out: Path | None, files: list[Path]) -> Path | None:
    if out is None:
        return None
    if out.is_dir():
        return out / file.name
    if len(files) > 1:
        from lettergen.problems import UsageError

        raise UsageError(f"{out} is no folder, and there are several files to sign.", help="Make the folder first.")
    return out


def _show(one: "CoSigned") -> None:
    new = one.signatures[-1]
    say(f"signed     {one.file}, as “{new.name}”, level {new.level}")
    if one.below:
        say(f"{'':<11}{one.below}")
    if len(one.signatures) > 1:
        say(f"{'':<11}Signed before by: {', '.join(earlier.name for earlier in one.signatures[:-1])}.")
    say(f"Next: lettergen verify {shlex.quote(str(one.file))}")


def _as_json(one: "CoSigned") -> dict[str, object]:
    new = one.signatures[-1]
    return {
        "file": str(one.file),
        "field": new.field,
        "identity": one.identity.name,
        "level": new.level,
        "asked": new.asked,
        "below": one.below,
        "recorded": one.recorded,
        "signatures": [
            {"field": each.field, "name": each.name, "fingerprint": each.fingerprint} for each in one.signatures
        ],
    }
