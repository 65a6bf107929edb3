"""Documents on paper: PDF pages with Korean type embedded, for contracts and certificates.

`sheet` gives an A4 document in the centre's type; its text reads back. What stands on it is the
service's business. Source of the type: fonts/, SIL Open Font License beside it.
"""

from __future__ import annotations

from datetime import datetime
from importlib.resources import as_file, files

from fpdf import FPDF

REGULAR, BOLD = "NanumGothic.ttf", "NanumGothicBold.ttf"
FAMILY = "Nanum"
MARGIN = 25.0
"""Millimetres."""


def sheet(title: str, *, author: str, language: str, made_at: datetime) -> FPDF:
    """An A4 document with its first page, in 11 points. made_at stands in its properties: the same is made the same."""
    document = FPDF(format="A4")
    document.set_margin(MARGIN)
    document.set_title(title)
    document.set_author(author)
    document.set_lang(language)
    document.set_creation_date(made_at)
    for style, name in (("", REGULAR), ("B", BOLD)):
        with as_file(files("services.centre").joinpath("fonts", name)) as path:
            document.add_font(FAMILY, style, path)
    document.set_font(FAMILY, size=11)
    document.add_page()
    return document
