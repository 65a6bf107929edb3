"""Preferences and consents, masked lists, and who saw whose data: scenario 39."""

from datetime import datetime

import pytest
from sqlalchemy import Engine, event

from services.chassis.context import Actor
from services.chassis.errors import Forbidden, Invalid, Refused
from services.notify.models.people import Consent
from tests.people import AUDITOR, NEIGHBOUR, RESIDENT, STAFF

APPLICANTS = [f"applicant-{number:02}" for number in range(30)]


@pytest.fixture
def applicants(notify):
    for number, person in enumerate(APPLICANTS):
        with notify.bench.acting(Actor(person, "홍길동", frozenset({"resident"}))) as rpc:
            rpc.notify.put_contact(email=f"hong{number}@example.com", phone=f"010-1234-56{number:02}", locale="ko")
    return notify


def test_staff_view_and_then_export_30_applicants(applicants):
    with applicants.bench.acting(STAFF) as rpc:
        viewed = rpc.notify.view_contacts(person_ids=APPLICANTS, reason="면접 일정 안내")["items"]
        assert len(rpc.notify.list_disclosures(limit=100)["items"]) == 30
        exported = rpc.notify.export_contacts(person_ids=APPLICANTS, reason="심사위원회 자료")["items"]
        log = rpc.notify.list_disclosures(limit=100)["items"]
    assert viewed == exported
    assert [each["email"] for each in viewed] == [f"hong{number}@example.com" for number in range(30)]
    by_action = {action: [each for each in log if each["action"] == action] for action in ("view", "export")}
    for action, reason in (("view", "면접 일정 안내"), ("export", "심사위원회 자료")):
        assert sorted(each["person_id"] for each in by_action[action]) == APPLICANTS
        assert {(each["reason"], each["actor_id"], each["actor_name"], each["at"]) for each in by_action[action]} == {
            (reason, "staff-1", "이담당", "2020-03-10T09:00:00+09:00")
        }
    assert len(log) == 60


def test_without_a_reason_nothing_is_shown_and_nothing_logged(applicants):
    with applicants.bench.acting(STAFF) as rpc:
        for disclose in (rpc.notify.view_contacts, rpc.notify.export_contacts):
            for reason in ({}, {"reason": None}, {"reason": ""}, {"reason": "   "}):
                with pytest.raises(Invalid):
                    disclose(person_ids=APPLICANTS, **reason)
        assert rpc.notify.list_disclosures()["items"] == []


def test_list_is_masked_and_paged(applicants):
    with applicants.bench.acting(STAFF) as rpc:
        page = rpc.notify.list_contacts(limit=20)
        rest = rpc.notify.list_contacts(limit=20, cursor=page["next_cursor"])
    assert page["items"][0] == {
        "person_id": "applicant-00",
        "name": "홍*동",
        "email": "h***@example.com",
        "phone": "010-****-5600",
        "locale": "ko",
    }
    assert [each["person_id"] for each in page["items"] + rest["items"]] == APPLICANTS
    assert rest["next_cursor"] is None


def test_who_has_no_contact_is_neither_shown_nor_logged(notify):
    notify.join("hong@example.com")
    with notify.bench.acting(STAFF) as rpc:
        shown = rpc.notify.view_contacts(person_ids=["resident-1", "nobody-yet", "resident-1"], reason="전화 문의")
        assert [each["person_id"] for each in shown["items"]] == ["resident-1"]
        assert [each["person_id"] for each in rpc.notify.list_disclosures()["items"]] == ["resident-1"]


def test_contacts_are_for_staff_alone(notify):
    for actor in (RESIDENT, AUDITOR, None):
        with notify.bench.acting(actor) as rpc:
            for ask in (
                rpc.notify.list_contacts,
                lambda: rpc.notify.view_contacts(person_ids=["resident-1"], reason="x"),
                lambda: rpc.notify.export_contacts(person_ids=["resident-1"], reason="x"),
            ):
                with pytest.raises(Forbidden):
                    ask()


def test_people_see_who_saw_their_own_data_and_auditors_see_all(applicants):
    with applicants.bench.acting(STAFF) as rpc:
        rpc.notify.view_contacts(person_ids=APPLICANTS[:2], reason="전화 문의")
    with applicants.bench.acting(Actor(APPLICANTS[0], "홍길동")) as rpc:
        own = rpc.notify.list_disclosures(person_id=APPLICANTS[0])["items"]
        assert [(each["person_id"], each["actor_name"]) for each in own] == [(APPLICANTS[0], "이담당")]
        with pytest.raises(Forbidden):
            rpc.notify.list_disclosures()
        with pytest.raises(Forbidden):
            rpc.notify.list_disclosures(person_id=APPLICANTS[1])
    with applicants.bench.acting(AUDITOR) as rpc:
        assert len(rpc.notify.list_disclosures()["items"]) == 2


