"""Contact details: a person's own, in one form, with refusals in their language."""

import pytest

from services.chassis.errors import Forbidden, Invalid, NotFound
from tests.people import NEIGHBOUR, RESIDENT, STAFF

KEPT = {
    "person_id": "resident-1",
    "name": "홍길동",
    "email": "Hong@example.com",
    "phone": "+821012345678",
    "locale": "ko",
    "zone": "Asia/Seoul",
    "updated_at": "2020-03-10T09:00:00+09:00",
}


def test_contact_is_kept_in_one_form_and_given_back(notify):
    with notify.bench.acting(RESIDENT) as rpc:
        put = rpc.notify.put_contact(email=" Hong@EXAMPLE.com ", phone="010-1234-5678", locale="ko")
        assert put == rpc.notify.get_contact() == KEPT
    with notify.bench.acting(STAFF) as rpc:
        assert rpc.notify.view_contacts(person_ids=["resident-1"], reason="전화 문의")["items"] == [KEPT]


def test_contact_put_again_replaces_all_of_it(notify):
    with notify.bench.acting(RESIDENT) as rpc:
        rpc.notify.put_contact(email="hong@example.com", phone="010-1234-5678", locale="ko", name="길동")
        rpc.notify.put_contact(email="hong@example.org", locale="zh_CN")
        found = rpc.notify.get_contact()
    assert found == {**KEPT, "email": "hong@example.org", "phone": None, "locale": "zh-CN"}


def test_contact_of_another_is_not_there(notify):
    with notify.bench.acting(RESIDENT) as rpc:
        rpc.notify.put_contact(email="hong@example.com", locale="ko")
    for actor in (NEIGHBOUR, STAFF):  # staff see it with a reason, by another way
        with notify.bench.acting(actor) as rpc, pytest.raises(NotFound):
            rpc.notify.get_contact(person_id="resident-1")
    with notify.bench.acting(NEIGHBOUR) as rpc, pytest.raises(NotFound):
        rpc.notify.get_contact()


def test_anonymous_has_no_contact(notify):
    with notify.bench.acting() as rpc:
        with pytest.raises(Forbidden):
            rpc.notify.put_contact(email="hong@example.com", locale="ko")
        with pytest.raises(Forbidden):
            rpc.notify.get_contact()


def test_refusals_name_the_field_and_speak_korean(notify):
    with notify.bench.acting(RESIDENT, locale="ko") as rpc:
        with pytest.raises(Invalid, match="이 주소로는 메일을 보낼 수 없습니다") as caught:
            rpc.notify.put_contact(email="hong@localhost", locale="ko")
        assert set(caught.value.errors) == {"email"}
        with pytest.raises(Invalid, match="전화번호가 아닙니다") as caught:
            rpc.notify.put_contact(email="hong@example.com", phone="12", locale="ko")
        assert set(caught.value.errors) == {"phone"}
        with pytest.raises(Invalid) as caught:
            rpc.notify.put_contact(email="hong@example.com\r\nBcc: all@example.com", locale="한국어")
        assert set(caught.value.errors) == {"email", "locale"}
        with pytest.raises(NotFound, match="등록된 연락처가 없습니다"):
            rpc.notify.get_contact()
