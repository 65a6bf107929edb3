"""The resource survey of the field, and surveys after courses and consulting."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from services.gateway.api.operations import Blueprint
from services.gateway.api.schemas import survey as schemas
from services.gateway.api.schemas.bases import Page
from services.gateway.rpc import ask

survey = Blueprint("survey", __name__, description="What there is in the field, what people say, and what follows")


@survey.operation("POST", "/assets", body=schemas.NewAsset, answer=schemas.Asset, status=201, refuses=(403, 409))
def enter_asset(body: Mapping[str, Any]) -> Any:
    """Enter an organisation, person, place or programme. For staff, activists and consultants."""
    return ask("training", "enter_asset", body)


@survey.operation("GET", "/assets", query=schemas.FindAssets, answer=schemas.AssetPage, refuses=(403,))
def list_assets(query: Mapping[str, Any]) -> Any:
    """List what there is in the field. For staff and auditors."""
    return ask("training", "list_assets", query)


@survey.operation("POST", "/voices", body=schemas.NewVoice, answer=schemas.Voice, status=201, refuses=(403,))
def enter_voice(body: Mapping[str, Any]) -> Any:
    """Write down what somebody said, without their name. For staff, activists and consultants."""
    return ask("training", "enter_voice", body)


@survey.operation("GET", "/voices", query=schemas.FindVoices, answer=schemas.VoicePage, refuses=(403,))
def list_voices(query: Mapping[str, Any]) -> Any:
    """List what people said, the newest first. For staff and auditors."""
    return ask("training", "list_voices", query)


@survey.operation("GET", "/voices/themes", answer=schemas.ThemeList, refuses=(403,))
def list_themes() -> Any:
    """List what people talked about, the most frequent first. For staff and auditors."""
    return ask("training", "list_themes")


@survey.operation("POST", "/findings", body=schemas.NewFinding, answer=schemas.Finding, status=201, refuses=(403,))
def enter_finding(body: Mapping[str, Any]) -> Any:
    """Say what the voices of a theme mean together; it is ranked by how many they are. For staff."""
    return ask("training", "enter_finding", body)


@survey.operation("GET", "/findings", query=Page, answer=schemas.FindingPage)
def list_findings(query: Mapping[str, Any]) -> Any:
    """List what was found, by rank, and what the centre did about it."""
    return ask("training", "list_findings", query)


@survey.operation(
    "POST", "/findings/<id:finding_id>/rank", body=schemas.NewRank, answer=schemas.Finding, refuses=(403, 404)
)
def rank_finding(finding_id: str, body: Mapping[str, Any]) -> Any:
    """Move a finding to another place; the others make way. For staff."""
    return ask("training", "rank_finding", {"finding_id": finding_id, **body})


@survey.operation(
    "POST",
    "/findings/<id:finding_id>/deeds",
    body=schemas.NewDeed,
    answer=schemas.Finding,
    status=201,
    refuses=(403, 404),
)
def enter_deed(finding_id: str, body: Mapping[str, Any]) -> Any:
    """Say what the centre did about a finding. For staff."""
    return ask("training", "enter_deed", {"finding_id": finding_id, **body})


@survey.operation("POST", "/surveys", body=schemas.NewSurvey, answer=schemas.Survey, status=201, refuses=(403, 404))
def open_survey(body: Mapping[str, Any]) -> Any:
    """Open a survey after a course or a consultation. For staff."""
    made = ask("training", "open_survey", body)
    return made, {"Location": f"/api/v1/surveys/{made['id']}"}


@survey.operation("GET", "/surveys", query=schemas.FindSurveys, answer=schemas.SurveyPage)
def list_surveys(query: Mapping[str, Any]) -> Any:
    """List the surveys that are for me, or all of them for staff and auditors; the newest first."""
    return ask("training", "list_surveys", query)


@survey.operation("GET", "/surveys/<id:survey_id>", answer=schemas.Survey, refuses=(404,))
def get_survey(survey_id: str) -> Any:
    """Show a survey's questions, to those who may answer them and to staff."""
    return ask("training", "get_survey", {"survey_id": survey_id})


@survey.operation(
    "POST",
    "/surveys/<id:survey_id>/answers",
    body=schemas.SurveyAnswers,
    answer=schemas.Survey,
    status=201,
    refuses=(404, 409),
)
def answer_survey(survey_id: str, body: Mapping[str, Any]) -> Any:
    """Answer a survey about a course or consultation of mine. Once, and by nobody's name."""
    return ask("training", "answer_survey", {"survey_id": survey_id, **body})


@survey.operation("GET", "/surveys/<id:survey_id>/results", answer=schemas.SurveyResults, refuses=(403, 404))
def get_survey_results(survey_id: str) -> Any:
    """Read what was answered. For staff and auditors."""
    return ask("training", "get_survey_results", {"survey_id": survey_id})
