"""From the notice of a call to the panel of judges, over HTTP, in an installation of its own in April 2020."""

import hashlib
import os
import re
from pathlib import Path

import pytest
import requests

from tests.service.gateway.conftest import Installation, problem_of
from tests.service.recruitment.files import PDF, REFUSED, TAKEN
from tests.service.recruitment.selecting import IN_INTAKE, KINDS, a_call, content

MEBIBYTE = 1 << 20
SLACK = 8 * MEBIBYTE
"""How much a process may grow by while 20 MB pass: some pieces, not the file."""


@pytest.fixture(scope="module")
def april(tmp_path_factory):
    running = Installation(tmp_path_factory.mktemp("april"), now=IN_INTAKE)
    yield running
    running.stop()


@pytest.fixture(scope="module")
def staff(april) -> str:
    return april.token("staff-1", "staff", name="김담당")


@pytest.fixture(scope="module")
def call(april, staff) -> dict:
    made = april.call("POST", "/calls", staff, json=a_call())
    assert made.status_code == 201, made.text
    assert april.call("GET", made.headers["Location"]).status_code == 404
    published = april.call("POST", f"/calls/{made.json()['id']}/publish", staff)
    assert published.status_code == 200, published.text
    return published.json()


def member(april, number: int) -> str:
    return april.token(f"member-{number}", "member", name=f"회원 {number}", orgs=[f"org-{number}"])


def begun(april, call, number: int) -> tuple[str, str]:
    """A draft of an organisation: its member and its address."""
    person = member(april, number)
    body = {"organisation_id": f"org-{number}", **content(number)}
    made = april.call("POST", f"/calls/{call['id']}/applications", person, json=body)
    assert made.status_code == 201, made.text
    return person, made.headers["Location"]


def put(april, person: str, address: str, kind: str = "business_plan", body: bytes = PDF, **options):
    options.setdefault("params", {"name": "사업계획.pdf"})
    return april.call("PUT", f"{address}/documents/{kind}", person, data=body, **options)


def stored(april) -> list[str]:
    """Every file that the store has."""
    root = Path(april.environment["MADANG_DATA"]) / "documents"
    return sorted(str(path.relative_to(root)) for path in root.rglob("*") if path.is_file())


def do_what_is_due(april, moment: str) -> None:
    april.call("POST", "/dev/clock", json={"now": moment})


def peak(april) -> int:
    """The most memory that the process has had, in bytes."""
    found = re.search(r"VmHWM:\s+(\d+) kB", Path(f"/proc/{april.process.pid}/status").read_text())
    return int(found[1]) * 1024


def test_a_draft_is_changed_by_who_has_read_its_last_version(april, call, staff):
    address = april.call("POST", "/calls", staff, json=a_call()).headers["Location"]
    tagged = {"If-Match": april.call("GET", address, staff).headers["ETag"]}
    assert april.call("PUT", address, staff, json=a_call(title="고친 공고"), headers=tagged).json()["version"] == 2
    problem_of(april.call("PUT", address, staff, json=a_call(), headers=tagged), 412, "stale_version")
    problem_of(april.call("PUT", address, staff, json=a_call(version=1)), 409, "stale_version")
    assert april.call("GET", address, staff).json()["title"] == "고친 공고"


