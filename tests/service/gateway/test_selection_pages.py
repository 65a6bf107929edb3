"""What staff and tenants do on the pages of the selection, form by form, as a browser without scripts sends it."""

from datetime import datetime, timedelta
from types import SimpleNamespace

import pytest

from tests.browser.april import OURS, April
from tests.service.gateway.browsing import Browser
from tests.service.gateway.conftest import application
from tests.system.embedded import running

WRONG = 'id="{}-wrong"'


@pytest.fixture(scope="module")
def april(tmp_path_factory):
    with running(tmp_path_factory.mktemp("april"), MADANG_CLOCK="2020-04-06T09:00:00+09:00") as embedded:
        yield April(embedded)


@pytest.fixture(scope="module")
def browse(april):
    """browse(person): a browser in which one of the development login's people is logged in; nobody by default."""
    known = {}

    def browsed(person=None):
        if person not in known:
            known[person] = Browser(SimpleNamespace(address=april.embedded.root))
            if person:
                known[person].log_in(person)
        return known[person]

    return browsed


@pytest.fixture(scope="module")
def tenancy(april):
    """Of the tenant sora, who has moved in. Its address, and the call's."""
    call = april.published("입주 모집", ["office-1"])
    mine = april.submitted(call, OURS["sora"], "하늘협동조합", "sora")
    april.screened(call, mine)
    april.judged_by(call)
    april.scored(mine, 90)
    april.results(call)
    sora = april.member(OURS["sora"], "sora")
    offer = april.ask(sora, "GET", "/offers")["items"][0]
    tenancy_id = april.ask(sora, "POST", f"/offers/{offer['id']}/accept")["tenancy_id"]
    april.ask(sora, "POST", f"/tenancies/{tenancy_id}/sign")
    april.move(april.now + timedelta(days=30))
    return f"/tenancies/{tenancy_id}"


def done(answer, told) -> None:
    assert (answer.status_code, answer.headers.get("Location", answer.text)[-len(told) :]) == (303, told), answer.text


def refused(answer, status, *fields) -> None:
    assert answer.status_code == status, answer.text
    assert [each for each in fields if WRONG.format(each) not in answer.text] == []


def test_staff_confirm_what_they_found_and_give_one_applicant_longer(april, browse):
    call = april.published("심사", ["office-2"])
    first, second = (april.submitted(call, f"org-{each}", f"기업 {each}") for each in (1, 2))
    staff = browse("jiwoo")
    refused(staff.submit(f"/applications/{first}/extension", until="", reason="입원"), 422, "until")
    later = f"{april.now + timedelta(days=3):%Y-%m-%dT%H:%M}"
    done(staff.submit(f"/applications/{first}/extension", until=later, reason="입원"), "told=extended")
    refused(staff.submit(f"/applications/{second}/screening", points="80"), 409)

    april.move(april.now + timedelta(days=4))
    refused(staff.submit(f"/applications/{first}/screening", points="101"), 422, "points")
    founded = {"status_since": f"{april.now:%Y-%m-%d}", "in_district": "", "points": "80"}
    done(staff.submit(f"/applications/{first}/screening", **founded), "told=screened")
    done(staff.submit(f"/applications/{second}/screening", points="80.5"), "told=screened")
    found = {each: april.ask(april.staff, "GET", f"/applications/{each}") for each in (first, second)}
    assert [each["status"] for each in found.values()] == ["ineligible", "shortlisted"]
    assert [found[first]["facts"].keys(), found[second]["points"]] == [{"status_since"}, "80.50"]

    april.judged_by(call)
    refused(staff.submit(f"/applications/{second}/bonus", bonus="5", ground="local"), 422, "bonus")
    done(staff.submit(f"/applications/{second}/bonus", bonus="2.5", ground="local"), "told=bonus")
    challenge = {"application_id": second, "judge_id": "taeyang", "ground": "kinship"}
    refused(staff.submit(f"/calls/{call['id']}/recusals", **challenge), 422, "reason")
    done(staff.submit(f"/calls/{call['id']}/recusals", **challenge, reason="친척"), "told=recused")
    assert staff.get(f"/calls/{call['id']}/judges").text.count("친척") == 1
    assert browse("taeyang").get(f"/judging/{second}").status_code == 403


def test_pages_of_the_selection_are_their_own_peoples(april, browse, tenancy):
    call = april.published("남의 것", ["office-3"])
    mine = april.submitted(call, OURS["sora"], "하늘협동조합", "sora")
    own = (f"/applications/{mine}", f"/applications/{mine}/parts/plan", f"/applications/{mine}/result", tenancy)
    paths = (*own, f"/applications/{mine}/documents/business_plan", f"{tenancy}/contract.pdf")
    assert {browse("sora").get(each).status_code for each in paths} == {200}
    assert {browse("junho").get(each).status_code for each in paths} == {404}
    assert {browse().get(each).status_code for each in paths} == {302}
    assert browse("junho").submit(f"/applications/{mine}/parts/plan", plan="남의 글").status_code == 404
    assert browse("junho").submit(f"/applications/{mine}/withdraw").status_code == 404
    of_staff = [f"/calls/{call['id']}/{each}" for each in ("applications", "judges", "ranking", "edit")]
    of_staff += ["/calls/new", "/tenancies"]
    assert {browse("sora").get(each).status_code for each in of_staff} == {403}
    assert {browse("jiwoo").get(each).status_code for each in of_staff} == {200}
    assert {browse("sangcheol").get(each).status_code for each in of_staff[:3]} == {200}
    draft = april.drawn_up("초안", ["office-4"])["id"]
    assert [browse(each).get(f"/calls/{draft}").status_code for each in (None, "sora", "jiwoo")] == [404, 404, 200]


