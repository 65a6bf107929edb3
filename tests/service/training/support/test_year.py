"""The yearly report: both fields side by side, from the courses, the support work and what others tell."""

import base64
import csv
import io

from openpyxl import load_workbook

from services.training.models.courses import Certificate, CourseSession
from tests.people import RESIDENT, STAFF
from tests.service.training.courses.centre import person, session
from tests.service.training.support.classes import completed
from tests.service.training.support.holdings import hold
from tests.service.training.support.offices import all_of, moment, programme_with, tell, tell_golden

FIELDS = ("social_economy", "village_community", "both")


def workbook_of(file: dict) -> list[list[tuple]]:
    """The rows of each of its sheets."""
    book = load_workbook(io.BytesIO(base64.b64decode(file["content"])))
    return [list(sheet.iter_rows(values_only=True)) for sheet in book.worksheets]


def numbers(report: dict, *names: str) -> dict:
    return {
        each["name"]: (each["social_economy"], each["village_community"], each["both"], each["total"])
        for each in report["measures"]
        if each["name"] in names
    }


def test_yearly_report_has_both_fields_side_by_side(bench_of):
    bench = bench_of("training", now="2020-12-31T10:00:00+09:00")
    tenancy = {"tenancy_id": "t1", "organisation_id": "org-1", "starts_on": "2020-06-01"}
    for _ in range(2):
        tell(bench, "recruitment", "tenancy_started", tenancy)
    for number in (1, 2):
        recorded = {"designation_id": f"d{number}", "organisation_id": "org-1", "since": "2020-07-01"}
        tell(bench, "recruitment", "designation_recorded", recorded)
    with all_of(bench, STAFF, RESIDENT) as (staff, resident):
        resident.request_consultation(topic="finance", title="장부")
        resident.request_consultation(topic="community", title="모임", field="village_community")
        programme = programme_with(staff, 2, 1)
        community = staff.spread_communities(programme_id=programme)["items"][0]["community_ids"][0]
        visit = staff.plan_visit(community_id=community, visit_at="2020-12-30T14:00:00+09:00")
        staff.report_visit(visit_id=visit["id"], report="만났습니다.")
        staff.plan_visit(community_id=community, visit_at="2020-12-31T14:00:00+09:00")
        report = staff.get_yearly_report(year=2020)
        wanted = ("consultations", "granted_won", "visits", "visits_reported", "tenancies_started", "designations")
        assert numbers(report, *wanted) == {
            "consultations": (1, 1, 0, 2),
            "granted_won": (0, 2_000_000, 0, 2_000_000),
            "visits": (0, 1, 0, 1),
            "visits_reported": (0, 1, 0, 1),
            "tenancies_started": (1, 0, 0, 1),
            "designations": (2, 0, 0, 2),
        }
        assert workbook_of(staff.get_yearly_file(year=2020))[0] == [
            ("2020", "Social economy", "Village community", "Both", "Total"),
            *(tuple(each[name] for name in ("label", *FIELDS, "total")) for each in report["measures"]),
        ]
        charted = {each["label"]: each for each in report["measures"] if each["label"] in report["chart"]["labels"]}
        for series in report["chart"]["series"]:
            drawn = dict(zip(report["chart"]["labels"], series["values"], strict=True))
            assert drawn == {label: each[series["field"]] for label, each in charted.items()}
        bench.move_clock(moment("2021-01-01 00:00"))
        resident.request_consultation(topic="finance", title="새해")
        assert numbers(staff.get_yearly_report(year=2020), "consultations")["consultations"][3] == 2
        assert numbers(staff.get_yearly_report(year=2021), "consultations")["consultations"][3] == 1


COURSES = ("courses", "sessions", "hours", "people", "certificates")
SOON = {"enrol_from": "2020-03-20T09:00:00+09:00", "enrol_until": "2020-04-08T18:00:00+09:00"}


def test_courses_people_hours_and_certificates_are_counted_by_field(bench_of):
    bench = bench_of("booking", "training")
    completed(bench, range(1, 4), field="social_economy")  # 2 hours
    sessions = (session("2020-04-09", 10, 12), session("2020-04-10", 10, 11))
    completed(bench, range(2, 6), *sessions, present=range(2, 4), field="village_community", **SOON)
    with all_of(bench, STAFF) as (staff,):
        assert numbers(staff.get_yearly_report(year=2020), *COURSES) == {
            "courses": (1, 1, 0, 2),
            "sessions": (1, 2, 0, 3),
            "hours": (2, 3, 0, 5),
            "people": (3, 4, 0, 5),  # two of them in both fields
            "certificates": (3, 2, 0, 5),
        }
        lists = {name: exported(staff, name) for name in ("courses", "course_sessions", "enrolments", "certificates")}
        assert {name: len(found) for name, found in lists.items()} == {
            "courses": 2,
            "course_sessions": 3,
            "enrolments": 7,
            "certificates": 5,
        }
        for number in (4, 5):
            tell(bench, "district", "person_erased", {"person_id": person(number).id})
        assert numbers(staff.get_yearly_report(year=2020), "people") == {"people": (3, 4, 0, 5)}
    with bench.acting(STAFF, locale="ko") as rpc:
        header, *rows = workbook_of(rpc.training.get_yearly_file(year=2020))[0]
    assert header == ("2020", "사회적경제", "마을공동체", "공통", "합계")
    assert rows[:5] == [
        ("강좌", 1, 1, 0, 2),
        ("교육 회차", 1, 2, 0, 3),
        ("교육 시간", 2, 3, 0, 5),
        ("수강 인원", 3, 4, 0, 5),
        ("수료", 3, 2, 0, 5),
    ]
    with all_of(bench, STAFF) as (staff,):
        assert set(numbers(staff.get_yearly_report(year=2019), *COURSES).values()) == {(0, 0, 0, 0)}


