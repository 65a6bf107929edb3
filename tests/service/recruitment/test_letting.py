"""Offers, contracts and the waiting list by RPC: scenarios 27 and 28, and what happens around them."""

import base64
from io import BytesIO

import pytest
from pypdf import PdfReader
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from services.chassis.errors import Forbidden, NotFound
from services.recruitment.models import Application, Invoice, Offer, Submission, Tenancy
from tests.people import AUDITOR, RESIDENT, STAFF
from tests.service.recruitment.counting import queries_of
from tests.service.recruitment.letting import (
    Selection,
    code_of,
    dead_letters,
    refusal_of,
    told,
    with_results,
)
from tests.service.recruitment.selecting import NOTICE, OFFICES, acting, applicant, moment

NINTH_OF_MAY = "2020-05-09T00:00:00+09:00"
FIRST_OF_JUNE = "2020-06-01T09:00:00+09:00"


def let(bench_of, count: int, **more):
    return with_results(bench_of("recruitment", now=NOTICE), count, **more)


def units_of(selection) -> dict[int, str]:
    """Which unit each applicant is offered or has."""
    live = ("offered", "accepted", "signed")
    return {number: each["unit_id"] for number, each in selection.offers().items() if each["status"] in live}


def test_units_are_offered_by_rank_and_preference(bench_of):
    wants = {1: ["office-3"], 2: ["office-3", "office-1"], 3: ["office-3"]}
    said = {number: {"preferences": each} for number, each in wants.items()}
    selection = let(bench_of, 4, said=said, unit_ids=OFFICES[:3])
    assert units_of(selection) == {1: "office-3", 2: "office-1", 4: "office-2"}
    offer = selection.as_(applicant(1), "list_offers")["items"][0]
    assert (offer["status"], offer["expires_at"]) == ("offered", "2020-05-09T00:00:00+09:00")
    made = told(selection.bench, "offer_made")
    assert [(each["rank"], each["unit_id"], each["person_id"]) for each in made] == [
        (1, "office-3", "applicant-1"),
        (2, "office-1", "applicant-2"),
        (4, "office-2", "applicant-4"),
    ]


def test_declined_unit_goes_to_the_first_on_the_waiting_list_once(bench_of):
    """Scenario 27."""
    said = {9: {"preferences": ["office-8", "office-3"]}, 10: {"preferences": ["office-3"]}}
    selection = let(bench_of, 10, said=said)
    third = units_of(selection)[3]
    assert third == "office-3"
    assert selection.decline(3)["status"] == "declined"
    assert units_of(selection)[9] == "office-3"
    assert 10 not in units_of(selection)
    assert selection.decline(9)["status"] == "declined"
    assert units_of(selection)[10] == "office-3"
    # nobody is asked twice
    assert [code_of(selection.accept, number) for number in (3, 9)] == ["illegal_transition"] * 2
    assert told(selection.bench, "recall_proposed") == []
    selection.decline(10)
    assert [each["unit_id"] for each in told(selection.bench, "recall_proposed")] == ["office-3"]


def test_what_is_not_signed_by_8_may_expires_and_the_next_is_offered_it(bench_of):
    """Scenario 27: not answered, and accepted but not signed."""
    said = {4: {"preferences": ["office-3", "office-2"]}}
    selection = let(bench_of, 4, said=said, unit_ids=OFFICES[:3])
    selection.sign(1)
    tenancy_id = selection.accept(3)["tenancy_id"]
    selection.bench.move_clock(moment("2020-05-08T23:59:59+09:00"))
    assert units_of(selection) == {1: "office-1", 2: "office-2", 3: "office-3"}
    selection.bench.move_clock(moment(NINTH_OF_MAY))
    assert {number: each["status"] for number, each in selection.offers().items()} == {
        1: "signed",
        2: "expired",
        3: "expired",
        4: "offered",
    }
    assert units_of(selection)[4] == "office-3"
    assert selection.offers()[4]["expires_at"] == "2020-05-20T00:00:00+09:00"
    assert [each["rank"] for each in told(selection.bench, "offer_expired")] == [2, 3]
    refused = [("offer_expired", {"expired_at": "2020-05-09 00:00"})]
    assert refusal_of(selection.as_, applicant(3), "sign_tenancy", tenancy_id=tenancy_id) == refused
    assert refusal_of(selection.accept, 2) == refused
    assert selection.staff("get_tenancy", tenancy_id=tenancy_id)["status"] == "lapsed"


