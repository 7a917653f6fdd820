"""Review: what a letter said when it was read, what has changed since, and who decided what.

Nothing here knows a terminal: commands and the review screen show what this room finds, and ask it to decide.
"""
