"""The register of activists, fed by the certificates of the activist track."""

from tests.people import STAFF
from tests.service.training.courses.centre import person, session
from tests.service.training.support.classes import completed
from tests.service.training.support.offices import all_of, programme_with, sequences, tell, tell_again

TRACK = {"field": "village_community", "track": "activist", "title": "마을활동가 양성과정"}


def test_who_finishes_the_activist_track_stands_in_the_register_with_field_area_and_load(bench_of):
    bench = bench_of("booking", "training")
    certificates = completed(bench, range(1, 4), present=range(1, 3), **TRACK)
    assert len(certificates) == 2  # the third was never there
    with all_of(bench, STAFF) as (staff,):
        found = staff.list_activists()["items"]
        assert [(each["id"], each["name"], each["field"], each["certificate"]) for each in found] == [
            (person(number).id, person(number).name, "village_community", certificates[number - 1]["number"])
            for number in (1, 2)
        ]
        assert [(each["active"], each["area"], each["load"]) for each in found] == [(True, "", 0)] * 2
        staff.put_activist(id=person(1).id, name=person(1).name, area="석남동")
        programme = programme_with(staff, 5, 0)
        staff.spread_communities(programme_id=programme)
        found = staff.list_activists()["items"]
        assert [(each["area"], each["load"]) for each in found] == [("석남동", 3), ("", 2)]
        assert all(each["certificate"] for each in found)  # what staff write about them leaves it


def test_general_course_brings_nobody_into_the_register(bench_of):
    bench = bench_of("booking", "training")
    assert len(completed(bench, range(1, 2), **{**TRACK, "track": "general"})) == 1
    with all_of(bench, STAFF) as (staff,):
        assert staff.list_activists()["items"] == []


def test_certificate_told_again_changes_nothing_that_staff_wrote(bench_of):
    bench = bench_of("booking", "training")
    completed(bench, range(1, 2), **TRACK)
    with all_of(bench, STAFF) as (staff,):
        staff.put_activist(id=person(1).id, name="홍반장", field="both", area="가정동", active=False)
        before = staff.list_activists()["items"]
        tell_again(bench, "certificate_issued")
        assert staff.list_activists()["items"] == before


def test_revoked_certificate_retires_its_activist_and_a_new_one_brings_them_back(bench_of):
    bench = bench_of("booking", "training")
    (first,) = completed(bench, range(1, 2), **TRACK)
    with all_of(bench, STAFF) as (staff,):
        programme = programme_with(staff, 3, 0)
        staff.spread_communities(programme_id=programme)
        staff.revoke_certificate(code=first["code"], reason="출석 기록이 잘못되었습니다.")
        bench.settle()
        (found,) = staff.list_activists()["items"]
        assert (found["active"], found["certificate"], found["load"]) == (False, None, 0)
        assert staff.list_programmes()["items"][0]["unassigned"] == 3
        again = {"enrol_from": "2020-03-20T09:00:00+09:00", "enrol_until": "2020-04-08T18:00:00+09:00"}
        (second,) = completed(bench, range(1, 2), session("2020-04-10"), **TRACK, **again)
        (found,) = staff.list_activists()["items"]
        assert (found["active"], found["certificate"]) == (True, second["number"])
    assert sequences(bench, person(1).id) == [1, 2, 3]


def test_certificate_of_somebody_who_was_erased_brings_nobody_in(bench_of):
    bench = bench_of("booking", "training")
    completed(bench, range(1, 2), **TRACK)
    with all_of(bench, STAFF) as (staff,):
        tell(bench, "district", "person_erased", {"person_id": person(1).id})
        assert staff.list_activists()["items"] == []
        tell_again(bench, "certificate_issued")
        assert staff.list_activists()["items"] == []
