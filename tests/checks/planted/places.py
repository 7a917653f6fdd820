"""What a planted mistake is, and the lines of the sample campaign that several of them replace."""

from __future__ import annotations

# What is wrong: code, file, the text that is replaced, what stands there instead, and the way out if it is told.
Mistake = tuple[str, str, str, str, str | None]

COUNCIL = 'office = "european-council-president"'
COMMISSION = 'office = "european-commission-president"'
PERIOD = "term = { start = 2024-12-01, end = 2027-05-31 }"
COLOUR = 'colour = "#7a1f2b"'
LEAD = 'demands_lead = "{{ recipient.reference }}, we ask you to use the summit for this:"'
MEDIA = 'id = "media"'
TEU = '[[source]]\nid = "teu-21"'
