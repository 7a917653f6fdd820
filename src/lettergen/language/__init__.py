"""How a language writes: dates, lists, countries, quotation marks, spaces, and the fixed words."""

from lettergen.language.catalogues import Catalogue, catalogue
from lettergen.language.countries import country_name
from lettergen.language.dates import long_date, partial_date, place_and_date
from lettergen.language.hyphens import with_soft_hyphens
from lettergen.language.lists import list_in_words
from lettergen.language.order import in_order
from lettergen.language.typography import characters, typographic
from lettergen.language.writing import direction

__all__ = [
    "Catalogue",
    "catalogue",
    "characters",
    "country_name",
    "direction",
    "in_order",
    "list_in_words",
    "long_date",
    "partial_date",
    "place_and_date",
    "typographic",
    "with_soft_hyphens",
]
