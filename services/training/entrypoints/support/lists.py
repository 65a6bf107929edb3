"""Lists in and out as files, and the yearly report."""

from __future__ import annotations

from typing import Any

from services.chassis import roles
from services.chassis.entrypoints import Call, command, query
from services.training.domain.support.yearly import Year, YearlyReport
from services.training.queries.support.lists import list_for_file
from services.training.queries.support.yearly import yearly_report
from services.training.schemas.support import lists as schemas
from services.training.schemas.support.yearly import ShowYear, ShowYearSchema, YearlyView
from services.training.usecases.support.import_list import import_list
from services.training.views import files


class ListEntrypoints:
    @command(schemas.ImportListSchema, schemas.ImportView)
    def import_list(self, call: Call, wanted: schemas.ImportList) -> Any:
        done = import_list(
            call.session, wanted, words=files.words(), actor=call.actor, rules=call.profile, now=call.now
        )
        return files.imported(done, call.context.locale)

    @query(schemas.ExportListSchema, schemas.FileView)
    def export_list(self, call: Call, wanted: schemas.ExportList) -> Any:
        roles.require_reader(call.actor)
        found = list_for_file(call.session, wanted.kind, fewest=call.profile.support.fewest_answers)
        return files.list_file(wanted, found, call.context.locale, call.profile)

    @query(ShowYearSchema, YearlyView)
    def get_yearly_report(self, call: Call, wanted: ShowYear) -> Any:
        return files.yearly(_report(call, wanted), call.context.locale, call.profile)

    @query(ShowYearSchema, schemas.FileView)
    def get_yearly_file(self, call: Call, wanted: ShowYear) -> Any:
        return files.yearly_file(_report(call, wanted), call.context.locale, call.profile)


def _report(call: Call, wanted: ShowYear) -> YearlyReport:
    roles.require_reader(call.actor)
    rules = call.profile
    fewest = rules.support.fewest_answers
    return yearly_report(call.session, Year(wanted.year, rules.centre.zone), call.now, fewest=fewest)
