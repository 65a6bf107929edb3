"""Arguments that the gateway sends to a service."""

from datetime import date
from typing import Annotated

from services.chassis.contract import ABSENT, Absent, Part, Request
from services.chassis.fields import Id, Line, Several
from services.gateway.client import arguments_of

shelf = Part("library", "shelf", "Books")


@shelf.command()
class ChangeBook(Request[None]):
    book_id: Id
    printed_on: date | None = None
    tags: Annotated[list[Id], Several(max=3)]
    lent: bool = False
    note: Annotated[str | Absent | None, Line(max=5)] = ABSENT


def test_values_that_differ_from_their_defaults_are_sent():
    """So a service of the previous version does not meet the name of a new field that nobody has used."""
    assert arguments_of(ChangeBook(book_id="a", tags=[])) == {"book_id": "a", "tags": []}
    assert arguments_of(ChangeBook(book_id="a", tags=["b"], printed_on=date(2020, 3, 1), lent=True, note=None)) == {
        "book_id": "a",
        "tags": ["b"],
        "printed_on": "2020-03-01",
        "lent": True,
        "note": None,
    }
