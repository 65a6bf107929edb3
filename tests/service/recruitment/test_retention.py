"""Acceptance scenario 40: what goes ninety days after the results, and what stays. And a person who is erased."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from services.chassis import clock, idempotency, ids
from services.chassis.errors import NotFound
from services.recruitment.models import Application, Call, DiscardedFile
from tests.people import STAFF
from tests.service.recruitment.letting import Selection as Letting
from tests.service.recruitment.letting import points
from tests.service.recruitment.selecting import (
    JUDGES,
    NOTICE,
    Selection,
    acting,
    applicant,
    keys_of,
    moment,
    named,
    shortlisted,
    stored,
    tell,
)
from tests.service.recruitment.tables import tables_with

TRACES = ("org-2", "applicant-2", "신청인 2", "협동조합 2", "동생이 대표", "서류 미비 연락함")
RESULT = "2020-04-28T10:00:00+09:00"


def decided(bench) -> Selection:
    """Two applicants, of whom the first was chosen; the results are published on 28 April."""
    tie = {"ties": [{"organisation_id": "org-2", "ground": "kinship", "note": "동생이 대표"}]}
    made = shortlisted(bench, applicant(1), applicant(2), judges=named(*JUDGES, judge_1=tie))
    chosen, other = made.applications
    with acting(bench, STAFF, JUDGES[1], applicant(2)) as (staff, judge, two):
        staff.screen_application(application_id=other, points="70", note="서류 미비 연락함")
        judge.open_document(application_id=other, kind="business_plan")
        two.open_document(application_id=other, kind="business_plan")
    bench.move_clock(moment(RESULT))

    def publish(session) -> None:
        session.execute(update(Call).where(Call.id == made.call).values(results_at=moment(RESULT)))
        session.execute(update(Application).where(Application.id == chosen).values(selected_at=moment(RESULT)))

    bench.database("recruitment").transaction(publish)
    return made


def left_of(bench, *words: str) -> set[str]:
    """Where the words still stand when the answers that others got are a week old."""
    a_week_later = clock.wall() + idempotency.KEPT_FOR + timedelta(days=1)
    bench.database("recruitment").transaction(lambda session: idempotency.purge(session, a_week_later))
    return tables_with(bench, *words)


def test_rejected_applicants_are_purged_after_the_ninetieth_day_and_the_numbers_stay(bench_of):
    """Scenario 40."""
    bench = bench_of("recruitment", now=NOTICE)
    made = decided(bench)
    chosen, other = made.applications
    with acting(bench, STAFF) as (staff,):
        before = staff.get_selection_statistics(call_id=made.call)
        log = staff.list_accesses(application_id=other)["items"]
        bench.move_clock(moment("2020-07-27T23:59:59+09:00"))
        assert len(stored(bench)) == 10
        assert staff.get_application(application_id=other)["organisation_name"] == "협동조합 2"
        with pytest.raises(NotFound):
            staff.get_purge(call_id=made.call)

        bench.move_clock(moment("2020-07-28T00:00:00+09:00"))
        assert len(stored(bench)) == 5
        gone = staff.get_application(application_id=other)
        assert (gone["organisation_name"], gone["applicant"], gone["documents"], gone["receipt"]) == (
            "",
            {"id": "", "name": ""},
            [],
            None,
        )
        assert gone["content"] == {"legal_type": "cooperative", "in_district": True}
        assert gone["purged_at"] == "2020-07-28T00:00:00+09:00"
        kept = staff.get_application(application_id=chosen)
        assert (kept["organisation_name"], len(kept["documents"]), kept["purged_at"]) == ("협동조합 1", 5, None)

        report = staff.get_purge(call_id=made.call)
        assert (report["applications"], report["kept"], sum(report["documents"].values())) == (1, 1, 5)
        assert report["bytes"] > 0
        assert staff.get_selection_statistics(call_id=made.call) == before
        after = staff.list_accesses(application_id=other)["items"]
    assert [each["actor_id"] for each in log] == ["applicant-2", "judge-2"]
    assert [each["actor_id"] for each in after] == ["", "judge-2"]
    # what was told to others is kept for its replay window
    assert left_of(bench, *TRACES) <= {"outbox"}


def test_purged_files_go_from_an_object_store_too(bench_of):
    bench = bench_of("recruitment", now=NOTICE, documents=f"memory://{ids.new_id()}/files")
    made = decided(bench)
    before = keys_of(bench)
    assert len(before) == 10
    with acting(bench, STAFF) as (staff,):
        kept = {each["digest"] for each in staff.get_application(application_id=made.applications[0])["documents"]}
    bench.move_clock(moment("2020-07-28T00:00:00+09:00"))
    after = keys_of(bench)
    assert {key.rpartition("/")[2].partition("-")[0] for key in after} == kept
    assert (len(after), set(after) < set(before)) == (5, True)


def test_a_purge_happens_once_and_other_calls_wait_for_their_own_day(bench_of):
    bench = bench_of("recruitment", now=NOTICE)
    made = decided(bench)
    bench.move_clock(moment("2020-08-01T09:00:00+09:00"))
    with acting(bench, STAFF) as (staff,):
        first = staff.get_purge(call_id=made.call)
        bench.move_clock(moment("2020-09-01T09:00:00+09:00"))
        assert staff.get_purge(call_id=made.call) == first
        actions = [each["action"] for each in staff.list_selection_decisions(call_id=made.call, limit=100)["items"]]
    assert actions.count("purge") == 1


def test_a_killed_purge_goes_on_with_the_files_that_are_left(bench_of):
    """The rows are gone and the files are not: the timer was killed between the two."""
    bench = bench_of("recruitment", now=NOTICE)
    decided(bench)
    bench.move_clock(moment("2020-07-27T23:59:59+09:00"))
    before = {path: path.read_bytes() for path in stored(bench)}
    bench.move_clock(moment("2020-07-28T00:00:00+09:00"))
    gone = set(before) - set(stored(bench))
    assert len(gone) == 5
    keys = [str(path.relative_to(bench.config.data / "documents")) for path in gone]
    for path in gone:
        path.write_bytes(before[path])

    bench.database("recruitment").transaction(
        lambda session: session.add_all(DiscardedFile(key=key, discarded_at=moment(RESULT)) for key in keys)
    )
    bench.move_clock(moment("2020-07-28T01:00:00+09:00"))
    assert len(stored(bench)) == 5


@pytest.mark.parametrize("source", ["notify", "district"])
def test_a_person_who_is_erased_goes_and_the_application_stays_the_organisations(bench_of, source):
    bench = bench_of("recruitment", now=NOTICE)
    made = shortlisted(bench, applicant(1), applicant(2))
    tell(bench, source, "person_erased", {"person_id": "applicant-2"})
    assert left_of(bench, "applicant-2", "신청인 2") <= {"outbox"}
    with acting(bench, STAFF) as (staff,):
        seen = staff.get_application(application_id=made.applications[1])
        assert (seen["organisation_name"], seen["applicant"]) == ("협동조합 2", {"id": "", "name": ""})
        other = staff.get_application(application_id=made.applications[0])
        assert other["applicant"] == {"id": "applicant-1", "name": "신청인 1"}


def test_offers_and_comments_go_too_and_the_tenants_contract_stays(bench_of):
    bench = bench_of("recruitment", now=NOTICE)
    selection = Letting(bench, 3, unit_ids=["office-1"])
    for number in (1, 2):  # the third is not on the shortlist
        selection.score(number, *(95 - number,) * 3)
    comments = {"team": "대표가 자주 바뀐 곳"}
    selection.as_(JUDGES[3], "score_application", application_id=selection.ids[1], scores=points(94), comments=comments)
    selection.rank()
    selection.publish()
    selection.decline(1)
    selection.sign(2)
    ranking = selection.staff("get_ranking", call_id=selection.call["id"])
    assert "offers" in tables_with(bench, "applicant-1")
    assert tables_with(bench, "대표가 자주") == {"score_comments", "idempotency_keys"}

    bench.move_clock(moment("2020-07-28T00:00:00+09:00"))
    traces = ("applicant-1", "신청인 1", "협동조합 1", "org-1", "applicant-3", "대표가 자주")
    assert left_of(bench, *traces) <= {"outbox"}
    assert {"applications", "offers", "tenancies"} <= tables_with(bench, "협동조합 2")
    assert selection.offers()[1]["status"] == "declined"
    after = selection.staff("get_ranking", call_id=selection.call["id"])
    assert [line["score"] for line in after["lines"]] == [line["score"] for line in ranking["lines"]]

    tell(bench, "notify", "person_erased", {"person_id": "applicant-2"})
    assert left_of(bench, "applicant-2", "신청인 2") <= {"outbox"}
