"""What was sent to everybody is read by everybody, and nothing else is."""

from datetime import datetime

import pytest

from tests.people import RESIDENT, STAFF

TEXTS = {"ko": {"subject": "봄맞이 대청소", "body": "토요일 10시에\n\n마당에서 만납니다."}}
NOTICE = {"category": "service", "audience": {"kind": "everyone"}, "channels": ["inbox"], "texts": TEXTS}
EVENING = datetime.fromisoformat("2020-03-10T19:00:00+09:00")


@pytest.fixture
def rpc(notify):
    notify.join("p1@example.com")
    with notify.bench.acting(STAFF) as proxy:
        proxy.notify.put_contact(email="staff@example.com", locale="ko")
        notify.settle()
        yield proxy


def written(rpc, **other):
    return rpc.notify.create_broadcast(**{**NOTICE, **other})["id"]


def sent(notify, rpc, **other):
    broadcast = written(rpc, **other)
    rpc.notify.send_broadcast(broadcast_id=broadcast)
    notify.settle()
    assert rpc.notify.get_broadcast(broadcast_id=broadcast)["state"] == "sent"
    return broadcast


def notices(notify, **find):
    with notify.bench.acting(None) as visitor:
        return visitor.notify.list_notices(**find)


def test_notice_is_read_by_everybody(notify, rpc):
    broadcast = sent(notify, rpc)
    notice = {"id": broadcast, "locale": "ko", **TEXTS["ko"], "sent_at": "2020-03-10T09:00:00+09:00"}
    assert notices(notify) == {"items": [notice], "next_cursor": None}
    with notify.bench.acting(RESIDENT) as resident:
        assert resident.notify.list_notices()["items"] == [notice]


def test_advertising_and_what_is_for_some_alone_are_no_notices(notify, rpc):
    sent(notify, rpc, category="advertising")
    sent(notify, rpc, audience={"kind": "staff"})
    assert notices(notify)["items"] == []


def test_what_has_not_gone_out_is_no_notice(notify, rpc):
    written(rpc)
    scheduled, cancelled = written(rpc), written(rpc)
    for each in (scheduled, cancelled):
        rpc.notify.send_broadcast(broadcast_id=each, send_at=EVENING.isoformat())
    rpc.notify.cancel_broadcast(broadcast_id=cancelled)
    notify.settle()
    assert notices(notify)["items"] == []
    notify.bench.move_clock(EVENING)
    notify.settle()
    assert [each["id"] for each in notices(notify)["items"]] == [scheduled]


def test_notices_are_paged_by_when_they_were_sent(notify, rpc):
    early = written(rpc)
    first, second = sent(notify, rpc), sent(notify, rpc)
    notify.bench.move_clock(EVENING)
    rpc.notify.send_broadcast(broadcast_id=early)
    notify.settle()
    found, cursor = [], None
    for _ in range(3):
        page = notices(notify, limit=1, cursor=cursor)
        found += [each["id"] for each in page["items"]]
        cursor = page["next_cursor"]
    assert (found, cursor) == ([early, second, first], None)
