"""What people are told of a selection: recruitment's own events, through notify, into their mailboxes."""

from services.chassis.testing import Bench
from services.notify.models.audiences import AudienceMember
from tests.people import STAFF
from tests.service.recruitment.letting import INTERVIEWS, RESULT, points
from tests.service.recruitment.selecting import (
    IN_INTAKE,
    JUDGES,
    NOTICE,
    SCREENING,
    acting,
    applicant,
    moment,
    named,
    published,
    submitted,
    tell,
)

PEOPLE = [applicant(number) for number in range(1, 6)]
EVERYBODY = [who.id for who in PEOPLE]
CLOSED = {
    "closure_id": "closure-1",
    "start": "2020-04-20T00:00:00+09:00",
    "end": "2020-04-29T00:00:00+09:00",
    "reason": "임시 휴관",
    "space_ids": [],
    "lifted_at": None,
}


class Told:
    """Recruitment and notify at work, and who has heard what since it was asked last."""

    def __init__(self, bench: Bench) -> None:
        self.bench, self.read = bench, 0
        for who in (*PEOPLE, STAFF):
            with bench.acting(who) as rpc:
                rpc.notify.put_contact(email=f"{who.id}@mail.example", locale="ko")
        bench.database("notify").transaction(lambda session: session.add(_member_of_staff()))

    def news(self, subject: str) -> dict[str, str]:
        """The mails with these words in their subject: by person, the body."""
        self.bench.settle()
        with self.bench.acting() as rpc:
            mails = rpc.notify.list_mailbox(limit=100)["items"]
        new, self.read = mails[: len(mails) - self.read], len(mails)
        return {mail["to"].partition("@")[0]: mail["body"] for mail in new if subject in mail["subject"]}


def _member_of_staff() -> AudienceMember:
    return AudienceMember(kind="staff", key="", person_id=STAFF.id, subject="test", sequence=1, active=True)


def test_everybody_hears_what_is_about_them_from_the_first_correction_to_what_is_left(bench_of):
    told = Told(bench_of("recruitment", "notify", now=NOTICE))
    call, ids = corrected(told)
    screened(told, ids)
    put_off_and_on_again(told)
    results_and_offers(told, call, ids)
    designation_ends(told)


def corrected(told: Told) -> tuple[str, list[str]]:
    bench = told.bench
    call = published(bench, documents=[], unit_ids=["office-1", "office-2"])
    bench.move_clock(moment(IN_INTAKE))
    ids = [submitted(bench, call, who, kinds=()) for who in PEOPLE]
    assert sorted(told.news("")) == EVERYBODY  # the receipts
    with acting(bench, STAFF) as (staff,):
        staff.name_judges(call_id=call["id"], judges=named(*JUDGES[:3]))
        later = "2020-04-16T18:00:00+09:00"
        staff.correct_call(call_id=call["id"], reason="접수를 이틀 늘립니다.", intake_closes_at=later)
    heard = told.news("공고가 바뀌었습니다")
    assert sorted(heard) == EVERYBODY
    assert "이유: 접수를 이틀 늘립니다." in heard["applicant-1"]
    assert "접수 마감: 4월 16일 (목) 18:00" in heard["applicant-1"]
    return call["id"], ids


def screened(told: Told, ids: list[str]) -> None:
    """The first three of five are invited, for two offices; the last one is not eligible, and hears it at once."""
    told.bench.move_clock(moment(SCREENING))
    with acting(told.bench, STAFF) as (staff,):
        staff.screen_application(application_id=ids[4], facts={"incubated_elsewhere": True})
        heard = told.news("서류 심사 결과")
        assert list(heard) == ["applicant-5"]
        assert "신청 자격을 갖추지 못해" in heard["applicant-5"]
        for application_id, given in zip(ids[:4], ("90", "80", "70", "60"), strict=True):
            staff.screen_application(application_id=application_id, points=given)
    heard = told.news("서류 심사 결과")
    assert sorted(heard) == EVERYBODY[:4]
    for who, body in heard.items():
        invited = who != "applicant-4"
        assert ("면접 대상자로 선정되셨습니다." in body, "면접: 4월 22일 (수) 10:00부터" in body) == (invited, invited)


def put_off_and_on_again(told: Told) -> None:
    tell(told.bench, "booking", "closure_declared", CLOSED)
    body = told.news("공고가 바뀌었습니다")["applicant-1"]
    assert ("면접: 미뤄졌습니다." in body, "4월 22일" in body) == (True, False)
    tell(told.bench, "booking", "closure_lifted", {**CLOSED, "lifted_at": SCREENING}, sequence=2)
    assert "면접: 4월 22일 (수) 10:00부터" in told.news("공고가 바뀌었습니다")["applicant-1"]


def results_and_offers(told: Told, call: str, ids: list[str]) -> None:
    bench = told.bench
    bench.move_clock(moment(INTERVIEWS))
    for judge in JUDGES[:3]:
        with acting(bench, judge) as (rpc,):
            for number, application_id in enumerate(ids[:3]):
                rpc.score_application(application_id=application_id, scores=points(90 - number))
    with acting(bench, STAFF, *PEOPLE[:3]) as (staff, one, _, three):
        staff.rank_applications(call_id=call)
        bench.move_clock(moment(RESULT))
        staff.publish_results(call_id=call)
        assert sorted(told.news("선정 결과가 나왔습니다")) == EVERYBODY[:3]
        accepted = one.accept_offer(offer_id=one.list_offers()["items"][0]["id"])
        one.sign_tenancy(tenancy_id=accepted["tenancy_id"])
        bench.move_clock(moment("2020-05-09T10:00:00+09:00"))  # the second lets it pass
        assert "사무실 2" in told.news("계약 기한이 지났습니다")["applicant-2"]
        three.decline_offer(offer_id=three.list_offers()["items"][0]["id"])
    heard = told.news("남은 입주 공간: 사무실 2")
    assert list(heard) == ["staff-1"]
    assert "공고: 2020년 상반기 입주기업 모집" in heard["staff-1"]


def designation_ends(told: Told) -> None:
    with acting(told.bench, STAFF) as (staff,):
        kind = "preliminary_social_enterprise"
        staff.record_designation(organisation_id="org-1", kind=kind, since="2017-07-20")
    told.bench.move_clock(moment("2020-05-20T10:00:00+09:00"))
    heard = told.news("지정 기간이 곧 끝납니다: 협동조합 1")
    assert sorted(heard) == ["applicant-1", "staff-1"]
    assert "만료: 2020년 7월 19일" in heard["applicant-1"]