@pytest.mark.parametrize("method", ["list_contacts", "list_disclosures"])
def test_list_takes_as_many_queries_for_30_as_for_one(applicants, method):
    statements = []

    def note(*given) -> None:
        statements.append(given[2])

    with applicants.bench.acting(STAFF) as rpc:
        rpc.notify.view_contacts(person_ids=APPLICANTS, reason="전화 문의")
        counts = []
        event.listen(Engine, "before_cursor_execute", note)
        try:
            for limit in (1, 30):
                statements.clear()
                assert len(getattr(rpc.notify, method)(limit=limit)["items"]) == limit
                counts.append(
                    len([each for each in statements if "FROM contacts" in each or "FROM disclosures" in each])
                )
        finally:
            event.remove(Engine, "before_cursor_execute", note)
    assert counts == [1, 1]


def test_preferences_begin_with_the_centres_and_take_what_the_person_chose(notify):
    notify.join("hong@example.com")
    with notify.bench.acting(RESIDENT) as rpc:
        before = rpc.notify.get_preferences()
        put = rpc.notify.put_preferences(
            choices={"service": {"sms": False}, "advertising": {"email": False}},
            quiet={"from": "22:00", "until": "07:00"},
        )
        assert rpc.notify.get_preferences() == put
    assert all(all(channels.values()) for channels in before["choices"].values())
    assert (before["own"], before["quiet"], before["zone"]) == ({}, None, "Asia/Seoul")
    nothing = {"given": False, "confirmed_at": None, "expires_at": None}
    assert before["consents"] == {"advertising": nothing, "night": nothing}
    assert put["own"] == {"service": {"sms": False}, "advertising": {"email": False}}
    assert [channel for channel, wanted in put["choices"]["service"].items() if not wanted] == ["sms"]
    assert put["quiet"] == {"from": "22:00", "until": "07:00"}


def test_mandatory_messages_cannot_be_muted(notify):
    notify.join("hong@example.com")
    with notify.bench.acting(RESIDENT, locale="ko") as rpc:
        with pytest.raises(Refused, match="필수 알림은 끌 수 없습니다"):
            rpc.notify.put_preferences(choices={"mandatory": {"email": False}, "service": {"sms": False}})
        assert rpc.notify.get_preferences()["own"] == {}
        assert rpc.notify.put_preferences(choices={"mandatory": {"email": True}})["own"] == {
            "mandatory": {"email": True}
        }


def test_consent_has_its_date_and_is_confirmed_and_taken_back(notify):
    notify.join("hong@example.com")
    with notify.bench.acting(RESIDENT) as rpc:
        given = rpc.notify.put_preferences(consents={"advertising": True, "night": True})["consents"]
        notify.bench.move_clock(datetime.fromisoformat("2021-03-10T09:00:00+09:00"))
        left = rpc.notify.put_preferences(consents={"night": False})["consents"]
        confirmed = rpc.notify.put_preferences(consents={"advertising": True})["consents"]
        withdrawn = rpc.notify.put_preferences(consents={"advertising": False})["consents"]
    first, second = "2020-03-10T09:00:00+09:00", "2021-03-10T09:00:00+09:00"
    assert given["advertising"] == {"given": True, "confirmed_at": first, "expires_at": "2022-03-10T09:00:00+09:00"}
    assert (left["advertising"]["confirmed_at"], left["night"]["given"]) == (first, False)
    assert confirmed["advertising"]["confirmed_at"] == second
    assert (withdrawn["advertising"]["given"], withdrawn["night"]["given"]) == (False, False)
    history = notify.read(Consent)
    assert [(each.kind, each.given) for each in history] == [
        ("advertising", True),
        ("night", True),
        ("night", False),
        ("advertising", True),
        ("advertising", False),
    ]


def test_taking_back_consent_to_advertising_takes_back_the_night(notify):
    notify.join("hong@example.com")
    with notify.bench.acting(RESIDENT) as rpc:
        rpc.notify.put_preferences(consents={"advertising": True, "night": True})
        consents = rpc.notify.put_preferences(consents={"advertising": False})["consents"]
    assert not consents["night"]["given"]


def test_consent_without_contact_and_at_night_alone_is_refused(notify):
    with notify.bench.acting(NEIGHBOUR) as rpc:
        with pytest.raises(Refused) as caught:
            rpc.notify.put_preferences(consents={"night": True})
        assert [each.code for each in caught.value.refusals] == ["contact_missing", "consent_missing"]
        rpc.notify.put_preferences(choices={"service": {"email": False}})


def test_preferences_that_are_none_are_refused(notify):
    wrongs = (
        {"choices": {"gossip": {"email": True}}},
        {"choices": {"service": {"pigeon": True}}},
        {"choices": {"service": {"email": "maybe"}}},
        {"quiet": {"from": "22:00", "until": "22:00"}},
        {"quiet": {"from": "22:00"}},
        {"quiet": {"from": "25:00", "until": "07:00"}},
    )
    with notify.bench.acting(RESIDENT) as rpc:
        for wrong in wrongs:
            with pytest.raises(Invalid):
                rpc.notify.put_preferences(**wrong)


def test_zone_of_the_person_is_kept_and_one_that_is_none_refused(notify):
    with notify.bench.acting(RESIDENT) as rpc:
        assert (
            rpc.notify.put_contact(email="a@example.com", locale="ko", zone="Europe/Berlin")["zone"] == "Europe/Berlin"
        )
        assert rpc.notify.get_preferences()["zone"] == "Europe/Berlin"
        with pytest.raises(Invalid):
            rpc.notify.put_contact(email="a@example.com", locale="ko", zone="Mars/Olympus")
