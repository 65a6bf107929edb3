"""Declarations: what follows from a request and an answer."""

from dataclasses import FrozenInstanceError
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Annotated

import pytest
from marshmallow import EXCLUDE, ValidationError, missing

from services.chassis.contract import ABSENT, Absent, Answer, ListRequest, Named, Omittable, Page, Part, Request, Value
from services.chassis.contract_schemas import answer_schema, body_schema, request_schema
from services.chassis.fields import (
    ById,
    Choice,
    DayOrMoment,
    HeaderLine,
    Id,
    Items,
    LanguageTag,
    Line,
    Matching,
    Points,
    Several,
    WallClock,
    Whole,
    wrong_at,
)
from services.chassis.vocabulary import Vocabulary

shelf = Part("library", "shelf", "Books")


class Kind(Vocabulary):
    NOVEL = "novel", "소설", "Novel"
    ATLAS = "atlas", "지도책", "Atlas"


class Author(Value):
    name: Annotated[str, Line(max=50)]
    note: Annotated[str | None, Line(max=50)] = None


class Book(Answer):
    id: str
    kind: Kind
    printed_at: datetime
    author: str | None
    pages: int = 0


@shelf.command("POST /shelves/{shelf:shelf_id}/books", status=201)
class PutBook(Request[Book]):
    shelf_id: Id
    kind: Kind
    printed_on: date
    authors: Annotated[list[Author], Several(max=2)]
    pages: Annotated[int, Whole(1, 10)] = 3
    note: Annotated[str | Absent | None, Line(max=5)] = ABSENT


@shelf.query("GET /books")
class ListBooks(ListRequest[Page[Book]]):
    kind: Kind | None = None


@shelf.query("GET /loans")
class ListLoans(Request[None]):
    since: Annotated[date, Named("from")]
    until: Annotated[date | datetime, DayOrMoment(), Named("to", rpc="to")]

    def check(self) -> None:
        if self.until <= self.since:
            raise wrong_at("to", "This must be after the start.")


GIVEN = {"shelf_id": "a", "kind": "novel", "printed_on": "2020-03-01", "authors": [{"name": "김"}]}


def test_request_is_loaded_into_a_frozen_object_and_dumped_again():
    book = request_schema(PutBook)().load(GIVEN)
    assert book == PutBook(shelf_id="a", kind=Kind.NOVEL, printed_on=date(2020, 3, 1), authors=[Author(name="김")])
    assert (book.pages, book.note) == (3, ABSENT)
    dumped = {**GIVEN, "authors": [{"name": "김", "note": None}], "pages": 3}
    assert request_schema(PutBook)().dump(book) == dumped
    assert request_schema(PutBook)().load(dumped) == book
    with pytest.raises(FrozenInstanceError):
        book.pages = 4


