"""The gateway and the services take and give the same: every difference of their schemas is of an accepted kind."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from tests.contracts.layers import Difference, differences, vocabularies


def is_null_for_left_out(difference: Difference) -> bool:
    one, other = difference.in_gateway, difference.in_service
    if not difference.is_input or difference.aspect != "null" or one is None or other is None:
        return False
    return not one.null and not one.required and not other.required and other.default is None


def is_empty_for_left_out(difference: Difference) -> bool:
    one, other = difference.in_gateway, difference.in_service
    if not difference.is_input or difference.aspect != "low" or one is None or other is None:
        return False
    return (one.kind, one.low, other.low) == ("text", 1, None) and not one.required and not other.required


def is_sealed_cursor(difference: Difference) -> bool:
    return (
        difference.part == "query" and difference.path == ("cursor",) and difference.aspect in {"kind", "low", "high"}
    )


def is_unused_filter(difference: Difference) -> bool:
    other = difference.in_service
    return difference.part == "query" and difference.aspect == "name" and other is not None and not other.required


def is_version(difference: Difference) -> bool:
    return difference.part == "body" and difference.path == ("version",) and difference.aspect in {"low", "high"}


def is_length_of_a_pattern(difference: Difference) -> bool:
    other = difference.in_service
    if not difference.is_input or difference.aspect not in {"low", "high"} or other is None:
        return False
    return other.patterned and difference.service is None


def is_named_vocabulary(difference: Difference) -> bool:
    one, other = difference.in_gateway, difference.in_service
    if difference.part != "answer" or difference.aspect not in {"kind", "choices"} or one is None or other is None:
        return False
    return other.kind == "text" and one.choices in vocabularies(difference.service_name)


def is_described_map(difference: Difference) -> bool:
    return difference.aspect == "kind" and (difference.gateway, difference.service) == ("object", "map")


def is_checked_by_the_use_case(difference: Difference) -> bool:
    limits = {
        "POST /surveys/<id:survey_id>/answers": {("answers", "low"), ("answers", "high")},
        "PUT /me/contact": {("email", "low"), ("phone", "low")},
        "POST /imports/<id:kind>": {("content", "kind"), ("content", "high")},
    }
    return (*difference.path, difference.aspect) in limits.get(difference.operation, set())


def is_file_or_development(difference: Difference) -> bool:
    document = "/applications/<id:application_id>/documents/<id:kind>"
    development = {"POST /dev/tokens", "POST /dev/clock", "GET /dev/mailbox"}
    alone = {f"PUT {document}", f"GET {document}", "GET /me", *development}
    return difference.aspect == "calls" and difference.operation in alone


def is_asked_by_contract(difference: Difference) -> bool:
    routes = {"GET /courses/<id:course_id>/enrolments", "GET /enrolments"}
    return difference.aspect == "calls" and difference.operation in routes


ACCEPTED: dict[str, Callable[[Difference], bool]] = {
    "To a service null is the same as nothing; over HTTP a member without a value is left out.": is_null_for_left_out,
    "To a service an empty text is the same as nothing; over HTTP it is left out.": is_empty_for_left_out,
    "The gateway seals cursors: what it takes is longer than what it passes on.": is_sealed_cursor,
    "A route does not have to offer every filter of its service.": is_unused_filter,
    "A version is only compared with the one that is kept: a service needs no bounds for it.": is_version,
    "A pattern, or the list of time zones, says how long a text is.": is_length_of_a_pattern,
    "The service answers with text from a vocabulary that it has; the document names the words.": is_named_vocabulary,
    "The service passes a map on; the document says what is in it.": is_described_map,
    "The use case knows the limit, and refuses in words of its own.": is_checked_by_the_use_case,
    "Two routes ask for one list, by its contract.": is_asked_by_contract,
    "Files and the development mode have no call of a service that could be compared.": is_file_or_development,
}


@cache
def all_differences() -> tuple[Difference, ...]:
    return tuple(differences())


def test_every_difference_is_of_an_accepted_kind():
    others = [str(each) for each in all_differences() if not any(accepts(each) for accepts in ACCEPTED.values())]
    assert others == []
