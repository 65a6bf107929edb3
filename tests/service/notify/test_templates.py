"""The centre's own words: written, tried, approved, and refused before anybody gets them."""

import pytest

from services.chassis.errors import Forbidden, IllegalTransition, Invalid, NotFound, Refused, StaleVersion
from services.notify.domain.message import Channel
from tests.people import AUDITOR, RESIDENT, STAFF

APPROVED = {"key": "booking_approved", "channel": "email", "locale": "ko"}
OWN = "{{ space }} 확정\n{{ name }} 님, {{ when }}에 {{ space }}에서 뵙겠습니다."
NOTICE = {"key": "booking_approved", "channel": "alimtalk", "locale": "ko"}
LIBRARY = {"key": "library_reopened", "variables": ["opens_at"]}
ESCAPES = [
    "{{ ''.__class__.__base__.__subclasses__() }}",
    "{{ space.__init__.__globals__ }}",
    "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
    "{% for each in range(10**9) %}x{% endfor %}",
    "{{ 'x' * 10**10 }}",
    "{% include '/etc/passwd' %}",
]


@pytest.fixture
def rpc(notify):
    with notify.bench.acting(STAFF) as proxy:
        yield proxy


def put(rpc, source=OWN, **other):
    return rpc.notify.put_template(**{**APPROVED, "source": source, **other})


def test_messages_are_in_the_centres_own_words_from_then_on_and_keep_their_version(notify, rpc):
    notify.join("hong@example.com")
    notify.hear("booking_approved")
    notify.settle()
    assert put(rpc)["version"] == 1
    assert put(rpc, OWN + "!")["version"] == 2
    notify.hear("booking_approved")
    notify.settle()
    own, shipped = notify.mailbox()
    assert (own["subject"], shipped["subject"][:7]) == ("교육장 1 확정", "[교육장 1]")
    assert own["body"] == "홍길동 님, 3월 20일 (금) 10:00–12:00에 교육장 1에서 뵙겠습니다.!\n"
    assert [each.template_version.partition(":")[0] for each in notify.rows()] == ["0", "2"]


def test_template_is_shown_as_it_is_shipped_with_what_it_may_name(rpc):
    shown = rpc.notify.get_template(**APPROVED)
    assert (shown["version"], shown["written_by"], shown["approval"], shown["limit"]) == (0, None, None, None)
    assert shown["source"].startswith("[{{ space }}]")
    assert {"name": "space", "sample": "교육장 1"} in shown["offers"]
    text = rpc.notify.get_template(**{**APPROVED, "channel": "sms"})
    assert (text["version"], text["source"], text["limit"]) == (0, "", 90)


def test_list_has_every_shipped_template_in_both_languages_and_the_centres_own(rpc):
    put(rpc)
    put(rpc, "{{ space }}\n{{ when }}", channel="sms")
    items = rpc.notify.list_templates()["items"]
    found = {(each["key"], each["channel"], each["locale"]): each["version"] for each in items}
    assert found["booking_approved", "email", "ko"] == 1
    assert found["booking_approved", "sms", "ko"] == 1
    assert found["booking_approved", "email", "en"] == 0
    assert len(found) == len(items) > 80


def test_version_that_was_not_the_last_is_stale(rpc):
    put(rpc, version=0)
    for stale in (0, 2):
        with pytest.raises(StaleVersion):
            put(rpc, OWN + "!", version=stale)
    assert put(rpc, OWN + "!", version=1)["version"] == 2
    assert put(rpc, OWN + "!", version=2)["version"] == 2  # it says the same: no new version


@pytest.mark.parametrize("source", [f"제목\n{escape}" for escape in ESCAPES], ids=range(len(ESCAPES)))
def test_template_that_wants_out_of_the_sandbox_is_refused_and_nothing_is_kept(rpc, source):
    with pytest.raises(Refused) as caught:
        put(rpc, source)
    assert [each.code for each in caught.value.refusals] == ["template_invalid"]
    assert rpc.notify.get_template(**APPROVED)["version"] == 0


def test_unknown_name_is_refused_by_its_name_in_the_callers_language(notify):
    with notify.bench.acting(STAFF, locale="ko") as rpc, pytest.raises(Refused, match="colour") as caught:
        put(rpc, "제목\n{{ colour }}")
    (refusal,) = caught.value.refusals
    assert refusal.message == "쓸 수 없는 이름이 있습니다: colour"
    assert refusal.details == {"names": "colour"}


@pytest.mark.parametrize(
    "source", ["{{ space", "{% if space %}", "\n\n", "", "x" * 20_001, "x" * 1_000_000, "제목\x00\n", 7, None]
)
def test_source_that_cannot_be_one_is_refused(rpc, source):
    with pytest.raises((Refused, Invalid)):
        put(rpc, source)
    assert rpc.notify.get_template(**APPROVED)["version"] == 0


@pytest.mark.parametrize(
    ("channel", "fits", "too_long"),
    [("sms", "가" * 45, "가" * 45 + "a"), ("lms", "가" * 1000, "가" * 1001), ("alimtalk", "a" * 1000, "가" * 1001)],
)
def test_text_is_measured_as_its_channel_counts(rpc, channel, fits, too_long):
    assert put(rpc, f"제목\n{fits}", channel=channel)["version"] == 1
    with pytest.raises(Refused):
        put(rpc, f"제목\n{too_long}", channel=channel)


