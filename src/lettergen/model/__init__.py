"""The nouns: what people write (recipient, campaign, edition, letterhead) and what one recipient gets (letter).

Everything is frozen. Unknown keys are refused, so that a mistyped key is a finding and never a silent default.
The description of every key stands on its field; the editors' JSON Schemas are generated from here.
"""

from __future__ import annotations

from lettergen.model.campaign import (
    Campaign,
    Concern,
    Demand,
    Letterhead,
    LetterHeader,
    ReviewRules,
    Signatory,
    SigningRules,
    Source,
    Summit,
)
from lettergen.model.co_signatory import Consent, CoSignatory, Words
from lettergen.model.edition import (
    EditionConcern,
    EditionDemand,
    EditionHead,
    EditionHeader,
    EditionSignatory,
    EditionSummit,
    Review,
)
from lettergen.model.forms import OwnForms, OwnLevel, OwnOffice
from lettergen.model.letter import Ask, CoSigner, CoSigners, Letter, Note, Passage, SignatureBlock
from lettergen.model.recipient import FormOverrides, NameForms, Recipient, Term
from lettergen.model.values import (
    Colour,
    Date,
    Email,
    Flag,
    Formality,
    Gender,
    Id,
    Language,
    Layout,
    Level,
    Line,
    Order,
    Prose,
    Record,
    Sending,
    SourceDate,
    Theme,
    WebAddress,
)
from lettergen.model.words import Listed

__all__ = [
    "Ask",
    "Campaign",
    "CoSignatory",
    "CoSigner",
    "CoSigners",
    "Colour",
    "Concern",
    "Consent",
    "Date",
    "Demand",
    "EditionConcern",
    "EditionDemand",
    "EditionHead",
    "EditionHeader",
    "EditionSignatory",
    "EditionSummit",
    "Email",
    "Flag",
    "FormOverrides",
    "Formality",
    "Gender",
    "Id",
    "Language",
    "Layout",
    "Letter",
    "LetterHeader",
    "Letterhead",
    "Level",
    "Line",
    "Listed",
    "NameForms",
    "Note",
    "Order",
    "OwnForms",
    "OwnLevel",
    "OwnOffice",
    "Passage",
    "Prose",
    "Recipient",
    "Record",
    "Review",
    "ReviewRules",
    "Sending",
    "Signatory",
    "SignatureBlock",
    "SigningRules",
    "Source",
    "SourceDate",
    "Summit",
    "Term",
    "Theme",
    "WebAddress",
    "Words",
]
