"""Whatever is sent, the answer says what is wrong with it: never a 500, always problem+json."""

import json

import pytest

from tests.service.gateway.conftest import application, problem_of

JSON = {"Content-Type": "application/json"}


BODIES = {
    "empty": b"",
    "not JSON": b"{",
    "two documents": b"{} {}",
    "not UTF-8": b'{"title": "\xff"}',
    "UTF-16": '{"title": "마당"}'.encode("utf-16"),
    "a number that JSON does not know": b'{"attendees": NaN}',
    "infinity": b'{"attendees": Infinity}',
    "a name given twice": b'{"title": "a", "title": "b"}',
    "nested too deeply": b"[" * 100_000,
    "nested deeply in an object": b'{"a":' * 5_000 + b"1" + b"}" * 5_000,
    "a list": b"[]",
    "a text": b'"title"',
    "null": b"null",
    "a number with too many digits": b'{"attendees": ' + b"9" * 5_000 + b"}",
}


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES.keys())
def test_body_that_is_no_application_is_invalid(madang, resident, body):
    problem_of(madang.call("POST", "/bookings", resident, data=body, headers=JSON), 422)


FIELDS = {
    "unknown field": ("colour", "red"),
    "unknown field with half a surrogate pair": ("\ud800", 1),
    "space missing": ("space_id", ...),
    "space null": ("space_id", None),
    "space a number": ("space_id", 1),
    "space empty": ("space_id", ""),
    "space too long": ("space_id", "a" * 101),
    "space with NUL": ("space_id", "edu\0"),
    "naive time": ("start", "2020-03-20T10:00:00"),
    "time a number": ("start", 1584666000),
    "time out of range": ("start", "0001-01-01T00:00:00+14:00"),
    "time far away": ("end", "9999-12-31T23:59:59-23:59"),
    "end before start": ("end", "2020-03-20T09:00:00+09:00"),
    "end too far": ("end", "2020-05-20T09:00:00+09:00"),
    "title empty": ("title", ""),
    "title blank": ("title", " 　"),
    "title too long": ("title", "가" * 201),
    "title of 5,000 characters": ("title", "가" * 5_000),
    "title with NUL": ("title", "마을\0모임"),
    "title with a line break": ("title", "마을\n모임"),
    "title with half a surrogate pair": ("title", "\ud800"),
    "title a list": ("title", ["a"]),
    "purpose unknown": ("purpose", "party"),
    "purpose an object": ("purpose", {"a": 1}),
    "attendees zero": ("attendees", 0),
    "attendees negative": ("attendees", -5),
    "attendees a text": ("attendees", "many"),
    "attendees a fraction": ("attendees", 3.5),
    "attendees true": ("attendees", True),
    "attendees beyond 64 bits": ("attendees", 2**65),
    "attendees beyond a float": ("attendees", 1e308),
    "field unknown": ("field", "sports"),
    "field null": ("field", None),
    "equipment a list": ("equipment", ["projector"]),
    "equipment null": ("equipment", None),
    "equipment none of it": ("equipment", {"projector": 0}),
    "equipment less than none": ("equipment", {"projector": -1}),
    "equipment half of one": ("equipment", {"projector": 0.5}),
    "equipment true": ("equipment", {"projector": True}),
    "equipment beyond 64 bits": ("equipment", {"projector": 2**65}),
    "equipment with NUL": ("equipment", {"pro\0jector": 1}),
    "equipment with half a surrogate pair": ("equipment", {"\ud800": 1}),
    "equipment without a name": ("equipment", {"": 1}),
    "equipment of too many kinds": ("equipment", {f"piece-{number}": 1 for number in range(51)}),
    "recurrence a text": ("recurrence", "FREQ=WEEKLY;COUNT=3"),
    "recurrence empty": ("recurrence", {}),
    "recurrence with more": ("recurrence", {"rrule": "FREQ=WEEKLY;COUNT=3", "colour": "red"}),
    "rule null": ("recurrence", {"rrule": None}),
    "rule too long": ("recurrence", {"rrule": "FREQ=WEEKLY;COUNT=3;" * 30}),
    "rule with a line break": ("recurrence", {"rrule": "FREQ=WEEKLY;COUNT=3\nDTSTART:20200101"}),
    "rule no rule": ("recurrence", {"rrule": "every week"}),
    "rule without an end": ("recurrence", {"rrule": "FREQ=WEEKLY"}),
    "rule that never ends": ("recurrence", {"rrule": "FREQ=DAILY;COUNT=999999999999"}),
    "rule by the second": ("recurrence", {"rrule": "FREQ=SECONDLY;COUNT=3"}),
    "rule that the start does not fit": ("recurrence", {"rrule": "FREQ=WEEKLY;BYDAY=MO;COUNT=3"}),
    "exdates a text": ("recurrence", {"rrule": "FREQ=WEEKLY;COUNT=3", "exdates": "2020-03-27"}),
    "exdate no day": ("recurrence", {"rrule": "FREQ=WEEKLY;COUNT=3", "exdates": ["2020-02-30"]}),
    "exdate a number": ("recurrence", {"rrule": "FREQ=WEEKLY;COUNT=3", "exdates": [20200327]}),
    "exdate null": ("recurrence", {"rrule": "FREQ=WEEKLY;COUNT=3", "exdates": [None]}),
    "exdate twice": ("recurrence", {"rrule": "FREQ=WEEKLY;COUNT=3", "exdates": ["2020-03-27", "2020-03-27"]}),
    "exdate not in the series": ("recurrence", {"rrule": "FREQ=WEEKLY;COUNT=3", "exdates": ["2020-03-26"]}),
    "exdates all of it": ("recurrence", {"rrule": "FREQ=WEEKLY;COUNT=1", "exdates": ["2020-03-20"]}),
    "too many exdates": (
        "recurrence",
        {
            "rrule": "FREQ=WEEKLY;COUNT=3",
            "exdates": [f"20{year}-01-0{day}" for year in range(20, 95) for day in range(1, 9)],
        },
    ),
    "exemption a text": ("exemption", "village_grant"),
    "exemption without evidence": ("exemption", {"ground": "village_grant"}),
    "exemption with empty evidence": ("exemption", {"ground": "village_grant", "evidence": " "}),
    "exemption with long evidence": ("exemption", {"ground": "village_grant", "evidence": "가" * 501}),
    "group a number": ("group_id", 7),
    "group with a space": ("group_id", "our group"),
}


