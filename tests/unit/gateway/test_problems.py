"""What goes wrong, and the problem that is made of it."""

import pytest
from nameko.exceptions import RemoteError
from werkzeug.exceptions import MethodNotAllowed
from werkzeug.exceptions import NotFound as NoRoute

from services.chassis.errors import (
    Forbidden,
    IllegalTransition,
    Invalid,
    NotFound,
    Refusal,
    Refused,
    StaleVersion,
    Unavailable,
)
from services.gateway import problems
from services.gateway.problems import TooLarge, Unauthenticated, UnsupportedMediaType

REFUSED = Refused([Refusal("slot_taken", "Taken."), Refusal("too_late", "Late.")], [{"space_id": "edu-2"}])

MAPPING = [
    (REFUSED, 409, "slot_taken"),
    (IllegalTransition(state="approved"), 409, "illegal_transition"),
    (StaleVersion(), 409, "stale_version"),
    (Invalid(), 422, "invalid"),
    (NotFound(), 404, "not_found"),
    (Forbidden(), 403, "forbidden"),
    (Unauthenticated(), 401, "unauthenticated"),
    (TooLarge(), 413, "too_large"),
    (UnsupportedMediaType(), 415, "unsupported_media_type"),
    (Unavailable("booking", "away"), 503, "unavailable"),
    (RemoteError("RpcTimeout", "late"), 503, "unavailable"),
    (RemoteError("OperationalError", "secret host"), 503, "unavailable"),
    (RemoteError("KeyError", "secret"), 500, "internal"),
    (ZeroDivisionError("secret"), 500, "internal"),
    (NoRoute(), 404, "not_found"),
    (MethodNotAllowed(["GET"]), 405, "method_not_allowed"),
]


@pytest.mark.parametrize(
    ("error", "status", "code"), MAPPING, ids=lambda value: getattr(value, "__class__", value).__name__
)
def test_error_has_its_status_and_code(error, status, code):
    problem = problems.of(error, anonymous=False, locale="ko")
    assert (problem.status, problem.code) == (status, code)
    assert "secret" not in str(problem.body("ko", "id"))


def test_refusal_keeps_every_reason_and_alternative():
    body = problems.of(REFUSED, anonymous=False, locale="ko").body("en", "id")
    assert body == {
        "type": "urn:madang:problem:slot_taken",
        "title": "Refused",
        "status": 409,
        "detail": "Taken.",
        "code": "slot_taken",
        "refusals": [
            {"code": "slot_taken", "message": "Taken.", "details": {}},
            {"code": "too_late", "message": "Late.", "details": {}},
        ],
        "alternatives": [{"space_id": "edu-2"}],
        "correlation_id": "id",
    }


def test_what_is_forbidden_to_nobody_in_particular_asks_for_a_login():
    problem = problems.of(Forbidden(), anonymous=True, locale="ko")
    assert (problem.status, problem.headers["WWW-Authenticate"]) == (401, 'Bearer realm="madang"')


def test_unavailable_says_when_to_try_again():
    response = problems.of(Unavailable("booking", "away"), anonymous=False, locale="ko").response("ko", "id")
    assert (response.headers["Retry-After"], response.headers["Content-Language"]) == ("2", "ko")
    assert response.content_type == "application/problem+json"


def test_errors_by_field_are_put_into_the_language():
    error = Invalid(errors={"title": ["Missing data for required field."], "dates": {0: ["As a service says it."]}})
    errors = problems.of(error, anonymous=False, locale="ko").more["errors"]
    assert errors == {"title": ["꼭 필요한 항목입니다."], "dates": {"0": ["As a service says it."]}}


def test_percent_signs_in_what_a_service_says_are_harmless():
    body = problems.of(NotFound("100 %(sure) %s"), anonymous=False, locale="ko").body("ko", "id")
    assert body["detail"] == "100 %(sure) %s"
