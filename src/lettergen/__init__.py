"""Advocacy letters: one folder of plain text in; addressed, accessible, signed PDFs out."""

__version__ = "0.1.0"
