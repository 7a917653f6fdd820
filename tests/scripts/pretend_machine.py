"""A machine made of stand-ins, for the set-up scripts: nothing they start there is real but the basic tools.

The checkout holds the real scripts beside small stand-ins for what they read. PATH is one folder. The package
managers in it "install" by making the files that a package is known for, Python "installs" by making the programs;
whether real package managers do as asked, no test in this folder can say. macOS, above all, is only pretended here.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]

BASIC_TOOLS = ("awk", "cat", "cksum", "dirname", "env", "mkdir", "mv", "readlink", "rm", "sed")

# What is looked for, by the package that brings it.
DEBIAN_PACKAGES = {
    "python3": "bin/python3",
    "python3-venv": "packages/ensurepip",
    "libpango-1.0-0": "lib/libpango-1.0.so.0",
    "libpangoft2-1.0-0": "lib/libpangoft2-1.0.so.0",
    "libharfbuzz-subset0": "lib/libharfbuzz-subset.so.0",
    "poppler-utils": "bin/pdfsig",
    "qpdf": "bin/qpdf",
    "mupdf-tools": "bin/mutool",
    "openssl": "bin/openssl",
    "softhsm2": "bin/softhsm2-util",
    "default-jre-headless": "bin/java",
    "shellcheck": "bin/shellcheck",
    "git": "bin/git",
}
FORMULAE = {
    "python@3.14": "bin/python3.14",
    "pango": "lib/libpango-1.0.dylib",
}

# For what the stand-ins themselves do.
REAL_TOOLS = 'real() { PATH=/usr/bin:/bin "$@"; }'

# Shared by the two package managers: makes what the packages named as arguments are known for.
INSTALL = """
    for argument; do
        case $argument in
            @cases@
            *) continue ;;
        esac
        case $file in
            bin/python3*) real cp "$M/python" "$M/$file" ;;
            bin/*) : >"$M/$file"; real chmod +x "$M/$file" ;;
            *) : >"$M/$file" ;;
        esac
    done
"""

APT_GET = """
    printf '%s\\n' "apt-get $* [${DEBIAN_FRONTEND-}]" >>"$M/calls"
    real cat >/dev/null
    case " $* " in
        *' --simulate '*) [ -e "$M/lists" ] || exit 100; exit 0 ;;
        *' update '*) : >"$M/lists"; real rm -f "$M/outdated"; exit 0 ;;
    esac
    [ -e "$M/lists" ] && [ ! -e "$M/outdated" ] && [ ! -e "$M/refused" ] || {
        echo 'E: apt says why' >&2
        exit 100
    }
    echo 'apt-get on standard output'
"""

BREW = """
    printf '%s\\n' "brew $*" >>"$M/calls"
    [ "$1" = install ] || { echo "$M"; exit 0; }
    echo 'brew on standard output'
    for argument; do real mkdir -p "$M/opt/$argument"; done
"""

SUDO = 'printf "%s\\n" "sudo" >>"$M/calls"; exec "$@"'
LDCONFIG = """
    for file in "$M"/lib/*.so.0; do
        [ ! -e "$file" ] || echo "	${file##*/} (libc6,x86-64) => $file"
    done
