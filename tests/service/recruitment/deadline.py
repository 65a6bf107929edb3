"""Many submit in the last second of an intake and in the first one after it: use cases on a database of their own."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import eventlet
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm.exc import StaleDataError

from services.chassis.db import Database
from services.chassis.errors import Refused
from services.recruitment.contract.applications import SubmitApplication
from services.recruitment.models import Application, Call, Submission
from services.recruitment.usecases.submit_application import submit_application
from tests.service.recruitment.scramble import Scramble

CLOSES = datetime.fromisoformat("2020-04-14T18:00:00+09:00")
SECOND = timedelta(seconds=1)


class Deadline(Scramble):
    """Drafts that are complete, of a call whose intake is about to close."""

    def __init__(self, database: Database, applicants: int) -> None:
        super().__init__(database, applicants)
        database.transaction(self._as_before_the_deadline)

    def submit(self, application_id: str, now: datetime) -> str:
        command = SubmitApplication(application_id=application_id)
        try:
            self.database.transaction(
                lambda session: submit_application(self.call(session, application_id, now), command)
            )
        except Refused as refused:
            return refused.refusals[0].code
        except (DBAPIError, StaleDataError) as error:
            return type(error).__name__
        return "done"

    def all_at_once(self) -> list[str]:
        """The ones with even numbers in the last second, those between them when it is over."""
        moments = [CLOSES - SECOND if number % 2 == 0 else CLOSES for number in range(len(self.ids))]
        pool = eventlet.GreenPool(len(self.ids))
        return list(pool.imap(self.submit, self.ids, moments))

    def receipts(self) -> list[str]:
        def work(session: Any) -> list[str]:
            return list(session.scalars(select(Submission.receipt_number).order_by(Submission.receipt_number)))

        return self.database.transaction(work)

    def _as_before_the_deadline(self, session: Any) -> None:
        call = session.scalars(select(Call)).one()
        call.results_at, call.receipts_given = None, 0
        call.intake_closes_at = CLOSES
        for application in session.scalars(select(Application)):
            application.status, application.receipt_number, application.submitted_draft = "draft", None, None
            application.deadline, application.submitted_at = CLOSES, None
            application.marks = {"mail": application.id}
            application.content = {
                "organisation_name": application.organisation_name,
                "legal_type": "cooperative",
                "status_since": "2019-03-02",
                "founded_on": "2019-03-02",
                "in_district": True,
                "incubated_elsewhere": False,
            }
        for submission in session.scalars(select(Submission)):
            session.delete(submission)
