"""Who stands in the register and who joins the network is told to others, so that notify knows whom it can write to."""

from tests.people import STAFF
from tests.service.training.support.offices import all_of, sequences, told
from tests.service.training.support.test_lists import csv_file

MEMBER = {"name": "가정동 골목정원", "side": "private", "field": "village_community", "person_id": "member-1"}


def test_register_of_activists_tells_of_everybody_who_comes_and_goes(bench_of):
    bench = bench_of("training")
    with all_of(bench, STAFF) as (staff,):
        staff.put_activist(id="activist-1", name="마을이", field="village_community", area="가정1동")
        staff.put_activist(id="activist-1", name="마을이", field="village_community", area="가정1동", active=False)
        bench.settle()
    activist = {"person_id": "activist-1", "field": "village_community", "area": "가정1동"}
    assert told(bench, "activist_registered", "activist_retired") == [
        {**activist, "active": True},
        {**activist, "active": False},
    ]
    assert sequences(bench, "activist-1") == [1, 2]  # in one moment


def test_network_tells_of_each_member_that_joins_one_by_one_or_in_a_list(bench_of):
    bench = bench_of("training")
    with all_of(bench, STAFF) as (staff,):
        staff.enter_member(**MEMBER)
        staff.import_list(kind="members", dry_run=True, **csv_file("name,side", "서구청,public", "서구의회,public"))
        staff.import_list(kind="members", **csv_file("name,side", "서구청,public", "서구의회,public"))
        bench.settle()
    joined = told(bench, "member_joined")
    assert [(each["name"], each["person_id"]) for each in joined] == [
        ("가정동 골목정원", "member-1"),
        ("서구청", None),
        ("서구의회", None),
    ]
    assert joined[0]["field"] == "village_community"
