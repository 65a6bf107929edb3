"""Staff write to the people of a course, and a resident of it reads it; staff change the words of a message."""

import pytest

from tests.browser.conftest import READERS, follow
from tests.waiting import wait_until

pytestmark = pytest.mark.browser

SENT = {"ko": "보냄", "en": "Sent"}
COURSE = {
    "field": "both",
    "track": "general",
    "capacity": 10,
    "enrol_from": "2020-03-20T00:00:00+09:00",
    "enrol_until": "2020-04-10T00:00:00+09:00",
}


@pytest.fixture
def course(embedded, reader):
    """The title of one in which minji alone is enrolled."""
    staff, minji = embedded.session("staff-1", "staff"), embedded.session("minji", "resident")
    title = f"마을기업 첫걸음 {reader}"
    made = posted(embedded, staff, "/courses", {**COURSE, "title": title})
    hour = 9 + READERS.index(reader)
    session = {
        "space_id": "meeting",
        "start": f"2020-04-21T{hour:02}:00:00+09:00",
        "end": f"2020-04-21T{hour + 1:02}:00:00+09:00",
        "instructor": {"id": f"teacher-{hour}", "name": "최강사"},
    }
    posted(embedded, staff, f"/courses/{made['id']}/sessions", session)
    posted(embedded, staff, f"/courses/{made['id']}/publish", {})
    minji.put(f"{embedded.url}/me/contact", json={"email": "minji@example.org", "locale": "ko"}, timeout=120)
    posted(embedded, minji, f"/courses/{made['id']}/enrolments", {})
    return title


def posted(embedded, session, path, body):
    answer = session.post(f"{embedded.url}{path}", json=body, timeout=120)
    assert answer.ok, answer.text
    return answer.json()


def test_staff_write_to_a_course_and_a_resident_reads_it(visit, reader, course):
    staff, resident = visit(reader, "jiwoo"), visit(reader, "minji")
    subject = f"준비물 안내 {reader}"
    staff.goto("/broadcasts/new")
    staff.check('input[name="audience"][value="course"]')
    staff.select_option("#course", label=course)
    follow(staff, "main form button.main")
    staff.fill("#subject_ko", subject)
    staff.fill("#body_ko", "첫 시간에 앞치마를 가져와 주세요.")
    if reader.scripts:
        staff.locator("#preview .name", has_text=subject).wait_for()
    else:
        staff.click('button[name="look"]')
        assert staff.locator("#preview .name").first.inner_text() == subject
    follow(staff, "main form button.main")
    assert "1" in staff.locator("section[aria-labelledby=recipients] strong").first.inner_text()
    follow(staff, 'form[action$="/send"] button.main')
    wait_until(
        lambda: staff.reload() and SENT[reader.language] in staff.locator("#progress .status").first.inner_text()
    )
    wait_until(lambda: resident.goto("/inbox") and resident.locator("summary", has_text=subject).count())
    resident.locator("summary", has_text=subject).click()
    assert "앞치마" in resident.locator(".letter", has_text="앞치마").first.inner_text()
    assert (staff.complaints, resident.complaints) == ([], [])


def test_text_that_is_refused_is_told_beside_what_was_written(visit, reader):
    page = visit(reader, "jiwoo")
    page.goto("/templates/booking_rejected/email/en")
    page.fill("#source", "Not this time\n{{ colour }}")
    follow(page, "main .form button.main")
    assert page.get_attribute("#source", "aria-invalid") == "true"
    assert "colour" in page.inner_text("#source-wrong")
    assert page.input_value("#source") == "Not this time\n{{ colour }}"
