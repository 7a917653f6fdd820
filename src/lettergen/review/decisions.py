"""What somebody decided about a letter, as one line of letters/<summit>/decisions.jsonl."""

from __future__ import annotations

import datetime as dt
import json
import re
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any, Literal, get_args

from lettergen.files import sha256
from lettergen.review.reviewer import written

if TYPE_CHECKING:
    from lettergen.review.reviewer import Reviewer

DECISIONS = "decisions.jsonl"
SCHEMA = 1
Kind = Literal["approve", "request-changes", "comment", "withdraw"]

_TIME = "%Y-%m-%dT%H:%M:%SZ"
_HASH = re.compile(r"[0-9a-f]{64}")
_SHORT = 8


@dataclass(frozen=True, slots=True)
class Quote:
    """A passage of a letter with what stands around it (the text quote selector of the W3C's annotation model)."""

    exact: str
    prefix: str
    suffix: str


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision about one letter.

    Attributes:
        decision: what was decided.
        letter: the letter's id.
        text: the hash of the text that was read (`Snapshot.hash`).
        by: who decided.
        role: one of the campaign's roles, or None.
        at: in UTC, to the second.
        words: what was said with it.
        quote: the passage that a comment is about; None for every other decision.
        withdraws: hash of the decision that this one takes back; None for every other decision.
        knew: hashes of the decisions that were the newest when this one was made, none of which knew another.
        hash: SHA-256 over all of the above, in the form of the line.
    """

    decision: Kind
    letter: str
    text: str
    by: Reviewer
    role: str | None
    at: dt.datetime
    words: str | None
    quote: Quote | None
    withdraws: str | None
    knew: tuple[str, ...] = ()
    hash: str = ""

    @property
    def short(self) -> str:
        """The beginning of the hash, which is what people call the decision."""
        return self.hash[:_SHORT]

    def knowing(self, knew: tuple[str, ...]) -> Decision:
        """Return this decision as it is recorded after others."""
        unsealed = replace(self, knew=tuple(sorted(knew)), hash="")
        return replace(unsealed, hash=_seal(unsealed.to_json()))

    def to_json(self) -> dict[str, Any]:
        """Return the values of the line."""
        return {
            "schema": SCHEMA,
            "decision": self.decision,
            "letter": self.letter,
            "text": self.text,
            "by": str(self.by),
            "role": self.role,
            "at": self.at.strftime(_TIME),
            "words": self.words,
            "quote": asdict(self.quote) if self.quote else None,
            "withdraws": self.withdraws,
            "knew": list(self.knew),
            "hash": self.hash,
        }

    def to_line(self) -> str:
        """Return the line, without its end."""
        return _canonical(self.to_json())


class UnreadableError(ValueError):
    """A line is not a decision. The message says why, as the end of a sentence."""


class AlteredError(ValueError):
    """A line is not what was written.

    Attributes:
        hash: the one that the line claims.
    """

    def __init__(self, claimed: str) -> None:
        super().__init__(claimed)
        self.hash = claimed


def from_line(line: str) -> Decision:
    """Return the decision of a line.

    Raises:
        UnreadableError: it is none, or one of a later lettergen.
        AlteredError: it is one, and not as it was written.
    """
    try:
        value = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise UnreadableError("it is cut off, or not one object of JSON") from error
    if not isinstance(value, dict) or not _is_hash(value.get("hash")):
        raise UnreadableError("it is not a decision")
    if value.get("schema") != SCHEMA:
        raise UnreadableError("it was written by another version of lettergen")
    claimed = value["hash"]
    if _seal(value) != claimed:
        raise AlteredError(claimed)
    try:
        line.encode()  # what stands for a broken byte is no text, whatever hash is written behind it
        decision = _decision(value)
    except (TypeError, ValueError, KeyError, AttributeError) as error:
        raise UnreadableError("it is not a decision") from error
    # Every character counts, spaces too: a line that reads in two ways (a key twice, say) is not what was written.
    if decision.to_line() != line:
        raise AlteredError(claimed)
    return decision


def _decision(value: dict[str, Any]) -> Decision:
    by = written(_text(value["by"]))
    kind, quote, withdraws = value["decision"], value["quote"], value["withdraws"]
    if by is None or kind not in get_args(Kind):
        raise ValueError(kind)
    if (quote is None) == (kind == "comment") or (withdraws is None) == (kind == "withdraw"):
        raise ValueError(kind)
    return Decision(
        decision=kind,
        letter=_text(value["letter"]),
        text=_hash(value["text"]),
        by=by,
        role=_optional(value["role"]),
        at=dt.datetime.fromisoformat(value["at"]),
        words=_optional(value["words"]),
        quote=None if quote is None else Quote(**{key: _text(part) for key, part in quote.items()}),
        withdraws=None if withdraws is None else _hash(withdraws),
        knew=tuple(_hash(known) for known in value["knew"]),
        hash=value["hash"],
    )


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value


def _optional(value: object) -> str | None:
    return None if value is None else _text(value)


def _hash(value: object) -> str:
    if not _is_hash(value):
        raise ValueError(value)
    return str(value)


def _is_hash(value: object) -> bool:
    return isinstance(value, str) and _HASH.fullmatch(value) is not None


def _seal(value: dict[str, Any]) -> str:
    """Return the hash that a line with these values carries."""
    return sha256(
        _canonical({key: part for key, part in value.items() if key != "hash"}).encode("utf-8", "surrogatepass")
    )


def _canonical(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
