"""Applications. Each entrypoint: load, call one use case, dump."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from services.chassis import roles
from services.chassis.entrypoints import Call, command, query
from services.recruitment import usecases
from services.recruitment.domain.applications import missing
from services.recruitment.domain.eligibility import Verdict as JudgedVerdict
from services.recruitment.models import Application, Submission, Verdict
from services.recruitment.models import Call as PublicCall
from services.recruitment.queries import applications
from services.recruitment.schemas import applications as schemas
from services.recruitment.usecases.judging import verdicts_of
from services.recruitment.usecases.reading import Capacity, capacity_of
from services.recruitment.views import applications as shown


class Applications:
    @command(schemas.StartApplicationSchema, schemas.ApplicationView)
    def start_application(self, call: Call, wanted: schemas.StartApplication) -> Any:
        made = usecases.start_application(call.session, wanted, actor=call.actor, rules=call.profile, now=call.now)
        return _whole(call, made, Capacity.APPLICANT)

    @command(schemas.SaveApplicationSchema, schemas.ApplicationView)
    def save_application(self, call: Call, wanted: schemas.SaveApplication) -> Any:
        saved = usecases.save_application(call.session, wanted, actor=call.actor, rules=call.profile, now=call.now)
        return _whole(call, saved, Capacity.APPLICANT)

    @command(schemas.ApplicationIdSchema, schemas.ApplicationView)
    def submit_application(self, call: Call, wanted: schemas.ApplicationId) -> Any:
        made = usecases.submit_application(call.session, wanted, actor=call.actor, rules=call.profile, now=call.now)
        return _whole(call, made, Capacity.APPLICANT)

    @command(schemas.ApplicationIdSchema, schemas.ApplicationView)
    def withdraw_application(self, call: Call, wanted: schemas.ApplicationId) -> Any:
        gone = usecases.withdraw_application(call.session, wanted, actor=call.actor, rules=call.profile, now=call.now)
        return _whole(call, gone, Capacity.APPLICANT)

    @command(schemas.ExtendDeadlineSchema, schemas.ApplicationView)
    def extend_deadline(self, call: Call, wanted: schemas.ExtendDeadline) -> Any:
        extended = usecases.extend_deadline(call.session, wanted, actor=call.actor, now=call.now)
        return _whole(call, extended, Capacity.STAFF)

    @command(schemas.ScreenApplicationSchema, schemas.ApplicationView)
    def screen_application(self, call: Call, wanted: schemas.ScreenApplication) -> Any:
        screened = usecases.screen_application(call.session, wanted, actor=call.actor, rules=call.profile, now=call.now)
        return _whole(call, screened, Capacity.STAFF)

    @query(schemas.ApplicationIdSchema, schemas.ApplicationView)
    def get_application(self, call: Call, wanted: schemas.ApplicationId) -> Any:
        found = applications.application(call.session, wanted.application_id)
        capacity = capacity_of(call.session, call.actor, found)
        assert found is not None
        return _whole(call, found, capacity)

    @query(schemas.FindApplicationsSchema, schemas.ApplicationPage)
    def list_applications(self, call: Call, wanted: schemas.FindApplications) -> Any:
        roles.require_person(call.actor)
        everything = roles.reads_all(call.actor)
        found = applications.find_applications(call.session, wanted, actor=call.actor, all_of_them=everything)
        return shown.page(found, wanted.limit, call.profile)


def _whole(call: Call, of: Application, capacity: Capacity) -> Any:
    submitted = applications.submission(call.session, of)
    whole = shown.Whole(
        application=of,
        documents=applications.documents(call.session, of.id),
        submission=submitted,
        verdicts=_verdicts(call, of, submitted, capacity),
    )
    return shown.application(whole, capacity, call.profile, call.context.locale)


def _verdicts(
    call: Call, of: Application, submitted: Submission | None, capacity: Capacity
) -> Sequence[Verdict | JudgedVerdict]:
    """Those that staff confirmed; before that what the rules say of what there is, once it is complete."""
    if confirmed := applications.verdicts(call.session, of.id):
        return confirmed
    content = of.content if submitted is None or capacity is Capacity.APPLICANT else submitted.content
    if missing(content):
        return ()
    return verdicts_of(of, call.session.get_one(PublicCall, of.call_id), content)
