"""Composing: the letters of a summit, made from its texts, written, verified and recorded."""

from __future__ import annotations

from lettergen.compose.request import Listener, Outcome, Report, Request
from lettergen.compose.run import compose

__all__ = ["Listener", "Outcome", "Report", "Request", "compose"]
