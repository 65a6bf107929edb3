"""What staff look at before they decide: it changes nothing."""

import pytest

from services.chassis.errors import Forbidden, NotFound
from tests.people import AUDITOR, RESIDENT, STAFF
from tests.service.training.support.offices import KIM, LEE, all_of, codes_of, programme_with


def test_suggested_consultant_is_the_one_who_is_assigned(bench_of):
    with all_of(bench_of("training"), RESIDENT, STAFF, AUDITOR) as (resident, staff, auditor):
        staff.put_consultant(id=KIM.id, name=KIM.name, topics=["finance"], most=1)
        staff.put_consultant(id=LEE.id, name=LEE.name, topics=["finance", "marketing"], most=1)
        for name in (KIM.name, LEE.name):
            made = resident.request_consultation(topic="finance", title="회계 정리")["id"]
            suggested = auditor.suggest_consultant(consultation_id=made)
            assert suggested["name"] == name
            assigned = staff.assign_consultation(consultation_id=made, diagnosis="회계부터 봅니다.")
            assert (assigned["consultant_id"], assigned["match_reason"]) == (
                suggested["consultant_id"],
                suggested["reason"],
            )
            assert resident.get_consultation(consultation_id=made)["consultant_name"] == name
        last = resident.request_consultation(topic="finance", title="회계 정리")["id"]
        assert staff.suggest_consultant(consultation_id=last) == {"consultant_id": None, "name": None, "reason": None}
        with pytest.raises(Forbidden):
            resident.suggest_consultant(consultation_id=last)


def test_previewed_spread_is_the_one_that_is_made(bench_of):
    with all_of(bench_of("training"), STAFF, AUDITOR) as (staff, auditor):
        programme = programme_with(staff, 5, 2)
        preview = staff.preview_spread(programme_id=programme)
        assert staff.list_programmes()["items"][0]["unassigned"] == 5
        assert staff.spread_communities(programme_id=programme) == preview
        staff.put_activist(id="activist-2", name="새로 온 이")
        assert staff.preview_spread(programme_id=programme)["moved"] == 1
        assert staff.preview_spread(programme_id=programme, activist_ids=["activist-0"])["moved"] == 2
        assert codes_of(staff.preview_spread, programme_id=staff.open_programme(
            title="사회적경제", year=2020, stage="forming", field="social_economy"
        )["id"]) == ["no_activist"]  # fmt: skip
        with pytest.raises(NotFound):
            staff.preview_spread(programme_id="no")
        with pytest.raises(Forbidden):
            auditor.preview_spread(programme_id=programme)
