"""Holds that no decision is lost in a merge, and that none can be removed or rewritten unseen."""

from __future__ import annotations

import json
import threading
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lettergen.problems import RefusedError, UsageError
from lettergen.review.decisions import Decision, Quote
from lettergen.review.history import SET_ASIDE, History
from lettergen.review.recording import record
from review.office import ANN, BO, FILE, SUMMIT, Office, decided

if TYPE_CHECKING:
    import random
    from collections.abc import Callable, Sequence

FIRST = decided(ANN, words="Read.")
SECOND = decided(BO, knew=[FIRST], minutes=1, words="Read, too.")
THIRD = decided(ANN, "request-changes", knew=[SECOND], minutes=2, words="The figure is old.")
ALL = (FIRST, SECOND, THIRD)
OF_ONES_OWN = {
    "log.showRoot": "false",
    "log.showSignature": "true",
    "color.ui": "always",
    "core.pager": "false",
    "diff.external": "false",
    "diff.noprefix": "true",
}
QUOTE = Quote("the words", "before", "after")


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """Return a folder without decisions and without git."""
    folder = tmp_path / "office"
    folder.mkdir()
    return Office(folder)


def rewritten(decision: Decision, words: str) -> str:
    """Return a decision's line with other words and the old hash."""
    return decision.to_line().replace(json.dumps(decision.words), json.dumps(words))


def sealed_anew(decision: Decision, words: str) -> Decision:
    """Return a decision with other words and a hash that fits them."""
    return replace(decision, words=words).knowing(decision.knew)


# ---- What is read ------------------------------------------------------------------------------------------------


def test_nothing(office: Office) -> None:
    """Without a file there are no decisions, and nothing is wrong."""
    assert office.history() == History((), ())


def test_three(office: Office) -> None:
    """Decisions are read in their order; the last is the one that nobody knew."""
    office.write(*ALL)
    assert office.history() == History(ALL, ())
    assert office.history().tips == (THIRD.hash,)


def test_order_of_lines(office: Office) -> None:
    """Parents come first and then time, wherever the lines stand; empty lines and duplicates are harmless."""
    early = decided(BO, knew=[SECOND], minutes=-9)
    office.write(THIRD, "", early, FIRST, SECOND, FIRST, THIRD)
    assert office.history() == History((FIRST, SECOND, early, THIRD), ())


def test_line_ends_of_windows(office: Office) -> None:
    """Lines that git ends as Windows does are the same decisions."""
    office.write(*ALL)
    office.file.write_bytes(office.file.read_bytes().replace(b"\n", b"\r\n"))
    assert office.history() == History(ALL, ())


def test_withdrawn(office: Office) -> None:
    """A withdrawal counts when it is the author's own."""
    mine, other = (
        decided(ANN, "withdraw", knew=[THIRD], withdraws=FIRST),
        decided(ANN, "withdraw", withdraws=SECOND),
    )
    office.write(*ALL, mine, other)
    assert office.history().withdrawn == {FIRST.hash}


def test_find(office: Office) -> None:
    """The beginning of a hash names a decision, if it is long enough and of one alone."""
    office.write(*ALL)
    history = office.history()
    assert history.find(SECOND.short) == SECOND
    assert history.find(SECOND.hash.upper()) == SECOND
    with pytest.raises(UsageError, match="too short"):
        history.find(SECOND.hash[:3])
    with pytest.raises(UsageError, match="No decision"):
        history.find("0" * 64)


# ---- What is found -----------------------------------------------------------------------------------------------


def test_removed_in_the_middle(office: Office) -> None:
    """A removed line is known by the next one."""
    office.write(FIRST, THIRD)
    assert office.found() == [("LG702", f"{FILE}:2")]
    assert office.history().decisions == (FIRST, THIRD)


def test_rewritten(office: Office) -> None:
    """A line with other words has not the hash that it claims; that is one finding, though a later line knew it."""
    office.write(FIRST, rewritten(SECOND, "Never read."), THIRD)
    assert office.found() == [("LG701", f"{FILE}:2")]
    assert office.history().decisions == (FIRST, THIRD)


