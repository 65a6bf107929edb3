"""Routes that follow from a contract: names of fields, and views that do more than forward."""

from datetime import date
from typing import Annotated

import pytest

from services.chassis.contract import Answer, Named, Part, Request
from services.chassis.errors import Invalid
from services.chassis.fields import Id
from services.gateway.api.derived import Names, Written, blueprint_of
from services.gateway.api.operations import Text

shelf = Part("library", "shelf", "Books")


@shelf.command("POST /shelves/{shelf:shelf_id}/loans")
class LendBook(Request[None]):
    shelf_id: Id
    since: Annotated[date, Named("from")]
    reader: Id


NAMES = Names.of(LendBook.operation)


def test_names_are_translated_to_rpc_and_back():
    assert NAMES.in_rpc({"from": "2020-03-01", "reader": "a"}) == {"since": "2020-03-01", "reader": "a"}
    assert NAMES.in_http({"since": ["late"], "reader": ["unknown"]}) == {"from": ["late"], "reader": ["unknown"]}


@pytest.mark.parametrize("name", ["shelf_id", "since"])
def test_name_that_only_rpc_knows_is_refused(name):
    """Else a body could name another thing than its path does."""
    with pytest.raises(Invalid) as refused:
        NAMES.in_rpc({"reader": "a", name: "b"})
    assert list(refused.value.errors) == [name]


class Label(Answer):
    text: str


@shelf.query("GET /shelves/{shelf:shelf_id}/label")
class GetLabel(Request[Label]):
    """Read the label of a shelf."""

    shelf_id: Id


@shelf.query()
class CountBooks(Request[Label]):
    """Operation without a route."""


def test_written_view_takes_the_place_of_the_forward():
    plain = Text("text/plain")
    blueprint = blueprint_of(shelf, {GetLabel: Written(lambda shelf: f"label of {shelf}", answer=plain)})
    lend, label = blueprint.operations
    assert (lend.rule, label.rule) == ("/shelves/<id:shelf>/loans", "/shelves/<id:shelf>/label")
    assert (label.answer, label.view(shelf="a")) == (plain, "label of a")
    assert (label.view.__name__, label.view.__doc__) == ("get_label", "Read the label of a shelf.")
