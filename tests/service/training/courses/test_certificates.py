"""Certificates: on paper, verified by anybody, revoked; their numbers have no gap."""

import base64
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from io import BytesIO

import eventlet
import pytest
import zxingcpp
from pypdf import PdfReader
from sqlalchemy import select

from services.training.contract import courses
from services.training.contract.vocabulary import Direction
from services.training.domain.courses.verification import ALPHABET
from services.training.models.courses import Certificate
from services.training.usecases import courses as usecases
from tests.people import STAFF
from tests.service.training.courses.centre import (
    TEACHER,
    all_of,
    codes,
    enrolled,
    error_of,
    person,
    published,
    session,
)
from tests.service.training.courses.conftest import CLIENTS
from tests.service.training.courses.office import STARTS, Office

OVER = STARTS + timedelta(hours=2)


@pytest.fixture
def bench(bench_of):
    return bench_of("booking", "training")


def certified(bench) -> dict:
    """person(1)'s certificate of a course of two sessions, of which they attended all."""
    days = ["2020-03-19", "2020-03-20"]
    course_id, sessions = published(bench, *(session(day, 19, 21) for day in days), title="협동조합 입문")
    enrolled(bench, course_id, range(1, 2))
    bench.move_clock(datetime.fromisoformat("2020-03-20T21:00:00+09:00"))
    with all_of(bench, TEACHER, STAFF) as (teacher, staff):
        for day, session_id in zip(days, sessions, strict=True):
            came = {"nonce": day, "person_id": person(1).id, "direction": "in", "at": f"{day}T19:00:00+09:00"}
            teacher.record_attendance(session_id=session_id, entries=[came])
        (made,) = staff.complete_course(course_id=course_id)["certificates"]
    return made


def paper_of(bench, code: str) -> PdfReader:
    with bench.acting(person(1)) as rpc:
        file = rpc.training.print_certificate(code=code)
    assert (file["name"], file["content_type"]) == ("2020-0001.pdf", "application/pdf")
    return PdfReader(BytesIO(base64.b64decode(file["content"])))


def test_paper_reads_back_in_korean_and_its_qr_code_leads_to_the_verification(bench):
    made = certified(bench)
    (page,) = paper_of(bench, made["code"]).pages
    text = page.extract_text()
    for words in (
        "제 2020-0001 호",
        "수 료 증",
        "주민1",
        "협동조합 입문",
        "2020.03.19. – 2020.03.20.",
        "4시간 (전체 4시간)",
        "위 사람은 위 교육과정을 성실히 이수하였기에 이 증서를 드립니다.",
        "2020년 3월 20일",
        "인천 서구 사회적경제마을지원센터장",
        f"확인 번호 {made['code']}",
    ):
        assert words in text
    fonts = page["/Resources"]["/Font"].values()
    assert all("/FontFile2" in font["/DescendantFonts"][0]["/FontDescriptor"] for font in fonts)  # embedded

    (picture,) = page.images
    (read,) = zxingcpp.read_barcodes(picture.image)
    assert read.text == made["verification"] == f"http://127.0.0.1:8000/certificates/{made['code']}"
    with bench.acting() as rpc:
        assert rpc.training.verify_certificate(code=read.text.rsplit("/", 1)[1])["valid"] is True


def test_anybody_verifies_it_and_sees_a_masked_name(bench):
    code = certified(bench)["code"]
    with bench.acting(locale="ko") as rpc:
        shown = rpc.training.verify_certificate(code=code.lower().replace("-", ""))
        assert (shown["valid"], shown["name"], shown["number"], shown["title"]) == (
            True,
            "주*1",
            "2020-0001",
            "협동조합 입문",
        )
        assert shown["issued_by"] == "인천 서구 사회적경제마을지원센터장"
        assert person(1).id not in str(shown)
        assert person(1).name not in str(shown)
        for place, letter in enumerate(code):
            if letter != "-":
                wrong = ALPHABET[(ALPHABET.index(letter) + 1) % len(ALPHABET)]
                typed = code[:place] + wrong + code[place + 1 :]
                assert codes(error_of(rpc.training.verify_certificate, code=typed)) == ["not_found"]


def test_paper_is_for_its_holder_and_who_reads_everything(bench):
    code = certified(bench)["code"]
    with all_of(bench, person(2), STAFF) as (stranger, staff):
        assert codes(error_of(stranger.print_certificate, code=code)) == ["not_found"]
        assert staff.print_certificate(code=code)["name"] == "2020-0001.pdf"
    with bench.acting() as rpc:
        assert codes(error_of(rpc.training.print_certificate, code=code)) == ["not_found"]


def test_revoked_one_says_so_wherever_it_is_read(bench):
    code = certified(bench)["code"]
    wish = {"code": code, "reason": "출석부가 잘못되었습니다."}
    with all_of(bench, person(1), STAFF) as (holder, staff):
        assert codes(error_of(holder.revoke_certificate, **wish)) == ["forbidden"]
        assert staff.revoke_certificate(**wish)["revoked_because"] == "출석부가 잘못되었습니다."
        assert codes(error_of(staff.revoke_certificate, **wish)) == ["illegal_transition"]
    with bench.acting() as rpc:
        shown = rpc.training.verify_certificate(code=code)
    assert (shown["valid"], shown["revoked_at"] is not None) == (False, True)
    assert "출석부" not in str(shown)
    assert "이 수료증은 취소되었습니다." in paper_of(bench, code).pages[0].extract_text()


def finished(office: Office, number: int) -> str:
    """A course that one person attended, ready to be completed."""
    course_id = office.course(capacity=10)
    office.enrolled(course_id, range(number, number + 1))
    (held,) = office.sessions(course_id)
    came = courses.Entry(nonce="in", person_id=f"person-{number:04}", direction=Direction.IN, at=STARTS)
    office.act(
        usecases.record_attendance, courses.RecordAttendance(session_id=held.id, entries=[came]), STAFF, now=OVER
    )
    return course_id


def numbers(office: Office) -> list[str]:
    return sorted(office.read(lambda db: db.scalars(select(Certificate.number)).all()))


class GaveUp(Exception):
    pass


@pytest.mark.servers
def test_numbers_have_no_gap_when_many_courses_end_at_once_and_some_fail(database, rules):
    office = Office(database, rules)
    course_ids = [finished(office, number) for number in range(16)]

    def complete(course_id: str, *, fails: bool) -> None:
        def work(db):
            done = usecases.complete_course(office.call(db, STAFF, OVER), courses.CompleteCourse(course_id=course_id))
            eventlet.sleep(0.01)
            if fails:
                raise GaveUp
            return done

        with suppress(GaveUp):
            database.transaction(work)

    pool = eventlet.GreenPool(CLIENTS)
    for turn, course_id in enumerate(course_ids):
        pool.spawn(complete, course_id, fails=turn % 4 == 0)
    pool.waitall()
    assert numbers(office) == [f"2020-{number:04}" for number in range(1, 13)]


def test_numbers_begin_anew_with_the_year_in_the_centres_zone(office):
    for number, moment in enumerate(
        (
            datetime(2020, 12, 31, 14, 59, tzinfo=UTC),
            datetime(2020, 12, 31, 15, 0, tzinfo=UTC),
            datetime(2020, 12, 31, 15, 1, tzinfo=UTC),
        )
    ):
        course_id = finished(office, number)
        office.act(usecases.complete_course, courses.CompleteCourse(course_id=course_id), STAFF, now=moment)
    assert numbers(office) == ["2020-0001", "2021-0001", "2021-0002"]