def test_tenant_gives_notice_and_staff_tick_off_moving_out(april, browse, tenancy):
    staff, tenant = browse("jiwoo"), browse("sora")
    refused(staff.submit(f"{tenancy}/review", score="80"), 409)
    refused(tenant.submit(f"{tenancy}/notice", ends_on=f"{april.now + timedelta(days=3):%Y-%m-%d}"), 422, "ends_on")
    done(tenant.submit(f"{tenancy}/notice", ends_on=""), "told=noticed")
    assert tenant.submit(f"{tenancy}/move-out", restored="1").status_code == 403
    refused(staff.submit(f"{tenancy}/move-out", restored="1", deductions="삼십만"), 422, "deductions")
    assert april.ask(april.staff, "GET", tenancy)["checklist"]["restored_on"] is None
    done(staff.submit(f"{tenancy}/move-out", restored="1", deductions=""), "told=ticked")
    done(staff.submit(f"{tenancy}/move-out", card_returned="1", deductions="300000", note="벽지"), "told=ticked")
    shown = april.ask(april.staff, "GET", tenancy)
    assert (shown["status"], shown["checklist"]["settlement"]["refund"]) == ("moved_out", 700_000)
    assert "700,000원" in tenant.get(tenancy).text
    assert tenancy not in tenant.get("/tenancy", allow_redirects=True).url


def test_correction_that_cannot_be_read_is_refused(april, browse):
    call = april.published("고칠 공고", ["office-4"])
    correct = f"/calls/{call['id']}/corrections"
    refused(browse("jiwoo").submit(correct, interviews_start="다음 주", reason="착오"), 422, "interviews_start")
    refused(browse("jiwoo").submit(correct, title="고친 공고", result_on="2020-02-30", reason="착오"), 422, "result_on")
    assert april.ask(april.staff, "GET", f"/calls/{call['id']}")["title"] == "고칠 공고"
    late = f"/applications/{april.drafted(call, 'org-9', '기업 9')}/extension"
    refused(browse("jiwoo").submit(late, until="모레", reason="입원"), 422, "until")


@pytest.mark.parametrize("version", ["²", "one", "9" * 5000])
def test_part_of_an_application_on_top_of_no_version_is_refused(april, browse, version):
    call = april.published("초안", ["office-4"])
    mine = april.drafted(call, OURS["junho"], "행복마을", "junho")
    sent = browse("junho").submit(f"/applications/{mine}/parts/plan", plan="다른 글", version=version)
    assert (sent.status_code, "다른 글" in sent.text) == (422, True)
    assert browse("junho").submit(f"/applications/{mine}/withdraw").status_code == 303


def test_decision_that_is_refused_leaves_the_desk_whole(april, browse):
    call = april.published("기다리는 공고", ["office-4"])
    april.submitted(call, "org-8", "기업 8")
    april.move(datetime.fromisoformat(call["intake_closes_at"]) + timedelta(hours=1))
    day = april.now + timedelta(days=16 - april.now.weekday())
    resident = april.embedded.session("minji", "resident")
    booking = april.ask(resident, "POST", "/bookings", application(day=f"{day:%Y-%m-%d}"))
    page = browse("jiwoo").submit(f"/desk/{booking['id']}/reject", reason_code="colour")
    refused(page, 422)
    assert [each for each in ("기다리는 공고", booking["id"]) if each not in page.text] == []


def test_a_draft_that_a_colleague_has_saved_since_is_not_overwritten(april, browse):
    draft = april.drawn_up("초안", ["office-5"])
    address, staff = f"/calls/{draft['id']}/edit", browse("jiwoo")
    days = {name: draft[name] for name in ("notice_on", "screening_on", "result_on", "contract_by", "move_in_on")}
    moments = ("intake_opens_at", "intake_closes_at", "interviews_start", "interviews_end")
    written = {**days, **{name: draft[name][:16] for name in moments}, "unit_ids": "office-5", "version": "1"}
    assert 'name="version" value="1"' in staff.get(address).text
    done(staff.submit(address, title="고친 초안", **written), "told=changed")
    stale = staff.submit(address, title="못 본 초안", **written)
    refused(stale, 409)
    assert 'name="version" value="1"' in stale.text
    assert april.ask(april.staff, "GET", f"/calls/{draft['id']}")["title"] == "고친 초안"
