"""Who joins late or withdraws: the letter is another one, and its approvals lapse."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lettergen.review.deciding import approve
from lettergen.review.redline import redline
from lettergen.review.review import load_review
from lettergen.review.titles import title
from review.office import ANN, SUMMIT, voice

if TYPE_CHECKING:
    from workspace.sample import Sample

FOLDER = f"letters/{SUMMIT}/signatories"
CONSENT = 'consent = { date = 2025-03-20, by = "Director", how = "e-mail" }\n'


def join(sample: Sample, name: str, keys: str = "") -> None:
    """Write the file of a co-signatory, whose id is its name, too."""
    (sample.root / FOLDER).mkdir(exist_ok=True)
    (sample.root / FOLDER / f"{name}.toml").write_text(f'name = "{name}"\n{keys}{CONSENT}', "utf-8")


def standing(sample: Sample) -> str:
    """Return how the first letter stands."""
    return load_review(sample.root, SUMMIT).states()[0].standing


def test_approvals_lapse(sample: Sample) -> None:
    """With each organisation that joins or withdraws, named or not; they hold again for the text they were for."""
    join(sample, "agora")
    review = load_review(sample.root, SUMMIT)
    approve(review, tuple(review.snapshots), voice(ANN))
    assert standing(sample) == "approved"
    join(sample, "late")
    assert standing(sample) == "lapsed"
    join(sample, "late", "withdrawn = 2025-03-30\n")
    assert standing(sample) == "approved"
    join(sample, "quiet", 'display = "withheld"\n')
    assert standing(sample) == "lapsed"
    (sample.root / FOLDER / "quiet.toml").unlink()
    join(sample, "agora", "withdrawn = 2025-03-30\n")
    assert standing(sample) == "lapsed"


def test_what_changed_is_told(sample: Sample) -> None:
    """A late joiner is one block more, under its own name, and no other block is another one."""
    join(sample, "agora")
    join(sample, "zebra")
    join(sample, "quiet", 'display = "withheld"\n')
    (before, *_) = load_review(sample.root, SUMMIT).snapshots.values()
    join(sample, "bridge", 'country = "KZ"\n')
    join(sample, "quieter", 'display = "withheld"\n')
    (after, *_) = load_review(sample.root, SUMMIT).snapshots.values()
    changes = [change for change in redline(before.blocks, after.blocks) if change.status != "same"]
    assert [(title(c.kind, c.id, c.labels[1] or ""), c.status, c.after) for c in changes] == [
        ("Co-signatory “bridge”", "added", "bridge, Kazakhstan"),
        (
            "Co-signatories not named",
            "changed",
            "and 2 organisations whose names are withheld for their safety",
        ),
    ]


def test_a_number_is_a_name(sample: Sample) -> None:
    """An organisation whose id is a number is the same one under another name, as any other is."""
    join(sample, "19")
    join(sample, "350")
    (before, *_) = load_review(sample.root, SUMMIT).snapshots.values()
    file = sample.root / FOLDER / "350.toml"
    file.write_text(file.read_text("utf-8").replace('"350"', '"Altogether different words"'), "utf-8")
    (after, *_) = load_review(sample.root, SUMMIT).snapshots.values()
    changes = [change for change in redline(before.blocks, after.blocks) if change.status != "same"]
    assert [(title(c.kind, c.id, ""), c.status) for c in changes] == [("Co-signatory “350”", "changed")]
