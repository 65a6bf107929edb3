"""Scores of the judges, the ranking and the results of a call. Points in answers are text with two decimals."""

from __future__ import annotations

from dataclasses import field
from datetime import datetime
from decimal import Decimal
from typing import Annotated

from services.chassis import fields
from services.chassis.contract import Answer, Doc, Part, Request
from services.chassis.fields import ById, Id, Paragraphs, Points, Several, wrong_at
from services.chassis.i18n import msgid as _
from services.recruitment.contract.vocabulary import BonusGround, Counted, Outcome, RankingState, UnitKind

rankings = Part("recruitment", "rankings", "Scores of the judges, the ranking and the results of a call")

ABOUT_ONE = (403, 404, 409)
MOST_CRITERIA = 30
TIED = ["01955a5e-7c00-7a3c-9d21-5b0f6c2e8a10", "01955a5e-7c00-7a3c-9d21-5b0f6c2e8a11"]

Hundred = Annotated[Decimal, Points(0, 100)]
Comment = Annotated[str, Paragraphs(max=2000, min=0)]


# --- answers


class Sheet(Answer):
    """One's own points. total: None for an abstention. corrections: how often they were given anew."""

    scores: dict[str, str]
    comments: dict[str, str]
    total: str | None
    abstained: bool
    submitted_at: datetime
    corrections: int


class Total(Answer):
    """A judge's points. Nobody is named."""

    seat: int
    scores: dict[str, str]
    total: str
    counted: Counted


class Scores(Answer):
    """totals and mean: None until they may be seen: by a judge once their own are in, by staff once all are."""

    application_id: str
    own: Sheet | None
    expected: int
    submitted: int
    totals: list[Total] | None
    mean: str | None
    bonus: str | None


class Bonus(Answer):
    application_id: str
    points: str
    ground: BonusGround


class Progress(Answer):
    """Number of the judges of an application, and of those who have given their scores or abstained."""

    application_id: str
    expected: int
    submitted: int


class Vote(Answer):
    call_id: str
    application_ids: list[str]
    note: str


class Line(Answer):
    """One application in the ranking of its kind. To applicants the others' lines have no names and no details.

    own: of whoever asks. explanation: how the rank came about, line by line.
    """

    application_id: str | None
    organisation_name: str | None
    own: bool
    kind: UnitKind
    rank: int
    score: str
    passed: bool
    outcome: Outcome
    mean: str | None
    bonus: str | None
    totals: list[Total]
    explanation: list[str]


class Ranking(Answer):
    """The digests are SHA-256 in hexadecimal: of the first `entries` of the log, and of the ranking made of them."""

    call_id: str
    state: RankingState
    frozen_at: datetime | None
    published_at: datetime | None
    entries: int | None
    inputs_digest: str | None
    ranking_digest: str | None
    lines: list[Line]
    progress: list[Progress]


# --- operations


@rankings.command("PUT /applications/{application_id}/scores", refuses=ABOUT_ONE, body="NewScores")
class ScoreApplication(Request[Scores]):
    """Score an application that I judge, or correct my scores, until the ranking is frozen."""

    application_id: Id
    scores: Annotated[
        dict[str, Hundred],
        ById(max=MOST_CRITERIA),
        Doc(more={"examples": [{"team": 25, "social_local": 26.5, "viability": 20, "fit": 12}]}),
    ] = field(default_factory=dict)
    comments: Annotated[dict[str, Comment], ById(max=MOST_CRITERIA)] = field(default_factory=dict)
    abstain: bool = False
    reason: Annotated[str | None, fields.Line(max=500), Doc("Why they are corrected")] = None

    def check(self) -> None:
        if self.abstain and self.scores:
            raise wrong_at("scores", _("Give points, or abstain."))


@rankings.query("GET /applications/{application_id}/scores", refuses=(403, 404))
class GetScores(Request[Scores]):
    """Show my scores, and once they are in, those of the others, without their names."""

    application_id: Id


@rankings.command("PUT /applications/{application_id}/bonus", refuses=ABOUT_ONE, body="NewBonus")
class GrantBonus(Request[Bonus]):
    """Grant a bonus, or take it back with 0. For staff."""

    application_id: Id
    points: Hundred
    ground: BonusGround


@rankings.command("POST /calls/{call_id}/ranking", refuses=ABOUT_ONE)
class RankApplications(Request[Ranking]):
    """Freeze the ranking. For staff. Refused while scores are missing (`quorum_missing`) or a vote is
    (`tie_unresolved`).
    """

    call_id: Id


@rankings.query("GET /calls/{call_id}/ranking", refuses=(403, 404))
class GetRanking(Request[Ranking]):
    """Show the ranking. Applicants see it when the results are out: their own line whole, with how it came about."""

    call_id: Id


@rankings.command("POST /calls/{call_id}/tie-votes", status=201, refuses=ABOUT_ONE, body="TieVote")
class RecordTieVote(Request[Vote]):
    """Record how the committee voted on applications that are equal in everything. For staff."""

    call_id: Id
    application_ids: Annotated[
        list[Id], Several(min=2, max=100), Doc("All that are tied, from the first on", more={"examples": [TIED]})
    ]
    note: Annotated[str, Paragraphs(max=2000, min=0), Doc("Who voted, and how")] = ""


@rankings.command("POST /calls/{call_id}/results", refuses=ABOUT_ONE)
class PublishResults(Request[Ranking]):
    """Publish the results: every applicant is told, and the units are offered by rank. For staff."""

    call_id: Id