def test_text_is_measured_as_it_is_filled_in(rpc):
    source = "제목\n" + "가" * 41 + "{{ space }}"  # 교육장 1 has 8 bytes, its name in braces 11
    preview = rpc.notify.preview_template(**{**APPROVED, "channel": "sms"}, source=source)
    assert (preview["size"], preview["limit"]) == (90, 90)
    with pytest.raises(Refused, match="92"):
        rpc.notify.preview_template(**{**APPROVED, "channel": "sms"}, source=source + "가")


def test_preview_is_filled_in_with_samples_or_what_is_given_and_keeps_nothing(rpc):
    preview = rpc.notify.preview_template(**APPROVED, source=OWN)
    assert preview["subject"] == "교육장 1 확정"
    given = rpc.notify.preview_template(**APPROVED, source=OWN, words={"space": "마당\r\nBcc: x@example.com"})
    assert given["subject"] == "마당 Bcc: x@example.com 확정"
    text = rpc.notify.preview_template(**{**APPROVED, "channel": "sms"})
    assert text["body"].endswith("서구 사회적경제마을지원센터\n")
    assert rpc.notify.get_template(**APPROVED)["version"] == 0


def test_scenario_38_notice_is_blocked_until_its_template_is_approved(notify_with):
    notify = notify_with(alimtalk_urls=("http://key:secret@127.0.0.1:9?from=0321112222",))
    with notify.bench.acting(RESIDENT) as rpc:
        rpc.notify.put_contact(email="hong@example.com", phone="010-1234-5678", locale="ko")
    with notify.bench.acting(STAFF) as rpc:
        assert put(rpc, channel="alimtalk")["approval"] == "REG"
        for early in ("APR", "REJ"):
            with pytest.raises(IllegalTransition):
                rpc.notify.move_approval(**NOTICE, approval=early)
        rpc.notify.move_approval(**NOTICE, approval="REQ")
        notify.hear("booking_approved")
        notify.settle()
        assert "alimtalk" not in {each.channel for each in notify.rows()}
        rpc.notify.move_approval(**NOTICE, approval="REJ", note="변수가 너무 많습니다")
        assert rpc.notify.get_template(**NOTICE)["approval_note"] == "변수가 너무 많습니다"
        rpc.notify.move_approval(**NOTICE, approval="REQ")
        assert rpc.notify.move_approval(**NOTICE, approval="APR")["approval"] == "APR"
        notify.hear("booking_approved")
        notify.settle()
        assert [each.channel for each in notify.rows()].count("alimtalk") == 1
        # another text is another version, and begins anew; until it is approved the old one goes out
        assert put(rpc, OWN + "!", channel="alimtalk")["approval"] == "REG"
        notify.hear("booking_approved")
        notify.settle()
        notices = [each for each in notify.rows() if each.channel == Channel.ALIMTALK]
        assert [each.template_version[:2] for each in notices] == ["1:", "1:"]


def test_mail_needs_no_approval(rpc):
    put(rpc)
    with pytest.raises(NotFound):
        rpc.notify.move_approval(**APPROVED, approval="REQ")


def test_own_template_declares_its_names(rpc):
    written = {**APPROVED, **LIBRARY}
    assert put(rpc, "도서관\n{{ opens_at }}에 엽니다.", **LIBRARY)["version"] == 1
    assert {"name": "opens_at", "sample": "‹opens_at›"} in rpc.notify.get_template(
        key="library_reopened", channel="email", locale="en"
    )["offers"]
    with pytest.raises(Refused, match="closes_at"):
        rpc.notify.put_template(**written, source="도서관\n{{ closes_at }}")
    with pytest.raises(NotFound):
        rpc.notify.get_template(key="never_written", channel="email", locale="en")
    with pytest.raises(NotFound):
        rpc.notify.preview_template(key="never_written", channel="email", locale="en")


def test_names_of_a_shipped_template_are_its_events(rpc):
    with pytest.raises(Invalid) as caught:
        put(rpc, variables=["space", "colour"])
    assert "variables" in caught.value.errors


@pytest.mark.parametrize("key", ["", "Booking", "a.b", "../secret", "a" * 61, "booking_approved\n"])
def test_key_that_is_none_is_refused(rpc, key):
    with pytest.raises(Invalid):
        put(rpc, key=key)


def test_who_wrote_what_is_on_record(notify, rpc):
    put(rpc)
    put(rpc, channel="alimtalk")
    rpc.notify.move_approval(**NOTICE, approval="REQ")
    with notify.bench.acting(AUDITOR) as auditor:
        (first,) = auditor.notify.list_decisions(subject_id="booking_approved.email.ko")["items"]
        approval, _ = auditor.notify.list_decisions(subject_id="booking_approved.alimtalk.ko")["items"]
    assert (first["action"], first["actor_id"], first["before"]) == ("put", STAFF.id, {})
    assert (first["after"]["version"], first["after"]["source"]) == (1, OWN)
    assert (approval["before"]["approval"], approval["after"]["approval"]) == ("REG", "REQ")


def test_templates_are_for_staff_alone(notify):
    for actor in (RESIDENT, AUDITOR, None):
        with notify.bench.acting(actor) as rpc:
            for ask in (
                rpc.notify.list_templates,
                lambda: rpc.notify.get_template(**APPROVED),
                lambda: put(rpc),
                lambda: rpc.notify.preview_template(**APPROVED),
                lambda: rpc.notify.move_approval(**NOTICE, approval="REQ"),
            ):
                with pytest.raises(Forbidden):
                    ask()
