"""The resource survey, and surveys after courses and consulting."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from services.chassis import roles
from services.chassis.entrypoints import Call, command, query
from services.chassis.errors import NotFound
from services.training.models.support.survey import Finding, Survey
from services.training.queries.support import survey
from services.training.schemas.support import bases
from services.training.schemas.support import survey as schemas
from services.training.usecases.support.rank_findings import enter_finding, rank_finding
from services.training.usecases.support.run_survey import NO_SURVEY, answer_survey, open_survey, takes_part
from services.training.usecases.support.survey_resources import enter_asset, enter_deed, enter_voice
from services.training.views import support as views


class SurveyEntrypoints:
    @command(schemas.EnterAssetSchema, schemas.AssetView)
    def enter_asset(self, call: Call, wanted: schemas.EnterAsset) -> Any:
        return views.row(enter_asset(call.session, wanted, actor=call.actor, now=call.now), call.profile)

    @query(schemas.FindAssetsSchema, schemas.AssetPage)
    def list_assets(self, call: Call, wanted: schemas.FindAssets) -> Any:
        roles.require_reader(call.actor)
        return views.page(survey.find_assets(call.session, wanted), call.profile)

    @command(schemas.EnterVoiceSchema, schemas.VoiceView)
    def enter_voice(self, call: Call, wanted: schemas.EnterVoice) -> Any:
        entered = enter_voice(call.session, wanted, actor=call.actor, rules=call.profile, now=call.now)
        return views.row(entered, call.profile)

    @query(schemas.FindVoicesSchema, schemas.VoicePage)
    def list_voices(self, call: Call, wanted: schemas.FindVoices) -> Any:
        roles.require_reader(call.actor)
        return views.page(survey.find_voices(call.session, wanted), call.profile)

    @query(bases.NothingSchema, schemas.ThemeList)
    def list_themes(self, call: Call, _: Any) -> Any:
        roles.require_reader(call.actor)
        return {"items": [{"theme": theme, "voices": voices} for theme, voices in survey.themes(call.session)]}

    @command(schemas.EnterFindingSchema, schemas.FindingView)
    def enter_finding(self, call: Call, wanted: schemas.EnterFinding) -> Any:
        return _findings(call, [enter_finding(call.session, wanted, actor=call.actor, now=call.now)])[0]

    @command(schemas.RankFindingSchema, schemas.FindingView)
    def rank_finding(self, call: Call, wanted: schemas.RankFinding) -> Any:
        return _findings(call, [rank_finding(call.session, wanted, actor=call.actor)])[0]

    @command(schemas.EnterDeedSchema, schemas.FindingView)
    def enter_deed(self, call: Call, wanted: schemas.EnterDeed) -> Any:
        found = enter_deed(call.session, wanted, actor=call.actor, rules=call.profile, now=call.now)
        return _findings(call, [found])[0]

    @query(bases.FindPageSchema, schemas.FindingPage)
    def list_findings(self, call: Call, wanted: bases.FindPage) -> Any:
        """What was found, and what the centre did about it, is for everybody who is logged in."""
        roles.require_person(call.actor)
        found = survey.find_findings(call.session, wanted)
        return {"items": _findings(call, found.items), "next_cursor": found.next_cursor}

    # --- surveys after courses and consulting

    @command(schemas.OpenSurveySchema, schemas.SurveyView)
    def open_survey(self, call: Call, wanted: schemas.OpenSurvey) -> Any:
        return views.survey(open_survey(call.session, wanted, actor=call.actor, now=call.now), {}, call.profile)

    @query(schemas.FindSurveysSchema, schemas.SurveyPage)
    def list_surveys(self, call: Call, wanted: schemas.FindSurveys) -> Any:
        """Staff see all of them, others those that they may answer, or could."""
        roles.require_person(call.actor)
        everything = roles.reads_all(call.actor)
        found = survey.find_surveys(call.session, wanted, actor=call.actor, all_of_them=everything)
        return {"items": _surveys(call, found.items), "next_cursor": found.next_cursor}

    @query(schemas.SurveyIdSchema, schemas.SurveyView)
    def get_survey(self, call: Call, wanted: schemas.SurveyId) -> Any:
        """For those who may answer it, and for staff."""
        roles.require_person(call.actor)
        found = call.session.get(Survey, wanted.survey_id)
        if found is None or not (roles.reads_all(call.actor) or takes_part(call.session, found, call.actor)):
            raise NotFound(NO_SURVEY)
        return _surveys(call, [found])[0]

    @command(schemas.AnswerSurveySchema, schemas.SurveyView)
    def answer_survey(self, call: Call, wanted: schemas.AnswerSurvey) -> Any:
        answered = answer_survey(call.session, wanted, actor=call.actor, rules=call.profile, now=call.now)
        return _surveys(call, [answered])[0]

    @query(schemas.SurveyIdSchema, schemas.SurveyResults)
    def get_survey_results(self, call: Call, wanted: schemas.SurveyId) -> Any:
        roles.require_reader(call.actor)
        found = call.session.get(Survey, wanted.survey_id)
        if found is None:
            raise NotFound(NO_SURVEY)
        return views.results(found, survey.answers_to(call.session, found.id), call.profile)


def _findings(call: Call, found: Sequence[Finding]) -> list[Any]:
    voices = survey.voices_of(call.session, {each.theme for each in found})
    deeds = survey.deeds_of(call.session, [each.id for each in found])
    return [views.finding(each, voices, deeds, call.profile) for each in found]


def _surveys(call: Call, found: Sequence[Survey]) -> list[Any]:
    wanted = [each.id for each in found]
    answers = survey.number_of_answers(call.session, wanted)
    answered = survey.answered_by(call.session, wanted, call.actor.id)
    return [views.survey(each, answers, call.profile, answered=answered) for each in found]
