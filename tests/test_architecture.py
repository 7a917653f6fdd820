"""Holds that rooms keep to their walls, that none below the command line prints, that modules say what they are."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parents[1]
PACKAGE = REPOSITORY / "src" / "lettergen"
MODULES = sorted(PACKAGE.rglob("*.py"))


def _named(module: Path) -> str:
    return module.relative_to(PACKAGE).as_posix()


def test_imports() -> None:
    """The contracts of pyproject.toml hold: imports run downward, and heavy libraries have one room each."""
    lint = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True))"
    result = subprocess.run(
        [sys.executable, "-c", lint],
        check=False,
        cwd=REPOSITORY,
        capture_output=True,
        encoding="utf-8",
        timeout=120,
    )
    assert result.returncode == 0, result.stdout


@pytest.mark.parametrize("module", MODULES, ids=_named)
def test_modules(module: Path) -> None:
    """A module says what it is for; below the command line it neither prints nor writes to a stream."""
    tree = ast.parse(module.read_text("utf-8"))
    assert ast.get_docstring(tree)
    if module.parent.name != "cli":
        assert [ast.unparse(node) for node in ast.walk(tree) if _speaks(node)] == []


def _speaks(node: ast.AST) -> bool:
    called = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in {"print", "input"}
    return called or (isinstance(node, ast.Attribute) and ast.unparse(node) in {"sys.stdout", "sys.stderr"})