def test_withdrawal_frees_the_unit_until_the_contract_is_signed(bench_of):
    selection = let(bench_of, 3, unit_ids=OFFICES[:2])
    selection.sign(1)
    for number in (1, 2):
        selection.as_(applicant(number), "withdraw_application", application_id=selection.ids[number])
    selection.bench.settle()
    assert {number: each["status"] for number, each in selection.offers().items()} == {
        1: "signed",
        2: "withdrawn",
        3: "offered",
    }
    assert code_of(selection.accept, 2) == "illegal_transition"
    assert dead_letters(selection.bench) == []


def test_who_withdraws_between_the_ranking_and_the_results_is_offered_and_told_nothing(bench_of):
    selection = Selection(bench_of("recruitment", now=NOTICE), 2, unit_ids=OFFICES[:1])
    for number in (1, 2):
        selection.score(number, *(95 - number,) * 3)
    selection.rank()
    selection.as_(applicant(1), "withdraw_application", application_id=selection.ids[1])
    selection.publish()
    assert units_of(selection) == {2: "office-1"}
    assert [each["person_id"] for each in told(selection.bench, "results_published")] == ["applicant-2"]


@pytest.mark.parametrize(
    ("legal_type", "rent"), [("preliminary_social_enterprise", 1_000_000), ("cooperative", 5_000_000)]
)
def test_rent_is_by_legal_type(bench_of, legal_type, rent):
    """Scenario 28: the value is 100 million won."""
    selection = let(bench_of, 1, said={1: {"legal_type": legal_type}}, unit_ids=["office-1"])
    tenancy = selection.sign(1)
    assert (tenancy["rent"], tenancy["deposit"], tenancy["status"]) == (rent, 1_000_000, "signed")
    assert (tenancy["starts_on"], tenancy["ends_on"]) == ("2020-06-01", "2021-05-31")


def test_legal_type_that_staff_found_decides_the_rent(bench_of):
    selection = let(bench_of, 1, unit_ids=["office-1"])

    def found(session):
        session.execute(text("""UPDATE applications SET facts = '{"legal_type": "social_cooperative"}'"""))

    selection.bench.database("recruitment").transaction(found)
    assert selection.sign(1)["rent"] == 1_000_000


def is_embedded(font) -> bool:
    """The type is in the file, so that it looks the same everywhere."""
    (real,) = font.get_object()["/DescendantFonts"]
    return "/FontFile2" in real.get_object()["/FontDescriptor"].get_object()


def test_contract_is_a_pdf_in_korean_that_says_whether_it_is_signed(bench_of):
    selection = let(bench_of, 1, unit_ids=["office-1"])
    tenancy_id = selection.accept(1)["tenancy_id"]

    def read():
        contract = selection.as_(applicant(1), "get_contract", tenancy_id=tenancy_id)
        assert contract["name"] == "contract-2020-1-office-1-1.pdf"
        paper = PdfReader(BytesIO(base64.b64decode(contract["content"])))
        assert all(is_embedded(font) for page in paper.pages for font in page["/Resources"]["/Font"].values())
        return "\n".join(page.extract_text() for page in paper.pages)

    assert "서명 전 계약서입니다." in read()
    selection.as_(applicant(1), "sign_tenancy", tenancy_id=tenancy_id)
    signed = read()
    for line in (
        "협동조합 1 (협동조합)",
        "2020년 6월 1일부터 2021년 5월 31일까지",
        "5,000,000원",
        "사무실 1",
        "서명: 신청인 1",
    ):
        assert line in signed
    again = [selection.staff("get_contract", tenancy_id=tenancy_id)["content"] for _ in range(2)]
    assert again[0] == again[1]
    for stranger in (applicant(2), RESIDENT):
        with pytest.raises(NotFound):
            selection.as_(stranger, "get_contract", tenancy_id=tenancy_id)


def test_tenancy_starts_on_the_day_of_moving_in_and_is_told(bench_of):
    selection = let(bench_of, 2, unit_ids=OFFICES[:2])
    tenancy = selection.sign(1)
    selection.accept(2)
    assert told(selection.bench, "tenancy_started") == []
    selection.bench.move_clock(moment(FIRST_OF_JUNE))
    (started,) = told(selection.bench, "tenancy_started")
    assert (started["tenancy_id"], started["organisation_id"], started["person_id"], started["starts_on"]) == (
        tenancy["id"],
        "org-1",
        "applicant-1",
        "2020-06-01",
    )
    shown = selection.staff("get_tenancy", tenancy_id=tenancy["id"])
    assert (shown["status"], shown["invoices"]) == (
        "active",
        [{"month": "2020-06", "amount": 99_000, "issued_at": FIRST_OF_JUNE}],
    )


