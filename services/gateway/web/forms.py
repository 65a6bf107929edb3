"""Forms: what was written is loaded by the interface's own schemas; what a service refuses goes beside its field."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, tzinfo
from typing import Any, TypeVar, cast

from flask import g, request
from flask.typing import ResponseReturnValue
from marshmallow import Schema, ValidationError, fields

from services.chassis.contract import Declared, Request
from services.chassis.contract_schemas import request_schema
from services.chassis.errors import IllegalTransition, Invalid, Refused, StaleVersion
from services.chassis.i18n import localised
from services.gateway import incoming, problems
from services.gateway.api.fields import MOST_WON
from services.gateway.client import instance
from services.gateway.web.addresses import redirect_with_notice, whole_number
from services.gateway.web.words import say

Answer = TypeVar("Answer")
R = TypeVar("R", bound=Request[Any])
D = TypeVar("D", bound=Declared)
KEY = "key"
"""The hidden field that makes a form that is sent twice be done once."""
DIGITS = len(str(MOST_WON))


@dataclass(frozen=True)
class Complaints:
    """by_field: messages by the name of the form's field. whole: about the whole. status: of the page."""

    by_field: Mapping[str, Sequence[str]] = field(default_factory=dict)
    whole: Sequence[str] = ()
    alternatives: Sequence[Mapping[str, Any]] = ()
    codes: frozenset[str] = frozenset()
    status: int = 422

    def of(self, name: str) -> Sequence[str]:
        return self.by_field.get(name, ())

    @property
    def is_stale(self) -> bool:
        """Has somebody else changed it since it was opened?"""
        return StaleVersion.code in self.codes


class Wrong(Exception):
    """What was written, or asked for, cannot be; the page is shown again with its complaints."""

    def __init__(self, complaints: Complaints) -> None:
        self.complaints = complaints
        super().__init__(str(complaints))


def written(*names: str) -> dict[str, Any]:
    """The fields of the form that was sent that are not empty, without spaces around."""
    texts = {name: request.form.get(name, "").strip() for name in names}
    return {name: text for name, text in texts.items() if text}


def moment(values: Mapping[str, str], zone: tzinfo, day: str = "day", at: str = "at") -> str:
    """Of a day and a time of day that were written. Raises Wrong beside the day."""
    try:
        found = datetime.combine(date.fromisoformat(values[day]), time.fromisoformat(values[at]), zone)
    except (KeyError, ValueError) as error:
        raise Wrong(Complaints({day: [say("Give a day and a time.")]})) from error
    return found.isoformat()


def moment_written(name: str, values: Mapping[str, Any], zone: tzinfo) -> dict[str, Any]:
    """Of a field of type datetime-local, which has no zone. What cannot be read stays as it is, to be refused."""
    if name not in values:
        return {}
    try:
        return {name: datetime.fromisoformat(values[name]).replace(tzinfo=zone).isoformat()}
    except ValueError:
        return {name: values[name]}


def with_numbers(values: Mapping[str, Any], *names: str) -> dict[str, Any]:
    """What is written as a whole number is one. Whatever else is there stays, to be refused where it goes."""
    numbers = {name: whole_number(values.get(name), max_digits=DIGITS) for name in names}
    return {**values, **{name: number for name, number in numbers.items() if number is not None}}


def number_written(name: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """With decimals. What is no number stays text, to be refused."""
    if name not in values:
        return {}
    try:
        return {name: float(values[name])}
    except ValueError:
        return {name: values[name]}


def opened() -> dict[str, Any]:
    """{version}: of what the form was opened with, where it says so."""
    return with_numbers(written("version"), "version")


def loaded(schema: type[Schema], values: Mapping[str, Any]) -> dict[str, Any]:
    """Raises Wrong."""
    try:
        return schema().load(values)  # type: ignore[no-any-return]
    except ValidationError as error:
        raise Wrong(Complaints(_flat(problems.in_language(error.messages, incoming.context().locale)))) from error


def filled(request_: type[R], **known: Any) -> R:
    """Build a request from the form that was sent. `known`: fields that the form does not give.

    Raises Wrong with the service's own messages.
    """
    return checked(request_, entered(request_) | known)


def checked(declared: type[D], values: Mapping[str, Any]) -> D:
    """Build a request, or a value of one, from JSON values. Raises Wrong with the service's own messages."""
    try:
        return cast(D, instance(request_schema(declared)).load(values))
    except ValidationError as error:
        package = declared.__module__.partition(".contract")[0]
        errors = localised(Invalid(errors=error.messages), package, incoming.context().locale)["details"]["errors"]
        raise Wrong(Complaints(_flat(errors))) from Invalid(errors=errors)


def entered(request_: type[Declared]) -> dict[str, Any]:
    """Return what was entered for the fields of a request or value: text, lists of text, and whether a box was ticked.

    An empty field is left out; a tick that is missing is False.
    """
    found = {name: _entered(name, of) for name, of in instance(request_schema(request_)).fields.items()}
    return {name: value for name, value in found.items() if value is not None}


def _entered(name: str, of: fields.Field[Any]) -> str | bool | list[str] | None:
    if isinstance(of, fields.List):
        is_omittable = of.load_default is None and not of.allow_none
        return request.form.getlist(name) or (None if is_omittable else [])
    if isinstance(of, fields.Boolean):
        return name in request.form
    return request.form.get(name, "").strip() or None


def submit(do: Callable[[], Answer], places: Mapping[str, str]) -> Answer:
    """places: the field beside which a refusal with this code is told; others are about the whole.

    Raises Wrong; what is forbidden or not there is the problem page's.
    """
    if key := request.form.get(KEY, "").strip():
        g.context = replace(g.context, idempotency_key=key[:255])
    try:
        return do()
    except Refused as refused:
        raise Wrong(_told(refused, places)) from refused
    except Invalid as invalid:
        raise Wrong(Complaints(_flat(invalid.errors), () if invalid.errors else (invalid.message,))) from invalid
    except (IllegalTransition, StaleVersion) as error:
        raise Wrong(Complaints(whole=(error.message,), codes=frozenset({error.code}), status=409)) from error


def done(
    do: Callable[[], Answer],
    again: Callable[[Complaints], ResponseReturnValue],
    address: str | Callable[[Answer], str],
    told: str,
    places: Mapping[str, str] | None = None,
) -> ResponseReturnValue:
    """Submit a form and go to the address; or show the form again with its complaints.

    told: what was done, a word that the page at the address knows. places: see `submit`.
    """
    try:
        made = submit(do, places or {})
    except Wrong as wrong:
        return again(wrong.complaints)
    return redirect_with_notice(address if isinstance(address, str) else address(made), notice=told)


def _told(refused: Refused, places: Mapping[str, str]) -> Complaints:
    by_field: dict[str, list[str]] = {}
    whole = []
    for each in refused.refusals:
        if each.code in places:
            by_field.setdefault(places[each.code], []).append(each.message)
        else:
            whole.append(each.message)
    codes = frozenset(each.code for each in refused.refusals)
    return Complaints(by_field, whole, refused.alternatives, codes, status=409)


def _flat(errors: Any) -> dict[str, list[str]]:
    """By the outermost field: what is wrong within is told there."""
    return {str(name): messages(each) for name, each in errors.items()} if isinstance(errors, Mapping) else {}


def messages(errors: Any) -> list[str]:
    if isinstance(errors, Mapping):
        return [message for each in errors.values() for message in messages(each)]
    return [message for each in errors for message in messages(each)] if isinstance(errors, list) else [str(errors)]
