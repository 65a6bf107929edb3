"""Scores, rankings and results of a call."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from services.gateway.api.operations import Blueprint, ask
from services.gateway.api.schemas import rankings as schemas

rankings = Blueprint("rankings", __name__, description="Scores of the judges, the ranking and the results of a call")


@rankings.operation(
    "PUT",
    "/applications/<id:application_id>/scores",
    body=schemas.NewScores,
    answer=schemas.Scores,
    refuses=(403, 404, 409),
)
def score_application(application_id: str, body: Mapping[str, Any]) -> Any:
    """Score an application that I judge, or correct my scores, until the ranking is frozen."""
    return ask("recruitment", "score_application", {"application_id": application_id, **body})


@rankings.operation("GET", "/applications/<id:application_id>/scores", answer=schemas.Scores, refuses=(403, 404))
def get_scores(application_id: str) -> Any:
    """Show my scores, and once they are in, those of the others, without their names."""
    return ask("recruitment", "get_scores", {"application_id": application_id})


@rankings.operation(
    "PUT",
    "/applications/<id:application_id>/bonus",
    body=schemas.NewBonus,
    answer=schemas.Bonus,
    refuses=(403, 404, 409),
)
def grant_bonus(application_id: str, body: Mapping[str, Any]) -> Any:
    """Grant a bonus, or take it back with 0. For staff."""
    return ask("recruitment", "grant_bonus", {"application_id": application_id, **body})


@rankings.operation("POST", "/calls/<id:call_id>/ranking", answer=schemas.Ranking, refuses=(403, 404, 409))
def rank_applications(call_id: str, body: Mapping[str, Any]) -> Any:
    """Freeze the ranking. For staff. Refused while scores are missing (`quorum_missing`) or a vote is
    (`tie_unresolved`).
    """
    return ask("recruitment", "rank_applications", {"call_id": call_id, **body})


@rankings.operation("GET", "/calls/<id:call_id>/ranking", answer=schemas.Ranking, refuses=(403, 404))
def get_ranking(call_id: str) -> Any:
    """Show the ranking. Applicants see it when the results are out: their own line whole, with how it came about."""
    return ask("recruitment", "get_ranking", {"call_id": call_id})


@rankings.operation(
    "POST",
    "/calls/<id:call_id>/tie-votes",
    body=schemas.TieVote,
    answer=schemas.Vote,
    status=201,
    refuses=(403, 404, 409),
)
def record_tie_vote(call_id: str, body: Mapping[str, Any]) -> Any:
    """Record how the committee voted on applications that are equal in everything. For staff."""
    return ask("recruitment", "record_tie_vote", {"call_id": call_id, **body})


@rankings.operation("POST", "/calls/<id:call_id>/results", answer=schemas.Ranking, refuses=(403, 404, 409))
def publish_results(call_id: str, body: Mapping[str, Any]) -> Any:
    """Publish the results: every applicant is told, and the units are offered by rank. For staff."""
    return ask("recruitment", "publish_results", {"call_id": call_id, **body})