def test_occupancy_map_is_public_and_shows_no_offers(bench_of):
    selection = let(bench_of, 2, unit_ids=OFFICES[:2])
    selection.sign(1)
    selection.accept(2)
    for who, occupants in ((RESIDENT, ["협동조합 1", None]), (AUDITOR, ["협동조합 1", "협동조합 2"])):
        units = selection.as_(who, "list_units")["items"]
        assert [unit["id"] for unit in units][:9] == [*OFFICES, "seat-1"]
        assert [unit["status"] for unit in units][:3] == ["let", "offered", "vacant"]
        names = [unit["occupant"] and unit["occupant"]["organisation_name"] for unit in units]
        assert names[:2] == occupants


def test_offers_and_tenancies_are_seen_by_their_own_and_by_staff(bench_of):
    selection = let(bench_of, 2, unit_ids=OFFICES[:2])
    tenancy = selection.sign(1)
    assert [len(selection.as_(who, "list_offers")["items"]) for who in (applicant(1), RESIDENT, STAFF)] == [1, 0, 2]
    assert [len(selection.as_(who, "list_tenancies")["items"]) for who in (applicant(1), RESIDENT, STAFF)] == [1, 0, 1]
    offer_id = selection.offers()[2]["id"]
    for who in (RESIDENT, applicant(1)):
        for method in ("get_offer", "accept_offer", "decline_offer"):
            assert code_of(selection.as_, who, method, offer_id=offer_id) == "not_found"
    for who in (RESIDENT, applicant(2)):
        for method in ("get_tenancy", "sign_tenancy", "give_notice"):
            assert code_of(selection.as_, who, method, tenancy_id=tenancy["id"]) == "not_found"
        for method, more in (("review_tenancy", {"score": 80}), ("move_out", {})):
            with pytest.raises(Forbidden):
                selection.as_(who, method, tenancy_id=tenancy["id"], **more)


def test_database_holds_one_live_tenancy_for_a_unit(bench_of):
    selection = let(bench_of, 2, unit_ids=OFFICES[:2])
    selection.accept(1)
    selection.accept(2)

    def move(session):
        session.execute(text("UPDATE tenancies SET unit_id = 'office-1'"))

    with pytest.raises(DBAPIError, match=r"a_unit_has_one_live_tenancy|tenancies\.unit_id"):
        selection.bench.database("recruitment").transaction(move)


COPIES = 29


def copied(bench, *tables: type) -> None:
    """Beside the one row of each table there are so many others like it, that belong to each other."""

    def work(session):
        for number in range(COPIES):
            for table in tables:
                one = session.scalars(select(table).order_by(*table.__table__.primary_key)).first()
                values = {column.key: getattr(one, column.key) for column in table.__table__.columns}
                session.add(table(**{name: _other(name, value, number) for name, value in values.items()}))
                session.flush()

    bench.database("recruitment").transaction(work)


def _other(name: str, value, number: int):
    """Ids are different, and no unit is taken twice."""
    if name in {"id", "application_id", "offer_id", "tenancy_id", "receipt_number"}:
        return f"{value[:30]}-{number}"
    return {"status": "moved_out", "organisation_id": f"org-9{number}"}.get(name, value)


def test_lists_take_the_same_queries_for_one_and_for_thirty(bench_of):
    selection = let(bench_of, 1, unit_ids=OFFICES[:1])
    selection.sign(1)
    selection.bench.move_clock(moment(FIRST_OF_JUNE))
    with acting(selection.bench, STAFF) as (staff,):
        questions = (lambda: staff.list_tenancies(limit=100), lambda: staff.list_offers(limit=100), staff.list_units)
        before = [queries_of(selection.bench, ask) for ask in questions]
        copied(selection.bench, Application, Submission, Offer, Tenancy, Invoice)
        shown = [len(ask()["items"]) for ask in questions]
        assert [queries_of(selection.bench, ask) for ask in questions] == before
    assert (shown[0], shown[1]) == (COPIES + 1, COPIES + 1)