def test_rewritten_with_a_new_hash(office: Office) -> None:
    """A line that was sealed anew is another one; the old one is known by a later line."""
    office.write(FIRST, sealed_anew(SECOND, "Never read."), THIRD)
    assert office.found() == [("LG702", f"{FILE}:3")]


def test_torn(office: Office) -> None:
    """The half of a line that a killed run left is told, with how to mend it; the rest is read."""
    office.write(FIRST, SECOND)
    with office.file.open("a", encoding="utf-8") as file:
        file.write(THIRD.to_line()[:99])
    (problem,) = office.history().problems
    assert (problem.code, str(problem.where)) == ("LG703", f"{FILE}:3")
    assert (
        problem.help
        == "A run was killed while it wrote; delete this line, and decide again what it should have said."
    )
    assert office.history().decisions == (FIRST, SECOND)
    office.write(*office.lines[:2])
    assert not office.history().is_damaged


def test_not_utf_8(office: Office) -> None:
    """A line that is not UTF-8 cannot be read, and no other line suffers."""
    office.write(FIRST)
    office.file.write_bytes(office.file.read_bytes() + b"caf\xe9\n" + SECOND.to_line().encode() + b"\n")
    assert office.found() == [("LG703", f"{FILE}:2")]
    assert office.history().decisions == (FIRST, SECOND)


@pytest.mark.parametrize(
    ("marks", "places"),
    [
        (("<<<<<<< HEAD", "=======", ">>>>>>> branch"), [2]),
        (("<<<<<<< HEAD", "||||||| base", ">>>>>>> branch"), [2]),
        (("", "=======", ">>>>>>> branch"), [4]),
        (("", "", ">>>>>>> branch"), [6]),
    ],
)
def test_marks_of_a_conflict(office: Office, marks: tuple[str, str, str], places: list[int]) -> None:
    """The marks of a merge are one finding for each conflict; all that stands between them is read."""
    here, between, there = marks
    other = decided(BO, knew=[FIRST], minutes=5)
    office.write(FIRST, here, SECOND, between, other, there)
    assert office.found() == [("LG704", f"{FILE}:{place}") for place in places]
    assert office.history().decisions == (FIRST, SECOND, other)


def test_set_aside(office: Office) -> None:
    """A file that nothing mends is renamed, and one begins anew; everybody is told that, and it stops nothing."""
    office.write(FIRST, THIRD)
    office.file.rename(office.file.with_name(SET_ASIDE))
    office.write(decided(BO))
    history = office.history()
    assert [(problem.code, problem.severity) for problem in history.problems] == [("LG706", "warning")]
    assert (history.decisions, history.is_damaged) == ((decided(BO),), False)


@pytest.mark.parametrize(
    "spoilt",
    [
        lambda line: line.replace(b"Read, too.", b"Read, \xff\xfe."),
        lambda line: line.replace(b"Read, too.", b"Read, \\ud800."),
        lambda line: line.replace(b"{", b"{\xed\xa0\x80", 1),
        lambda line: line[:-40] + b"\x00" * 20 + line[-20:],
    ],
)
def test_bytes_that_are_no_text(office: Office, spoilt: Callable[[bytes], bytes]) -> None:
    """A line of broken bytes, or of half a character, is one finding at its place; the others are read."""
    office.write(FIRST, SECOND, THIRD)
    first, second, third = office.file.read_bytes().splitlines()
    office.file.write_bytes(b"\n".join((first, spoilt(second), third)) + b"\n")
    history = office.history()
    assert f"{FILE}:2" in {str(problem.where) for problem in history.problems}
    assert all(problem.code in {"LG701", "LG702", "LG703"} for problem in history.problems)
    assert {FIRST, THIRD} <= set(history.decisions)
    assert history.is_damaged


