"""Identities, signatures, and what can be said of a signed file. The only importer of pyHanko.

`identity` looks identities up and loads nothing heavy; `new_identity` makes and imports them; `passphrase` finds
the secret that opens a key; `sign` and `verify` do what they say.
"""
