"""What the set-up scripts say, and what they ask package managers, pip, and venv for."""

from __future__ import annotations

RUN_PACKAGES = ("python3", "python3-venv", "libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0")
TEST_PACKAGES = (
    "poppler-utils",
    "qpdf",
    "mupdf-tools",
    "openssl",
    "softhsm2",
    "default-jre-headless",
    "shellcheck",
    "git",
)
BARE_REASONS = (
    "python3-venv (keeps its Python packages apart), libpango-1.0-0 (sets text), libpangoft2-1.0-0 (finds fonts), "
    "libharfbuzz-subset0 (embeds fonts)"
)

APT = "-qq -o DPkg::Lock::Timeout=300 -o Dpkg::Use-Pty=0"
PIP = "python -m pip install --quiet --disable-pip-version-check --no-input"
VENV_CALLS = ["python3 -m venv M/checkout/.venv"]
PIP_CALLS = [
    f"{PIP} --require-hashes --only-binary :all: -r M/checkout/constraints.txt",
    f"{PIP} --no-index --no-deps --no-build-isolation --editable M/checkout",
]
UPDATE_CALLS = ["python -m pip --version", *PIP_CALLS]
MAKING = (
    "lettergen: making .venv with the Python packages needed to run lettergen (once, about a minute).\n"
    "pip on standard output\n"
)
BRINGING = "lettergen: bringing .venv to the Python packages needed to run lettergen.\npip on standard output\n"


def for_test(calls: list[str]) -> list[str]:
    """The same calls at the level of the tests."""
    return [call.replace("constraints.txt", "constraints-test.txt") for call in calls]


def install_calls(*packages: str) -> list[str]:
    """How apt-get is asked for packages that its lists know."""
    asked = f"install --no-install-recommends --no-remove {' '.join(packages)}"
    return [f"apt-get -qq --simulate {asked} []", f"apt-get {APT} {asked} [noninteractive]"]