def test_from_the_call_to_a_receipt(april, call):
    shown = april.call("GET", f"/calls/{call['id']}", headers={"Accept-Language": "en"}).json()
    assert (shown["code"], shown["units"], shown["status"]) == ("2020-1", {"office": 8}, "published")
    assert [(each["id"], each["points"]) for each in shown["criteria"]] == [
        ("team", "30"),
        ("social_local", "30"),
        ("viability", "25"),
        ("fit", "15"),
    ]
    assert [each["id"] for each in april.call("GET", "/calls").json()["items"]] == [call["id"]]

    person, address = begun(april, call, 1)
    again = april.call(
        "POST", f"/calls/{call['id']}/applications", person, json={"organisation_id": "org-1", **content(1)}
    )
    assert problem_of(again, 409, "already_applied")["refusals"][0]["details"] == {
        "application_id": address.rpartition("/")[2]
    }
    lacking = problem_of(april.call("POST", f"{address}/submit", person), 409, "document_missing")
    assert [each["details"]["kind"] for each in lacking["refusals"]] == list(KINDS)
    assert lacking["refusals"][0]["message"] == "서류가 빠졌습니다: 입주신청서."

    saved = april.call("PATCH", address, person, json={"version": 1, "plan": "고친 계획"}).json()
    assert (saved["version"], saved["content"]["plan"], saved["content"]["legal_type"]) == (
        2,
        "고친 계획",
        "cooperative",
    )
    problem_of(april.call("PATCH", address, person, json={"version": 1, "plan": "늦은 글"}), 409, "stale_version")
    for kind in KINDS:
        assert put(april, person, address, kind).status_code == 200
    submitted = april.call("POST", f"{address}/submit", person).json()
    assert (submitted["status"], submitted["submitted_version"]) == ("submitted", 2)
    assert re.fullmatch(r"2020-1-\d{4}", submitted["receipt"]["number"])
    assert re.fullmatch(r"[0-9a-f]{64}", submitted["receipt"]["digest"])
    assert all(each["submitted"] for each in submitted["documents"])
    assert april.call("POST", f"{address}/withdraw", person).json()["status"] == "withdrawn"


def test_an_application_is_nobody_elses(april, call):
    person, address = begun(april, call, 2)
    put(april, person, address)
    stranger, auditor = member(april, 3), april.token("auditor-1", "auditor")
    for method, path, body in (
        ("GET", "", None),
        ("PATCH", "", {"plan": "남의 글"}),
        ("POST", "/submit", None),
        ("POST", "/withdraw", None),
        ("GET", "/documents/business_plan", None),
    ):
        problem_of(april.call(method, address + path, stranger, json=body), 404, "not_found")
        problem_of(april.call(method, address + path, None, json=body), 401, "unauthenticated")
    problem_of(put(april, stranger, address), 404, "not_found")
    assert april.call("GET", "/applications", stranger).json()["items"] == []
    problem_of(april.call("POST", f"{address}/screening", stranger, json={}), 403, "forbidden")
    problem_of(april.call("GET", f"{address}/accesses", stranger), 403, "forbidden")
    assert april.call("GET", address, auditor).status_code == 200
    other = april.call("POST", f"/calls/{call['id']}/applications", stranger, json={"organisation_id": "org-2"})
    problem_of(other, 403, "forbidden")


@pytest.mark.parametrize("media_type", TAKEN)
def test_every_kind_of_document_comes_back_as_it_was(april, call, media_type):
    person, address = begun(april, call, 100 + list(TAKEN).index(media_type))
    body = TAKEN[media_type]
    made = put(april, person, address, body=body, params={"name": "C:\\내 문서\\..\\../계획 \u202egpj.exe"}).json()
    assert (made["media_type"], made["size"], made["digest"]) == (
        media_type,
        len(body),
        hashlib.sha256(body).hexdigest(),
    )
    assert re.fullmatch(r"계획 gpj\.exe\.(pdf|png|jpg|hwp|hwpx|docx)", made["name"])
    got = april.call("GET", f"{address}/documents/business_plan", person)
    assert (got.content, got.headers["Content-Type"]) == (body, media_type)
    assert got.headers["Content-Disposition"].startswith("attachment; ")


