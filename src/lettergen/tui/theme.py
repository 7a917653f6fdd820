"""The colours of the screen: a quiet dark, one accent, and a colour for each standing."""

from __future__ import annotations

from textual.theme import Theme

THEME = Theme(
    name="lettergen",
    primary="#8ab0d0",
    secondary="#6f8ea8",
    accent="#c39ac9",
    foreground="#dcdad3",
    background="#15181b",
    surface="#1b1f23",
    panel="#262c32",
    success="#93bf85",
    warning="#d8b26e",
    error="#e08c80",
    variables={
        "block-cursor-foreground": "#ffffff",
        "block-cursor-background": "#34495c",
        "block-cursor-text-style": "bold",
        "block-cursor-blurred-foreground": "#dcdad3",
        "block-cursor-blurred-background": "#272f37",
        "input-cursor-background": "#dcdad3",
        "input-selection-background": "#41607c",
        "scrollbar": "#3a434c",
        "scrollbar-hover": "#4d5964",
        "scrollbar-active": "#5f6d7a",
        "scrollbar-background": "#15181b",
        "scrollbar-background-hover": "#15181b",
        "scrollbar-background-active": "#15181b",
    },
)