def exported(staff, kind: str) -> list[list[str]]:
    """Without its header."""
    text = base64.b64decode(staff.export_list(kind=kind)["content"]).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text)))[1:]


COUNTED_LISTS = {
    "consultations": "consultations",
    "introductions": "introductions",
    "visits": "visits",
    "assets": "assets",
    "voices": "voices",
    "findings": "findings",
    "meetings": "meetings",
    "communities": "supports",
}
"""The list whose rows each number is of."""


def a_day(staff, resident, number: int, at: str) -> None:
    """One of each thing, at this moment of the clock."""
    resident.request_consultation(topic="finance", title="장부")
    fair = staff.enter_opportunity(channel="fair", title="박람회")["id"]
    staff.introduce_organisation(opportunity_id=fair, organisation_id="org-1", result="contract", amount=1)
    programme = staff.open_programme(title="공모사업", year=int(at[:4]), stage="activity")["id"]
    added = staff.add_community(programme_id=programme, amount=1, community={"name": f"공동체 {number}"})
    staff.put_activist(id="activist-0", name="활동가")
    staff.spread_communities(programme_id=programme)
    staff.plan_visit(community_id=added["community"]["id"], visit_at=at)
    staff.enter_asset(kind="place", name=f"빈집 {number}", source="현장", consent="not_needed")
    staff.enter_voice(theme="돌봄", words="말씀", source="면담")
    staff.enter_finding(title="돌봄", theme="돌봄")
    staff.enter_meeting(title="모임", held_at=at)


def test_year_begins_at_midnight_of_the_centres_zone_and_its_numbers_are_those_of_the_lists(bench_of):
    """00:30 on 1 January is still the old year in UTC."""
    last, first = "2020-12-31T23:59:00+09:00", "2021-01-01T00:30:00+09:00"
    bench = bench_of("training", now=last)
    with all_of(bench, STAFF, RESIDENT) as (staff, resident):
        a_day(staff, resident, 0, last)
        bench.move_clock(moment("2021-01-01 00:30"))
        a_day(staff, resident, 1, first)
        for year, day in ((2020, "2020-12-31"), (2021, "2021-01-01")):
            tell_golden(bench, "recruitment", "tenancy_started", tenancy_id=f"t-{year}", starts_on=day)
            tell_golden(bench, "recruitment", "tenancy_ended", tenancy_id=f"t-{year}", ended_on=day)
            tell_golden(bench, "recruitment", "designation_recorded", designation_id=f"d-{year}", since=day)
        by_year = [staff.get_yearly_report(year=year)["measures"] for year in (2020, 2021)]
        totals = [{each["name"]: each["total"] for each in measures} for measures in by_year]
        nothing = {*COURSES, "consultations_reported", "visits_reported"}
        for of_year in totals:
            assert of_year == {name: 0 if name in nothing else 1 for name in of_year}
        for name, kind in COUNTED_LISTS.items():
            assert sum(of_year[name] for of_year in totals) == len(exported(staff, kind)), name
        tenants = ("tenancies_started", "tenancies_ended", "designations")
        assert sum(of_year[name] for of_year in totals for name in tenants) == len(exported(staff, "milestones"))


def test_session_and_certificate_are_of_the_centres_year(bench_of):
    bench = bench_of("training", now="2021-01-02T09:00:00+09:00")

    def write(db) -> None:
        hold(db, range(2))
        for number, at in (("00", moment("2020-12-31 23:59")), ("01", moment("2021-01-01 00:30"))):
            held = db.get_one(CourseSession, f"session-{number}")
            held.starts_at, held.ends_at = at, at.replace(second=30)
            db.get_one(Certificate, f"certificate-{number}").issued_at = at

    bench.database("training").transaction(write)
    with all_of(bench, STAFF) as (staff,):
        for year in (2020, 2021):
            found = numbers(staff.get_yearly_report(year=year), "courses", "sessions", "certificates", "people")
            assert found == dict.fromkeys(found, (0, 0, 1, 1))
