"""Holds what the pinned requirements cover, and that they name nothing but releases and their hashes."""

from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from scripts.pretend_machine import REPOSITORY

if TYPE_CHECKING:
    from collections.abc import Iterable

FILES = {"run": "constraints.txt", "test": "constraints-test.txt"}
PYTHONS = ("3.11", "3.12", "3.13", "3.14")
SYSTEMS = (("linux", "x86_64"), ("linux", "aarch64"), ("darwin", "arm64"), ("darwin", "x86_64"))
HASH = re.compile(r"    --hash=sha256:[0-9a-f]{64}")


def entries(level: str) -> list[tuple[str, list[str]]]:
    """Each requirement of a file, with the lines of its hashes."""
    text = (REPOSITORY / FILES[level]).read_text(encoding="ascii")
    lines = [line for line in text.replace(" \\\n", "\n").splitlines() if not line.startswith("#")]
    starts = [index for index, line in enumerate(lines) if not line.startswith(" ")]
    return [
        (lines[start], lines[start + 1 : end]) for start, end in zip(starts, [*starts[1:], len(lines)], strict=True)
    ]


def pins(level: str, python: str, system: tuple[str, str]) -> dict[str, Requirement]:
    """What the file installs there, by name; a second pin of one name is a mistake."""
    there = {
        "python_version": python,
        "python_full_version": f"{python}.1",
        "sys_platform": system[0],
        "platform_machine": system[1],
        "platform_python_implementation": "CPython",
        "implementation_name": "cpython",
    }
    found: dict[str, Requirement] = {}
    for line, _ in entries(level):
        requirement = Requirement(line)
        if requirement.marker is None or requirement.marker.evaluate(there):
            name = canonicalize_name(requirement.name)
            assert name not in found
            found[name] = requirement
    return found


def floors(level: str) -> list[Requirement]:
    """What pyproject.toml asks for, and what its editable install is built with."""
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))
    asked: Iterable[str] = [*project["build-system"]["requires"], "editables", *project["project"]["dependencies"]]
    if level == "test":
        asked = [*asked, *project["dependency-groups"]["dev"]]
    return [Requirement(line) for line in asked]


@pytest.mark.parametrize("level", FILES)
def test_every_requirement_is_pinned_and_hashed(level: str) -> None:
    """Each is one release, with the hash of at least one file, and nothing else stands on its lines."""
    for line, hashes in entries(level):
        requirement = Requirement(line)
        assert [clause.operator for clause in requirement.specifier] == ["=="], line
        assert requirement.url is None, line
        assert hashes, line
        assert [text for text in hashes if not HASH.fullmatch(text)] == []


@pytest.mark.parametrize("level", FILES)
def test_no_address(level: str) -> None:
    """Where to get a file is no business of these: no address, no option, no host's name."""
    text = (REPOSITORY / FILES[level]).read_text(encoding="ascii")
    assert "://" not in text
    assert set(re.findall(r"--[a-z-]+", text)) == {"--hash"}
    assert re.findall(r"\b[a-z0-9-]+\.(?:org|com|net|io)\b", text) == []


@pytest.mark.parametrize("system", SYSTEMS, ids="-".join)
@pytest.mark.parametrize("python", PYTHONS)
@pytest.mark.parametrize("level", FILES)
def test_every_floor_is_covered(level: str, python: str, system: tuple[str, str]) -> None:
    """Everything asked for is pinned to a release that satisfies it, for each Python on each system."""
    pinned = pins(level, python, system)
    for floor in floors(level):
        pin = pinned[canonicalize_name(floor.name)]
        (clause,) = pin.specifier
        assert floor.specifier.contains(clause.version), f"{floor} against {pin}"


def test_levels_agree() -> None:
    """What lettergen runs with is what the tests run with, wherever it is installed, to the hash."""
    tested = {_pin(line): hashes for line, hashes in entries("test")}
    run = {_pin(line): hashes for line, hashes in entries("run")}
    assert {pin: tested.get(pin) for pin in run} == run


def _pin(line: str) -> str:
    # A library that runs on one system alone may serve the tests on all.
    requirement = Requirement(line)
    return f"{canonicalize_name(requirement.name)}{requirement.specifier}"