def test_a_file_is_to_be_saved_and_is_given_whole_to_its_own_alone(april, call):
    """A name cannot leave its header, a script runs nowhere, a part that is asked for tells nothing new."""
    person, address = begun(april, call, 111)
    problem_of(put(april, person, address, params={"name": "a.pdf\r\nX-Made-Up: 1"}), 422)
    assert put(april, person, address, params={"name": 'x"; filename=evil.html;.pdf'}).status_code == 200
    path = f"{address}/documents/business_plan"
    whole = april.call("GET", path, person)
    assert whole.headers["Content-Disposition"] == "attachment; filename*=UTF-8''x%20filename%3Devil.html.pdf"
    assert whole.headers["X-Content-Type-Options"] == "nosniff"
    assert whole.headers["Cache-Control"] == "private, no-store"
    assert "default-src 'none'" in whole.headers["Content-Security-Policy"]
    for wanted in ("bytes=0-3", "bytes=5-2", "bytes=-99999999", "bytes=0-0,2-2,4-4", "lines=1"):
        got = april.call("GET", path, person, headers={"Range": wanted})
        assert (got.status_code, got.content) == (200, PDF)
    problem_of(
        april.call("GET", path, member(april, 112), headers={"If-None-Match": whole.headers["ETag"]}), 404, "not_found"
    )


def test_a_form_brings_a_file_too(april, call):
    person, address = begun(april, call, 110)
    files = {"file": ("소개.pdf", PDF, "text/html")}
    made = april.call("PUT", f"{address}/documents/introduction", person, files=files)
    assert (made.json()["name"], made.json()["media_type"]) == ("소개.pdf", "application/pdf")
    problem_of(april.call("PUT", f"{address}/documents/introduction", person, files={"other": PDF}), 422)


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_document_is_refused_and_leaves_nothing(april, call, name):
    body, reason = REFUSED[name]
    person, address = begun(april, call, 120 + list(REFUSED).index(name))
    before = stored(april)
    problem = problem_of(put(april, person, address, body=body), 409, "document_rejected")
    assert [each["details"]["reason"] for each in problem["refusals"]] == [reason]
    assert set(stored(april)) <= set(before)  # what was replaced before may go meanwhile
    assert april.call("GET", address, person).json()["documents"] == []


def test_twenty_megabytes_pass_in_constant_memory(april, call):
    person, address = begun(april, call, 140)
    put(april, person, address)  # what is loaded once is loaded
    april.call("GET", f"{address}/documents/business_plan", person)
    before = peak(april)
    body = PDF + os.urandom(20 * MEBIBYTE - len(PDF))
    made = put(april, person, address, body=body)
    assert (made.status_code, made.json()["size"]) == (200, 20 * MEBIBYTE)
    got = april.call("GET", f"{address}/documents/business_plan", person)
    assert hashlib.sha256(got.content).hexdigest() == hashlib.sha256(body).hexdigest()
    assert peak(april) - before < SLACK


def test_a_byte_more_is_refused_and_leaves_nothing(april, call):
    person, address = begun(april, call, 141)
    before = stored(april)
    problem = problem_of(put(april, person, address, body=PDF.ljust(20 * MEBIBYTE + 1)), 409, "document_rejected")
    assert problem["refusals"][0]["details"] == {"reason": "too_large", "most": 20, "size": 20 * MEBIBYTE + 1}
    assert set(stored(april)) <= set(before)  # what was replaced before may go meanwhile


def test_an_upload_that_breaks_off_leaves_nothing(april, call):
    person, address = begun(april, call, 142)
    before = stored(april)

    def half():
        yield PDF
        raise ConnectionError("the line is cut")

    with pytest.raises(requests.ConnectionError):
        put(april, person, address, body=half())
    assert set(stored(april)) <= set(before)  # what was replaced before may go meanwhile
    assert april.call("GET", address, person).json()["documents"] == []


def test_a_document_takes_the_place_of_the_one_before(april, call):
    person, address = begun(april, call, 143)
    put(april, person, address)
    do_what_is_due(april, "2020-04-10T11:00:00+09:00")  # what the tests before have replaced is gone
    before = stored(april)
    put(april, person, address, body=PDF + b"second")
    do_what_is_due(april, "2020-04-10T12:00:00+09:00")
    assert april.call("GET", f"{address}/documents/business_plan", person).content == PDF + b"second"
    after = stored(april)
    assert (len(after), after != before) == (len(before), True)


def test_a_kind_that_the_centre_does_not_know_is_not_there(april, call):
    person, address = begun(april, call, 144)
    problem_of(put(april, person, address, kind="passport"), 404, "not_found")
