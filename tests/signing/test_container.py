"""The bytes around a signature that pyHanko does not look at."""

from __future__ import annotations

import pytest

from lettergen.signing.container import leaves_out_only_itself, reaches_end

CONTENTS = b"\x30\x82\xab\x00"


@pytest.mark.parametrize(
    ("gap", "byte_range", "clean"),
    [
        (b"<3082ab00>", [0, 6, 16, 6], True),
        (b"<3082AB00>", [0, 6, 16, 6], True),
        (b"<3082aB00>", [0, 6, 16, 6], False),
        (b"<3082ab0000>", [0, 6, 18, 6], False),
        (b"<3082ab>", [0, 6, 14, 6], False),
        (b"<3082 ab00>", [0, 6, 17, 6], False),
        (b"(3082ab00)", [0, 6, 16, 6], False),
        (b" <3082ab00> ", [0, 6, 18, 6], False),
        (b"<3082ab00>", [1, 6, 16, 6], False),
        (b"<3082ab00>", [0, 6, 16, 7], False),
        (b"<3082ab00>", [0, 6, 16, 0], False),
        (b"<3082ab00>", [0, 6, 16], False),
        (b"<3082ab00>", [0, 6, 16, 6, 22, 0], False),
        (b"<3082ab00>", [0, -16, 16, 6], False),
        (b"", [0, 6, 6, 6], False),
    ],
)
def test_the_gap_holds_the_signature_and_nothing_else(gap: bytes, byte_range: list[int], *, clean: bool) -> None:
    """Brackets, digits of one case, offsets inside the file: all exactly, or the file is not believed."""
    assert leaves_out_only_itself(b"before" + gap + b"behind", byte_range, CONTENTS) is clean


@pytest.mark.parametrize(
    ("byte_range", "reached"),
    [([0, 6, 16, 6], True), ([0, 6, 16, 5], False), ([0, 6, 16, 7], False), ([0, 6, 16], False)],
)
def test_the_last_byte_of_the_file_is_signed(byte_range: list[int], *, reached: bool) -> None:
    """One byte behind the signed ones is one too many."""
    assert reaches_end(b"before<3082ab00>behind", byte_range) is reached
