"""Notices over HTTP and on their page: in the language of whoever asks."""

import pytest

from tests.waiting import wait_until

KO = {"subject": "마을 잔치", "body": "토요일에\n\n만납니다."}
EN = {"subject": "Village feast", "body": "See you\n\non Saturday."}
WANTED = {"category": "service", "audience": {"kind": "everyone"}, "channels": ["inbox"]}


def sent(madang, staff, texts):
    madang.call("PUT", "/me/contact", staff, json={"email": "staff@example.org", "locale": "ko"})
    broadcast = madang.call("POST", "/broadcasts", staff, json={**WANTED, "texts": texts}).json()["id"]
    madang.call("POST", f"/broadcasts/{broadcast}/send", staff)
    wait_until(lambda: madang.call("GET", f"/broadcasts/{broadcast}", staff).json()["state"] == "sent")
    return broadcast


@pytest.mark.parametrize(("language", "expected"), [("ko", KO), ("en", EN)])
def test_notice_is_in_the_language_of_who_asks(madang, staff, language, expected):
    both, alone = sent(madang, staff, {"ko": KO, "en": EN}), sent(madang, staff, {"ko": KO})
    answer = madang.call("GET", "/notices", headers={"Accept-Language": language})
    found = {each["id"]: each for each in answer.json()["items"]}
    assert found[both] == {"id": both, "locale": language, **expected, "sent_at": found[both]["sent_at"]}
    assert (found[alone]["locale"], found[alone]["subject"]) == ("ko", KO["subject"])
    page = madang.session.get(f"{madang.address}/notices", headers={"Accept-Language": language}).text
    assert f'id="notice-{both}" lang="{language}">{expected["subject"]}<' in page
    assert f'lang="{language}">{expected["body"]}<' in page
