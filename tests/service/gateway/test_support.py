"""The support work over HTTP, from end to end."""

import base64
import io

import pytest
from openpyxl import load_workbook

from tests.service.gateway.conftest import problem_of


@pytest.fixture(scope="module")
def people(madang) -> dict[str, str]:
    return {name: madang.token(f"support-{name}", name) for name in ("resident", "staff")}


def test_consulting_over_http(madang, people):
    staff, asker = people["staff"], people["resident"]
    consultant = madang.token("support-kim", "consultant", name="김자문")
    topics = {"name": "김자문", "topics": ["marketing"]}
    assert madang.call("PUT", "/consultants/support-kim", staff, json=topics).json()["load"] == 0
    made = madang.call("POST", "/consultations", asker, json={"topic": "marketing", "title": "이름 짓기"})
    path = made.headers["Location"]
    problem_of(madang.call("POST", f"{path}/assign", staff), 409, "illegal_transition")
    assigned = madang.call("POST", f"{path}/assign", staff, json={"diagnosis": "상표를 봅니다."}).json()
    assert (assigned["status"], assigned["consultant_id"]) == ("assigned", "support-kim")
    log = {"held_at": "2020-03-09T14:00:00+09:00", "minutes": 60, "notes": "상표 검색"}
    assert len(madang.call("POST", f"{path}/logs", consultant, json=log).json()["logs"]) == 1
    assert madang.call("POST", f"{path}/report", consultant, json={"report": "끝"}).json()["status"] == "reported"
    problem_of(madang.call("POST", f"{path}/satisfaction", asker, json={"satisfaction": 6}), 422)
    rated = madang.call("POST", f"{path}/satisfaction", asker, json={"satisfaction": 5})
    assert (rated.json()["status"], rated.json()["satisfaction"]) == ("rated", 5)


def test_bad_rows_and_files_over_http(madang, people):
    staff = people["staff"]
    bad = {"format": "csv", "content": base64.b64encode("이름,구분\n서구청,공공\n".encode()).decode(), "dry_run": True}
    korean = {"Accept-Language": "ko"}
    found = madang.call("POST", "/imports/members", staff, json=bad, headers=korean).json()
    assert [(each["row"], each["column"], each["message"]) for each in found["faults"]] == [
        (1, "side", "빠진 열입니다."),
        (1, "구분", "이 목록에 없는 열입니다."),
    ]
    problem_of(madang.call("POST", "/imports/members", staff, json={**bad, "dry_run": False}), 422)
    problem_of(madang.call("POST", "/imports/members", staff, json={"format": "csv", "content": "%"}), 422)
    sheet = madang.call("GET", "/exports/programmes?format=xlsx", staff, headers=korean)
    assert sheet.headers["Content-Disposition"] == 'attachment; filename="programmes.xlsx"'
    assert load_workbook(io.BytesIO(sheet.content)).active["B1"].value == "제목"
    yearly = madang.call("GET", "/statistics/yearly.xlsx?year=2020", staff, headers=korean)
    book = load_workbook(io.BytesIO(yearly.content))
    assert [cell.value for cell in book.worksheets[0][1]] == ["2020", "사회적경제", "마을공동체", "공통", "합계"]