def test_git_that_does_not_read(office: Office, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """What git would know and does not tell is a warning with the way out; the decisions of the file count."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    office.write(FIRST)
    office.start()
    assert office.found() == []
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")  # git's own way to try this
    [problem] = office.history().problems
    assert (problem.code, problem.severity, str(problem.where)) == ("LG707", "warning", FILE)
    assert problem.message.endswith("was not compared: the folder belongs to somebody else.")
    assert problem.help == f"If you trust who owns it: git config --global --add safe.directory {office.root}"
    assert (office.history().decisions, office.history().is_damaged) == ((FIRST,), False)
    (office.root / ".git" / "HEAD").write_text("nonsense", "utf-8")
    monkeypatch.delenv("GIT_TEST_ASSUME_DIFFERENT_OWNER")
    [problem] = office.history().problems
    assert (problem.code, problem.help) == ("LG707", "git status tells more.")


def test_damage_stops_deciding(office: Office) -> None:
    """Nothing is decided on top of a damaged file, and the refusal says what to do."""
    office.write(FIRST, THIRD)
    before = office.file.read_bytes()
    with pytest.raises(RefusedError) as refused:
        record(office.root, SUMMIT, [decided(BO)], [])
    assert str(refused.value).startswith(f"The decisions are damaged: {FILE}:2: ")
    assert SET_ASIDE in (refused.value.help or "")
    assert office.file.read_bytes() == before


# ---- Recording ---------------------------------------------------------------------------------------------------


def test_record(office: Office) -> None:
    """Decisions of one command are a chain behind the tips; git is told to keep both sides of a merge."""
    office.write(FIRST, SECOND, decided(ANN, knew=[FIRST], minutes=5))
    tips = office.history().tips
    one, two = record(
        office.root, SUMMIT, [decided(letter="a.en", minutes=9), decided(letter="b.en", minutes=9)], []
    )
    assert one.knew == tuple(sorted(tips))
    assert two.knew == (one.hash,)
    assert office.lines[3:] == [one.to_line(), two.to_line()]
    assert office.history().tips == (two.hash,)
    assert (office.file.parent / ".gitattributes").read_text("utf-8") == "decisions.jsonl merge=union\n"


def test_attributes_of_ones_own(office: Office) -> None:
    """What somebody wrote into .gitattributes stays, and the line is added once."""
    office.write()
    attributes = office.file.parent / ".gitattributes"
    attributes.write_text("*.toml text", "utf-8")
    for minutes in range(2):
        record(office.root, SUMMIT, [decided(minutes=minutes)], [])
    assert attributes.read_text("utf-8") == "*.toml text\ndecisions.jsonl merge=union\n"


def test_two_at_once(office: Office) -> None:
    """People who decide at the same time both have their line, and nothing is torn."""
    office.write(FIRST)
    together = threading.Barrier(8)

    def decide(number: int) -> None:
        together.wait()
        record(office.root, SUMMIT, [decided(letter=f"{number}.en", words="x" * 5000)], [])

    threads = [threading.Thread(target=decide, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    history = office.history()
    assert sorted(decision.letter for decision in history.decisions) == [*(f"{n}.en" for n in range(8)), "costa.en"]
    assert history.problems == ()


# ---- git ---------------------------------------------------------------------------------------------------------


def branches(office: Office, *, attributes: bool = True) -> None:
    """Make two branches, on each of which somebody decides; stand on the first, main."""
    record(office.root, SUMMIT, [FIRST], [])
    if not attributes:
        (office.file.parent / ".gitattributes").unlink()
    office.start()
    office.git("switch", "-q", "-c", "other")
    office.write(*office.lines, decided(BO, knew=[FIRST], minutes=2))
    office.write(
        *office.lines, decided(BO, "comment", knew=[office.history().decisions[-1]], minutes=3, quote=QUOTE)
    )
    office.commit("Bo")
    office.git("switch", "-q", "main")
    office.write(*office.lines, SECOND)
    office.commit("Ann")


def test_merge(office: Office) -> None:
    """Two branches that each add decisions merge without a conflict, and every line is there."""
    branches(office)
    office.git("merge", "-q", "--no-edit", "other")
    merged = office.history()
    assert len(merged.decisions) == 4
    assert merged.problems == ()
    assert len(merged.tips) == 2
    office.git("reset", "-q", "--hard", "HEAD^2")
    office.git("merge", "-q", "--no-edit", "main@{1}")
    assert office.history() == merged


def test_rebase(office: Office) -> None:
    """The same holds when one branch is rebased onto the other."""
    branches(office)
    office.git("rebase", "-q", "other")
    assert len(office.history().decisions) == 4
    assert office.history().problems == ()


def test_merge_without_attributes(office: Office) -> None:
    """Where git was not told, its marks are found, and the decisions of both sides are read."""
    branches(office, attributes=False)
    office.git("merge", "-q", "--no-edit", "other", check=False)
    assert office.found() == [("LG704", f"{FILE}:2")]
    assert len(office.history().decisions) == 4
    office.write(*(line for line in office.lines if line.startswith("{")))
    office.commit("merged")
    assert office.history().problems == ()


def test_removed_at_the_end(office: Office) -> None:
    """A removed last line, which no other line knew, is known to git; the finding says what it was."""
    office.write(*ALL)
    office.start()
    office.write(FIRST, SECOND)
    (problem,) = office.history().problems
    assert problem.code == "LG702"
    assert problem.message == (
        f"The decision {THIRD.short} was removed or rewritten: "
        "request-changes of costa.en by Ann Example <ann@example.org> on 2025-03-30."
    )
    assert problem.help == f"Bring its line back; git has it: git log -p -S {THIRD.short} -- {FILE}"
    office.commit("silence")
    assert office.found() == [("LG702", FILE)]
    assert THIRD.to_line() in office.git("log", "-p", "-S", THIRD.short, "--", FILE)


def test_sealed_anew_at_the_end(office: Office) -> None:
    """A last line that was sealed anew with other words is found, for git knows the old one."""
    office.write(*ALL)
    office.start()
    office.write(FIRST, SECOND, sealed_anew(THIRD, "All is well."))
    office.commit("silence")
    assert office.found() == [("LG702", FILE)]


def test_file_removed(office: Office) -> None:
    """A file that is gone as a whole is not silence either."""
    office.write(*ALL)
    office.start()
    office.file.unlink()
    office.commit("silence")
    assert [code for code, _ in office.found()] == ["LG702"] * 3


def test_removed_in_a_merge(office: Office) -> None:
    """A line that was there only in a branch, and that the merge left out, is known."""
    branches(office)
    kept = office.lines
    office.git("merge", "-q", "--no-commit", "other")
    office.write(*kept)
    office.commit("merged")
    assert [code for code, _ in office.found()] == ["LG702"] * 2


def test_added_and_removed_again(office: Office) -> None:
    """A line that was there between two commits alone is known as well, whatever git shows people."""
    office.write(FIRST)
    office.start()
    office.write(FIRST, SECOND)
    office.commit("in")
    office.write(FIRST)
    office.commit("out")
    for key, value in OF_ONES_OWN.items():
        office.git("config", key, value)
    (office.root / ".gitattributes").write_text("*.jsonl -diff\n", "utf-8")
    assert office.found() == [("LG702", FILE)]
    office.write()
    assert [code for code, _ in office.found()] == ["LG702"] * 2


def test_added_and_removed_on_a_branch(office: Office) -> None:
    """A line that came and went on a branch is known once that is merged, though the merge changed nothing."""
    office.write(FIRST)
    office.start()
    office.git("switch", "-q", "-c", "other")
    office.write(FIRST, SECOND)
    office.commit("in")
    office.write(FIRST)
    office.commit("out")
    office.git("switch", "-q", "main")
    office.git("merge", "-q", "--no-ff", "--no-edit", "other")
    assert office.found() == [("LG702", FILE)]


def test_other_branch(office: Office) -> None:
    """What was decided on a branch that is not merged is not missing."""
    branches(office)
    assert office.history().problems == ()


def test_squash(office: Office) -> None:
    """Branches that are squashed keep their lines, so nothing is missing."""
    branches(office)
    office.git("merge", "-q", "--squash", "other")
    office.commit("squashed")
    assert len(office.history().decisions) == 4
    assert office.history().problems == ()


def test_mending(office: Office) -> None:
    """With the line back from git all is well."""
    office.write(*ALL)
    office.start()
    office.write(FIRST, rewritten(SECOND, "x"), THIRD)
    assert office.found() == [("LG701", f"{FILE}:2")]
    assert "git has it" in (office.history().problems[0].help or "")
    office.git("checkout", "-q", "--", FILE)
    assert office.history() == History(ALL, ())


# ---- Any history -------------------------------------------------------------------------------------------------


@st.composite
def histories(draw: st.DrawFn) -> tuple[Decision, ...]:
    """Return decisions made on branches that were merged in any way."""
    branches: list[set[Decision]] = [set() for _ in range(draw(st.integers(1, 3)))]
    for minutes in range(draw(st.integers(1, 12))):
        branch = draw(st.sampled_from(branches))
        branch |= draw(st.sampled_from(branches))
        known = {parent for decision in branch for parent in decision.knew}
        tips = [decision for decision in branch if decision.hash not in known]
        late = draw(st.integers(-3, 3))  # clocks differ
        branch.add(decided(draw(st.sampled_from([ANN, BO])), knew=tips, minutes=minutes + late, words=f"{minutes}"))
    return tuple(sorted(set().union(*branches), key=lambda decision: decision.hash))


def read(*lines: Decision | str) -> History:
    """Return what is read of these lines."""
    with TemporaryDirectory() as folder:
        office = Office(Path(folder))
        office.write(*lines)
        return office.history()


def tips_of(decisions: Sequence[Decision]) -> set[str]:
    """Return the hashes that none of the decisions knew."""
    return {d.hash for d in decisions} - {parent for d in decisions for parent in d.knew}


@given(histories(), st.randoms(use_true_random=False))
def test_any_order(decisions: tuple[Decision, ...], chance: random.Random) -> None:
    """However the lines stand, and how often, the history is the same, with parents first."""
    shuffled = [*decisions, *chance.sample(decisions, len(decisions) // 2)]
    chance.shuffle(shuffled)
    history = read(*shuffled)
    assert history == read(*decisions)
    assert history.problems == ()
    assert set(history.decisions) == set(decisions)
    places = {decision.hash: place for place, decision in enumerate(history.decisions)}
    assert all(places[parent] < places[d.hash] for d in decisions for parent in d.knew)


@given(histories())
def test_any_removed(decisions: tuple[Decision, ...]) -> None:
    """Any line that another knew is missed when it is gone, or was sealed anew; the tips are not."""
    tips = tips_of(decisions)
    for gone in decisions:
        rest = [decision for decision in decisions if decision != gone]
        for lines in (rest, [*rest, sealed_anew(gone, "other words")]):
            codes = {problem.code for problem in read(*lines).problems}
            assert codes == (set() if gone.hash in tips else {"LG702"})


@given(histories(), st.data())
def test_any_changed(decisions: tuple[Decision, ...], data: st.DataObject) -> None:
    """Any character that is changed in any line is found."""
    changed = data.draw(st.sampled_from(decisions))
    line = changed.to_line()
    place = data.draw(st.integers(0, len(line) - 1))
    other = data.draw(st.sampled_from([c for c in 'a0":,}{ ' if c != line[place]]))
    lines = [d.to_line() if d != changed else f"{line[:place]}{other}{line[place + 1 :]}" for d in decisions]
    assert read(*lines).is_damaged


@settings(max_examples=12, deadline=None)
@given(histories(), st.data())
def test_any_committed(decisions: tuple[Decision, ...], data: st.DataObject) -> None:
    """With git, every committed line is missed, tip or not."""
    gone = data.draw(st.sampled_from(decisions))
    with TemporaryDirectory() as folder:
        office = Office(Path(folder))
        office.write(*decisions)
        office.start()
        office.write(*(decision for decision in decisions if decision != gone))
        assert {problem.code for problem in office.history().problems} == {"LG702"}