@pytest.mark.parametrize(("field", "value"), FIELDS.values(), ids=FIELDS.keys())
def test_field_that_is_wrong_is_named(madang, resident, field, value):
    wanted = application()
    if value is ...:
        del wanted[field]
    else:
        wanted[field] = value
    body = json.dumps(wanted).encode()  # ASCII: surrogates travel as \uXXXX
    problem = problem_of(madang.call("POST", "/bookings", resident, data=body, headers=JSON), 422)
    shown = field.encode("utf-8", "replace").decode()
    assert list(problem["errors"]) == ["end" if field == "start" and "range" in str(problem) else shown]


TIMES = "/availability?start=2020-03-20T10:00:00Z&end=2020-03-20T12:00:00Z"
STATISTICS = "/statistics/bookings"
QUERIES = {
    "equipment without a number": f"{TIMES}&equipment=projector",
    "equipment with a word": f"{TIMES}&equipment=projector:two",
    "equipment none of it": f"{TIMES}&equipment=projector:0",
    "equipment twice": f"{TIMES}&equipment=projector:1,projector:1",
    "equipment empty": f"{TIMES}&equipment=",
    "equipment with a comma at the end": f"{TIMES}&equipment=projector:1,",
    "equipment beyond its number": f"{TIMES}&equipment=projector:10001",
    "equipment of too many kinds": f"{TIMES}&equipment=" + ",".join(f"p{number}:1" for number in range(51)),
    "rule no rule": f"{TIMES}&rrule=weekly",
    "rule empty": f"{TIMES}&rrule=",
    "rule without an end": f"{TIMES}&rrule=FREQ=WEEKLY",
    "from no day": "/bookings?from=2020-02-30",
    "from empty": "/bookings?from=",
    "from far away": "/bookings?from=2300-01-01",
    "bookings to before from": "/bookings?from=2020-03-02&to=2020-03-01",
    "own perhaps": "/bookings?own=perhaps",
    "own a number": "/bookings?own=1",
    "past empty": "/closures?past=",
    "unknown action": "/decisions?action=guess",
    "cursor no number": "/decisions?cursor=abc",
    "cursor in other digits": "/decisions?cursor=%D9%A3",
    "statistics of no time": STATISTICS,
    "statistics of a moment": f"{STATISTICS}?from=2020-03-01T00:00:00Z&to=2020-04-01",
    "statistics backwards": f"{STATISTICS}?from=2020-03-01&to=2020-03-01",
    "statistics of too many years": f"{STATISTICS}?from=2020-03-01&to=2022-03-02",
    "export from nowhere": "/me/export?cursor=nowhere",
    "export too much": "/me/export?limit=1000",
    "limit zero": "/bookings?limit=0",
    "limit too large": "/bookings?limit=101",
    "limit a word": "/bookings?limit=ten",
    "limit other digits": "/bookings?limit=%D9%A3",
    "limit with underscore": "/bookings?limit=1_0",
    "limit twice": "/bookings?limit=1&limit=2",
    "limit very long": "/bookings?limit=" + "1" * 3000,
    "unknown status": "/bookings?status=lost",
    "empty status": "/bookings?status=",
    "unknown parameter": "/bookings?colour=red",
    "cursor too long": "/bookings?cursor=" + "a" * 101,
    "cursor with NUL": "/bookings?cursor=%00",
    "cursor not UTF-8": "/bookings?cursor=%ff",
    "no dates": "/spaces/edu-1/timeline",
    "no such day": "/spaces/edu-1/timeline?from=2020-02-30&to=2020-03-01",
    "to before from": "/spaces/edu-1/timeline?from=2020-03-02&to=2020-03-01",
    "too many days": "/spaces/edu-1/timeline?from=2020-03-01&to=2020-05-01",
    "naive time": "/availability?start=2020-03-20T10:00:00&end=2020-03-20T12:00:00",
    "attendees zero": "/availability?start=2020-03-20T10:00:00Z&end=2020-03-20T12:00:00Z&attendees=0",
}