def test_null_and_absence_differ_where_the_declaration_says_so():
    assert request_schema(PutBook)().load({**GIVEN, "note": None}).note is None
    with pytest.raises(ValidationError):
        request_schema(PutBook)().load({**GIVEN, "pages": None})


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"kind": "poem"}, "kind"),
        ({"pages": 11}, "pages"),
        ({"authors": [{"name": "김"}, {"name": "김"}]}, "authors"),
        ({"shelf_id": None}, "shelf_id"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_request_is_refused_by_field(wrong, field):
    with pytest.raises(ValidationError) as refused:
        request_schema(PutBook)().load({**GIVEN, **wrong})
    assert set(refused.value.messages) == {field}


def test_path_names_fields_and_the_body_has_the_others():
    assert PutBook.operation.in_path == {"shelf": "shelf_id"}
    assert "shelf_id" not in body_schema(PutBook)().fields
    assert (PutBook.operation.name, ListBooks.operation.name) == ("put_book", "list_books")
    assert answer_schema(ListBooks.operation.answer).__name__ == "BookPage"


def test_body_is_documented_without_what_absence_means():
    """A default of None is no more than absence, in a value of a request as in the request."""
    body = body_schema(PutBook)()
    author = body.fields["authors"].inner.schema
    assert {each.load_default for each in (body.fields["note"], author.fields["note"])} == {missing}
    assert body.fields["pages"].metadata["default"] == 3


def test_answer_of_a_neighbouring_version_is_understood():
    """It has a field more, and lacks a nullable one and one with a default. A time keeps its offset."""
    sent = {"id": "1", "kind": "atlas", "printed_at": "2020-03-01T09:00:00+09:00", "weight": 3}
    book = answer_schema(Page[Book])().load({"items": [sent], "next_cursor": None}, unknown=EXCLUDE).items[0]
    assert (book.kind, book.author, book.pages) == (Kind.ATLAS, None, 0)
    assert book.printed_at == datetime(2020, 3, 1, tzinfo=UTC)
    assert book.printed_at.utcoffset().seconds == 9 * 3600
    del sent["kind"]
    with pytest.raises(ValidationError):
        answer_schema(Book)().load(sent, unknown=EXCLUDE)


class Reader(Value):
    name: Annotated[str, Line(max=50)]
    favourite: Omittable[Kind] = None


class BookPage(Page[Book]):
    """Page of a list, under a name of its own."""


@shelf.command("POST /shelves")
class PutShelf(Request[BookPage]):
    reader: Reader
    kinds: Annotated[list[Kind], Items(max=2, min=1)]
    prices: Annotated[dict[str, Annotated[int, Whole(1, 9)]], ById(max=2)]
    height: Omittable[Annotated[int, Whole(1, 9)]] = None


SHELF = {"reader": {"name": "이하늘"}, "kinds": ["novel", "novel"], "prices": {"book-1": 3}}


def test_omittable_field_may_be_left_out_but_not_be_null():
    schema = request_schema(PutShelf)()
    loaded = schema.load(SHELF)
    assert (loaded.height, loaded.reader.favourite) == (None, None)
    assert schema.dump(loaded) == SHELF
    assert not body_schema(PutShelf)().fields["height"].allow_none
    for given in ({"height": None}, {"reader": {"name": "이하늘", "favourite": None}}):
        with pytest.raises(ValidationError):
            schema.load({**SHELF, **given})


@pytest.mark.parametrize(
    "given",
    [
        {"kinds": []},
        {"kinds": ["novel", "novel", "novel"]},
        {"kinds": ["poem"]},
        {"prices": {"book 1": 3}},
        {"prices": {"book-1": 10}},
        {"prices": {"a": 1, "b": 2, "c": 3}},
    ],
)
def test_items_and_values_by_id_are_bounded(given):
    with pytest.raises(ValidationError):
        request_schema(PutShelf)().load({**SHELF, **given})
    loaded = request_schema(PutShelf)().load(SHELF)
    assert (loaded.kinds, loaded.prices) == ([Kind.NOVEL, Kind.NOVEL], {"book-1": 3})


def test_operation_can_have_another_name_in_the_document():
    @shelf.query("GET /shelves", documented_as="list_all_shelves")
    class ListShelves(ListRequest[BookPage]):
        """List the shelves."""

    assert (ListShelves.operation.name, ListShelves.operation.documented_as) == ("list_shelves", "list_all_shelves")
    assert ListBooks.operation.documented_as == "list_books"


def test_page_has_a_name_of_its_own():
    page = answer_schema(BookPage)().load({"items": [], "next_cursor": None})
    assert (answer_schema(BookPage).__name__, page) == ("BookPage", BookPage(items=[], next_cursor=None))


def test_field_without_a_bound_is_refused():
    class Unbounded(Request[None]):
        name: str

    with pytest.raises(TypeError, match="bounds it"):
        request_schema(Unbounded)


def test_member_without_a_label_is_refused():
    with pytest.raises(TypeError, match="needs a label"):

        class Colour(Vocabulary):
            RED = "red"


def test_label_is_of_the_readers_language():
    assert (Kind.NOVEL.label("ko"), Kind.NOVEL.label("en")) == ("소설", "Novel")


@pytest.mark.parametrize("given", [82.55, "82.55", Decimal("82.55")])
def test_points_are_exact_and_travel_as_a_number(given):
    points = Points(0, 100).deserialize(given)
    assert points == Decimal("82.55")
    assert Points(0, 100).serialize("points", {"points": points}) == 82.55


@pytest.mark.parametrize("given", [-1, 100.01, 82.555, "1e1", "NaN", float("inf"), 1e999, True, "", [], "٣"])
def test_points_out_of_bounds_are_refused(given):
    with pytest.raises(ValidationError):
        Points(0, 100).deserialize(given)


def test_field_has_names_of_its_own_in_http_and_in_rpc():
    loans = request_schema(ListLoans)().load({"since": "2020-03-01", "to": "2020-03-02"})
    assert loans == ListLoans(since=date(2020, 3, 1), until=date(2020, 3, 2))
    assert request_schema(ListLoans)().dump(loans) == {"since": "2020-03-01", "to": "2020-03-02"}
    assert [each.data_key for each in body_schema(ListLoans)().fields.values()] == ["from", "to"]


def test_fields_are_checked_against_each_other():
    with pytest.raises(ValidationError) as refused:
        request_schema(ListLoans)().load({"since": "2020-03-01", "to": "2020-03-01"})
    assert refused.value.messages == {"to": ["This must be after the start."]}


class BookPage(Page[Book]):
    pass


@shelf.command()
class OpenShelf(Request[BookPage]):
    opening: Annotated[time, WallClock()]
    words: Annotated[dict[str, Annotated[str, Line(max=5)]], ById(max=1, keys=Line(max=2))]
    kind: Annotated[Kind, Choice((Kind.ATLAS,), listed=False)] = Kind.ATLAS


OPENED = {"opening": "09:00", "words": {"a": "b"}}


@pytest.mark.parametrize(
    "wrong",
    [
        {"words": {"a": "b", "c": "d"}},
        {"words": {"abc": "b"}},
        {"words": {"a": "abcdef"}},
        {"kind": "novel"},
        {"opening": "9:00"},
        {"opening": "24:00"},
    ],
)
def test_names_choices_and_times_of_day_are_bounded(wrong):
    shelf = request_schema(OpenShelf)().load(OPENED)
    assert shelf == OpenShelf(opening=time(9), words={"a": "b"})
    assert request_schema(OpenShelf)().dump(shelf) == {**OPENED, "kind": "atlas"}
    with pytest.raises(ValidationError) as refused:
        request_schema(OpenShelf)().load({**OPENED, **wrong})
    assert set(refused.value.messages) == set(wrong)


def test_page_may_have_a_name_of_its_own():
    fields = answer_schema(BookPage)().fields
    assert (answer_schema(BookPage).__name__, list(fields)) == ("BookPage", ["items", "next_cursor"])
    assert "enum" not in body_schema(OpenShelf)().fields["kind"].metadata


def test_line_has_its_form():
    code = Matching(r"^[a-z]+$", "Give small letters.", max=5)
    assert (code.deserialize("abc"), LanguageTag().deserialize("zh_CN")) == ("abc", "zh-CN")
    for given in ("ABC", "abc\n", "abcdef", " abc"):
        with pytest.raises(ValidationError):
            code.deserialize(given)
    with pytest.raises(ValidationError):
        HeaderLine(max=20).deserialize("two\u2028lines")
