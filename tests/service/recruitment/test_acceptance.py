"""Acceptance scenarios 20-22 of the centre, by RPC."""

import pytest

from services.chassis.errors import Refused
from tests.people import STAFF
from tests.service.recruitment.selecting import (
    CLOSES,
    IN_INTAKE,
    NOTICE,
    SCREENING,
    acting,
    applicant,
    codes,
    drafted,
    moment,
    published,
    submitted,
)


def test_the_last_second_is_in_time_and_the_next_is_not(bench_of):
    """Scenario 20."""
    bench = bench_of("recruitment", now=NOTICE)
    call = published(bench)
    bench.move_clock(moment(IN_INTAKE))
    first, second = drafted(bench, call, applicant(1)), drafted(bench, call, applicant(2))
    bench.move_clock(moment("2020-04-14T17:59:59+09:00"))
    with acting(bench, applicant(1), applicant(2)) as (one, two):
        made = one.submit_application(application_id=first)
        assert (made["status"], made["receipt_number"]) == ("submitted", "2020-1-0001")
        assert made["submitted_at"] == "2020-04-14T17:59:59+09:00"
        bench.move_clock(moment(CLOSES))
        with pytest.raises(Refused) as caught:
            two.submit_application(application_id=second)
        assert codes(caught.value) == ["deadline_passed"]
        assert caught.value.refusals[0].details == {"deadline": "2020-04-14 18:00:00"}
        assert two.get_application(application_id=second)["status"] == "draft"


@pytest.mark.parametrize(("since", "found"), [("2020-04-01", []), ("2020-04-02", ["not_eligible"])])
def test_a_status_after_the_notice_date_does_not_count(bench_of, since, found):
    """Scenario 21, by the applicant's own words."""
    bench = bench_of("recruitment", now=NOTICE)
    call = published(bench)
    bench.move_clock(moment(IN_INTAKE))
    made = drafted(bench, call, applicant(1), legal_type="preliminary_social_enterprise", status_since=since)
    with acting(bench, applicant(1)) as (rpc,):
        try:
            rpc.submit_application(application_id=made)
            refused = []
        except Refused as error:
            refused = error.refusals
    assert [each.code for each in refused] == found
    assert [each.details for each in refused] == [
        {"rule": "status_date", "reason": "status_too_late", "status_since": since, "notice_on": "2020-04-01"}
    ] * len(found)


def test_staff_find_a_later_certificate_and_the_rule_decides(bench_of):
    """Scenario 21, by what the certificate says."""
    bench = bench_of("recruitment", now=NOTICE)
    call = published(bench)
    bench.move_clock(moment(IN_INTAKE))
    made = submitted(bench, call, applicant(1))
    bench.move_clock(moment(SCREENING))
    with acting(bench, STAFF, applicant(1)) as (staff, rpc):
        proposed = staff.get_application(application_id=made)
        assert {each["rule"]: each["passed"] for each in proposed["verdicts"]} == {
            "legal_type": True,
            "status_date": True,
            "district": True,
            "not_incubated_elsewhere": True,
            "venture_age": True,
        }
        screened = staff.screen_application(
            application_id=made, facts={"status_since": "2020-04-02"}, note="인증서 확인"
        )
        assert screened["status"] == "ineligible"
        told = rpc.get_application(application_id=made)
    (failed,) = [each for each in told["verdicts"] if not each["passed"]]
    assert (failed["rule"], failed["reason"]) == ("status_date", "status_too_late")
    assert failed["message"] == "The organisation has had its status since 2020-04-02, after the notice of 2020-04-01."
    assert (told["facts"], told["note"]) == (None, None)


def test_eight_offices_and_twenty_eligible_make_a_shortlist_of_twelve(bench_of):
    """Scenario 22. The points of the documents decide, and at equal points who was first."""
    bench = bench_of("recruitment", now=NOTICE)
    call = published(bench, documents=[])
    bench.move_clock(moment(IN_INTAKE))
    made = [submitted(bench, call, applicant(number), kinds=()) for number in range(1, 21)]
    bench.move_clock(moment(SCREENING))
    with acting(bench, STAFF) as (staff,):
        for number, application in enumerate(made, 1):
            points = 90 if number > 10 else 80
            assert staff.list_applications(call_id=call["id"], status="shortlisted")["items"] == []
            staff.screen_application(application_id=application, points=str(points))
        found = staff.list_applications(call_id=call["id"], status="shortlisted")["items"]
        left_out = staff.list_applications(call_id=call["id"], status="not_shortlisted")["items"]
    assert sorted(each["id"] for each in found) == sorted([*made[10:], made[0], made[1]])
    assert sorted(each["id"] for each in left_out) == sorted(made[2:10])