@pytest.mark.parametrize("path", QUERIES.values(), ids=QUERIES.keys())
def test_query_that_is_wrong_is_invalid(madang, staff, path):
    assert problem_of(madang.call("GET", path, staff), 422)["errors"]


PATHS = ["/nothing", "/bookings/", "/bookings/%00", "/bookings/%ff%fe", "/bookings/a%20b", "/bookings/" + "a" * 101,
         "/bookings/..%2f..%2fetc", "/spaces/%E2%80%AE/timeline", "//bookings", "/bookings/%"]  # fmt: skip


@pytest.mark.parametrize("path", PATHS)
def test_path_that_leads_nowhere_is_not_found(madang, resident, path):
    problem_of(madang.call("GET", path, resident), 404, "not_found")


def test_unknown_booking_is_not_found(madang, resident, staff):
    problem_of(madang.call("GET", "/bookings/00000000-0000-0000-0000-000000000000", resident), 404, "not_found")
    problem_of(madang.call("POST", "/bookings/마을/approve", staff), 404, "not_found")


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "TRACE", "BREW"])
def test_method_that_is_not_offered_is_refused(madang, resident, method):
    answer = madang.call(method, "/bookings", resident)
    problem_of(answer, 405, "method_not_allowed")
    assert set(answer.headers["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS", "POST"}


def test_head_and_options_are_answered(madang):
    head = madang.call("HEAD", "/spaces")
    assert (head.status_code, head.content) == (200, b"")
    assert int(head.headers["Content-Length"]) == len(madang.call("GET", "/spaces").content)
    options = madang.call("OPTIONS", "/bookings")
    assert set(options.headers["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS", "POST"}


@pytest.mark.parametrize("content_type", ["text/plain", "application/x-www-form-urlencoded", None])
def test_body_of_another_kind_is_unsupported(madang, resident, content_type):
    headers = {"Content-Type": content_type} if content_type else {}
    answer = madang.call("POST", "/bookings", resident, data=b'{"a": 1}', headers=headers)
    problem_of(answer, 415, "unsupported_media_type")


def test_json_that_is_too_large_is_refused(madang, resident):
    body = json.dumps(application(title="가" * 800_000)).encode()
    problem_of(madang.call("POST", "/bookings", resident, data=body, headers=JSON), 413, "too_large")


KEYS = {"empty": b"", "too long": b"k" * 256, "control": b"a\tb", "not ASCII": "키".encode()}


@pytest.mark.parametrize("key", KEYS.values(), ids=KEYS.keys())
def test_idempotency_key_that_makes_no_sense_is_invalid(madang, resident, key):
    answer = madang.call("POST", "/bookings", resident, json=application(), headers={"Idempotency-Key": key})
    assert list(problem_of(answer, 422)["errors"]) == ["Idempotency-Key"]


@pytest.mark.parametrize(
    "language", [b"", b"xx", b"\xff\xfe", b"en;q=a", b"," * 500, b"*", b"ko" * 2000, b"ko-KR;;;en"]
)
def test_accept_language_that_makes_no_sense_is_answered_in_korean(madang, language):
    answer = madang.call("GET", "/bookings", headers={"Accept-Language": language})
    assert problem_of(answer, 401, "unauthenticated")["title"] == "로그인해 주세요"


TOKENS = ["", "Bearer", "Bearer ", "Bearer a", "Bearer a.b.c", "Bearer ....", "Basic YTpi", "bearer " + "a" * 7000,
          "Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJhIn0.", "Bearer W10.W10.W10", "Bearer \xff.\xff.\xff"]  # fmt: skip


@pytest.mark.parametrize("authorization", TOKENS)
def test_identity_that_cannot_be_trusted_is_refused_everywhere(madang, authorization):
    headers = {"Authorization": authorization.encode("latin-1")}
    for method, path in (("GET", "/spaces"), ("GET", "/bookings"), ("POST", "/bookings")):
        answer = madang.call(method, path, headers=headers)
        problem_of(answer, 401, "unauthenticated")
        assert answer.headers["WWW-Authenticate"].startswith("Bearer")


PERSONAL = [("GET", "/bookings"), ("POST", "/bookings"), ("GET", "/bookings/a"), ("POST", "/bookings/a/approve"),
            ("POST", "/bookings/a/reject"), ("POST", "/bookings/a/cancel"), ("GET", "/bookings/a/decisions"),
            ("PATCH", "/bookings/a"), ("POST", "/bookings/a/check-in"), ("GET", "/decisions"), ("POST", "/closures"),
            ("PATCH", "/closures/a"), ("DELETE", "/closures/a"), ("GET", "/statistics/bookings"),
            ("POST", "/spaces/lounge/walk-ins"), ("POST", "/me/calendar"), ("DELETE", "/me/calendar"),
            ("GET", "/me/export"), ("GET", "/me"), ("GET", "/me/contact"), ("PUT", "/me/contact"),
            ("GET", "/messages")]  # fmt: skip


@pytest.mark.parametrize(("method", "path"), PERSONAL)
def test_nobody_in_particular_is_asked_to_log_in(madang, method, path):
    problem_of(madang.call(method, path), 401, "unauthenticated")


PEOPLE = {
    "no sub": {},
    "sub with a space": {"sub": "a b"},
    "role in capitals": {"sub": "a", "roles": ["Staff"]},
    "role twice": {"sub": "a", "roles": ["staff", "staff"]},
    "too many roles": {"sub": "a", "roles": [f"r_{'x' * number}" for number in range(21)]},
    "roles a text": {"sub": "a", "roles": "staff"},
    "org with a space": {"sub": "a", "orgs": ["my org"]},
    "locale a sentence": {"sub": "a", "locale": "../../etc"},
    "unknown": {"sub": "a", "admin": True},
}


@pytest.mark.parametrize("person", PEOPLE.values(), ids=PEOPLE.keys())
def test_person_that_cannot_be_gets_no_token(madang, person):
    assert problem_of(madang.call("POST", "/dev/tokens", json=person), 422)["errors"]


CONTACTS = {
    "no e-mail": {"email": "minji", "locale": "ko"},
    "e-mail with a line break": {"email": "a@example.com\nBcc: b@example.com", "locale": "ko"},
    "no such phone": {"email": "a@example.com", "phone": "00000000", "locale": "ko"},
    "locale missing": {"email": "a@example.com"},
}


@pytest.mark.parametrize("contact", CONTACTS.values(), ids=CONTACTS.keys())
def test_contact_that_cannot_be_reached_is_invalid(madang, contact):
    somebody = madang.token("unreached", "resident")
    assert problem_of(madang.call("PUT", "/me/contact", somebody, json=contact), 422)["errors"]


def test_messages_by_field_are_in_the_callers_language(madang):
    english = madang.token("english", "resident", locale="en")
    problem = madang.call("POST", "/bookings", english, json=application(attendees=0)).json()
    assert problem["errors"] == {"attendees": ["Give a number from 1 to 100000."]}
    korean = madang.token("korean", "resident", locale="ko")
    problem = madang.call("POST", "/bookings", korean, json=application(attendees=0, title=None)).json()
    assert problem["errors"] == {
        "attendees": ["1부터 100000까지의 수를 넣어 주세요."],
        "title": ["비워 둘 수 없습니다."],
    }


def test_nothing_of_this_was_unexpected(madang):
    """Last in this module: no line of the log above says that something failed."""
    unexpected = [line for line in madang.log().splitlines() if '"failed"' in line or "Traceback" in line]
    assert unexpected == []