"""

# The real Python answers the scripts' questions, as if it had this version and stood in this place. In .venv the
# stand-in also runs "installed" programs, which are shell scripts there.
PRETEND = """
import sys
sys.executable, _, code = sys.argv[1:4]
sys.argv[1:4] = []
sys.version_info = (3, @minor@, 0)
exec(code)
"""
PYTHON = """
    case $1 in
        -c)
            case $2 in
                *ensurepip*) [ -e "$M/packages/ensurepip" ] ;;
                *) exec "@real_python@" -c '@pretend@' "$0" "$@" ;;
            esac
            ;;
        -m)
            printf '%s\\n' "${0##*/} $*" >>"$M/calls"
            real cat >/dev/null
            case "$*" in
                '-m venv '*) real mkdir -p "$3/bin" && real cp "$0" "$3/bin/python" ;;
                *' --require-hashes '*)
                    echo 'pip on standard output'
                    [ ! -e "$M/slow" ] || real sleep 0.5
                    [ ! -e "$M/killed" ] || kill -9 0
                    [ ! -e "$M/refused-hash" ] || { echo 'ERROR: pip says why' >&2; exit 1; }
                    ;;
                *' --editable '*) real cp "$M"/programs/* "${0%/python}" ;;
            esac
            ;;
        *) exec /bin/sh "$@" ;;
    esac
"""

LETTERGEN = 'echo "lettergen in $PWD, given $*"; echo "and on input: $(cat)"'
SHOW_ENVIRONMENT = 'printf "%s\\n" "${DYLD_FALLBACK_LIBRARY_PATH-}" "${JAVA_HOME-}" "$PATH"'
TEST_TOOL = 'printf "%s\\n" "@name@ $*"; [ ! -e "$M/fails-@name@" ]'


@dataclass(frozen=True)
class Outcome:
    """How a script ended."""

    status: int
    out: str
    err: str


class PretendMachine:
    """One folder with a checkout, a PATH, and a record of what was called."""

    def __init__(self, folder: Path, shell: tuple[str, ...]) -> None:
        """`shell` is the command that runs the scripts."""
        self.folder = folder
        self.shell = shell
        self.checkout = folder / "checkout"
        for name in ("bin", "lib", "packages", "programs", "home", "checkout/.ci"):
            (folder / name).mkdir(parents=True)
        shutil.copytree(REPOSITORY / "script", self.checkout / "script")
        shutil.copy(REPOSITORY / ".ci" / "run", self.checkout / ".ci" / "run")
        for name in ("pyproject.toml", "constraints.txt", "constraints-test.txt"):
            (self.checkout / name).write_text(f"# {name}\n", encoding="utf-8")
        for name in BASIC_TOOLS:
            self._stand_in(f"bin/{name}", f'echo {name} >>"$M/started"; exec {_path_of(name)} "$@"')
        self.python_minor(11)
        self._stand_in("programs/lettergen", LETTERGEN)
        for name in ("ruff", "mypy", "lint-imports", "pytest"):
            self._stand_in(f"programs/{name}", TEST_TOOL.replace("@name@", name))
        self.user(0)

    # --- what the machine is ---

    def python_minor(self, minor: int) -> None:
        """The version of Python that packages bring, and that `has` gives: 3.`minor`."""
        body = PYTHON.replace("@real_python@", sys.executable).replace("@pretend@", PRETEND)
        body = body.replace("@minor@", str(minor))
        self._stand_in("python", body)

    def user(self, number: int) -> None:
        """Who runs the scripts: 0 is root."""
        self._stand_in("bin/id", f"echo {number}")

    def debian(self, *packages: str) -> None:
        """A Debian with these packages already there."""
        self._stand_in("bin/uname", "echo Linux")
        self._stand_in("bin/apt-get", APT_GET + _install(DEBIAN_PACKAGES))
        self._stand_in("bin/ldconfig", LDCONFIG)
        for package in packages:
            self._bring(DEBIAN_PACKAGES[package])

    def other_linux(self, package_manager: str | None, *packages: str) -> None:
        """A Linux without apt, with what these Debian packages would bring."""
        self._stand_in("bin/uname", "echo Linux")
        self._stand_in("bin/ldconfig", LDCONFIG)
        if package_manager:
            self._stand_in(f"bin/{package_manager}", f'echo {package_manager} >>"$M/calls"')
        for package in packages:
            self._bring(DEBIAN_PACKAGES[package])

    def macos(self, *, homebrew: bool = True) -> None:
        """A Mac without Python, and without Homebrew if so asked."""
        self._stand_in("bin/uname", "echo Darwin")
        self.state("packages/ensurepip")
        if homebrew:
            self._stand_in("bin/brew", BREW + _install(FORMULAE))

    def sudo(self) -> None:
        """Lets the user become root."""
        self._stand_in("bin/sudo", SUDO)

    def state(self, name: str) -> None:
        """Puts a mark that a stand-in looks for: `lists`, `outdated`, `refused`, `slow`, `killed`, `fails-mypy`."""
        (self.folder / name).touch()

    def unstate(self, name: str) -> None:
        """Takes a mark, or a file of a package, away."""
        (self.folder / name).unlink()

    def show_environment(self) -> None:
        """From the next installation on, the programs print what they were started with instead."""
        for name in ("lettergen", "ruff", "mypy", "lint-imports", "pytest"):
            self._stand_in(f"programs/{name}", SHOW_ENVIRONMENT)

    # --- what happens on it ---

    def run(self, script: str, *arguments: str, folder: Path | None = None) -> Outcome:
        """Runs a script of the checkout to its end, with `typed` on its input."""
        process = self.start(script, *arguments, folder=folder)
        out, err = process.communicate("typed", timeout=60)
        return Outcome(process.returncode, self.plain(out), self.plain(err))

    def start(self, script: str, *arguments: str, folder: Path | None = None) -> subprocess.Popen[str]:
        """Starts a script of the checkout in a process group of its own."""
        return subprocess.Popen(
            [_path_of(self.shell[0]), *self.shell[1:], str(self.checkout / script), *arguments],
            cwd=folder or self.folder,
            env={"PATH": str(self.folder / "bin"), "HOME": str(self.folder / "home")},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )

    def calls(self) -> list[str]:
        """What package managers, sudo and Python were asked since the last look."""
        return self._take("calls")

    def started(self) -> list[str]:
        """The basic tools started since the last look."""
        return self._take("started")

    def plain(self, text: str) -> str:
        """The text with the machine's folder written as M."""
        return text.replace(str(self.folder), "M")

    def _take(self, name: str) -> list[str]:
        file = self.folder / name
        lines = self.plain(file.read_text(encoding="utf-8")).splitlines() if file.exists() else []
        file.unlink(missing_ok=True)
        return lines

    def _bring(self, file: str) -> None:
        if file.startswith("bin/python"):
            shutil.copy(self.folder / "python", self.folder / file)
        elif file.startswith("bin/"):
            self._stand_in(file, ":")
        else:
            self.state(file)

    def _stand_in(self, file: str, body: str) -> None:
        path = self.folder / file
        path.write_text(f"#!/bin/sh\nM='{self.folder}'\n{REAL_TOOLS}\n{body}\n", encoding="utf-8")
        path.chmod(0o755)


def _install(packages: dict[str, str]) -> str:
    cases = "\n".join(f"{name}) file={file} ;;" for name, file in packages.items())
    return INSTALL.replace("@cases@", cases)


def _path_of(tool: str) -> str:
    path = shutil.which(tool)
    assert path, f"{tool} is not on this machine"
    return path
