"""Who may score an application, and who may see what was scored."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy.orm import Session

from services.chassis.context import Actor
from services.chassis.errors import Forbidden, NotFound
from services.chassis.i18n import msgid as _
from services.recruitment.contract.vocabulary import Capacity
from services.recruitment.domain import refusals
from services.recruitment.domain.judging import JudgingAction
from services.recruitment.domain.selection_log import Kind
from services.recruitment.models import Application, Call, Decision, FrozenRanking
from services.recruitment.queries import judging, panel
from services.recruitment.queries.judging import Progress
from services.recruitment.usecases.access import NO_APPLICATION
from services.recruitment.usecases.reading import capacity_of

SEALED = (JudgingAction.SCORE, JudgingAction.CORRECT_SCORE, JudgingAction.ABSTAIN, JudgingAction.GRANT_BONUS)
"""What tells of scores. Everybody may read that it was done; what it says, when scores may be seen."""


def require_judge(session: Session, application: Application, actor: Actor) -> None:
    """A judge to whom the application is assigned. Raises NotFound, and Forbidden with the code `recused` or
    `conflict_of_interest`.
    """
    if panel.recusal(session, application.id, actor.id) is not None:
        raise refusals.recused()
    if capacity_of(session, actor, application) is not Capacity.JUDGE:
        raise NotFound(NO_APPLICATION)


def with_open_scores(session: Session, call: Call, actor: Actor, progress: Mapping[str, Progress]) -> frozenset[str]:
    """The applications whose scores by others the actor, a judge of the call or somebody who may read everything, may
    see. Whoever is a judge is first of all a judge, also as staff. progress: of the call.
    """
    if panel.judge(session, call.id, actor.id) is None:
        return _open_to_readers(session, call, progress)
    barred = {each.application_id for each in panel.recusals(session, call.id) if each.judge_id == actor.id}
    return _open_to_judge(session, call, actor.id) - barred


def sealed_from(session: Session, call: Call | None, actor: Actor, decisions: Sequence[Decision]) -> frozenset[int]:
    """The ids of those that tell of scores which the actor may not see."""
    opened = frozenset[str]()
    if call is not None:
        opened = with_open_scores(session, call, actor, judging.progress(session, call.id))
    return frozenset(each.id for each in decisions if each.action in SEALED and each.subject_id not in opened)


def _open_to_readers(session: Session, call: Call, progress: Mapping[str, Progress]) -> frozenset[str]:
    """Those of which nobody's scores are missing; all of them once nobody can give any more."""
    if _is_frozen(session, call):
        return frozenset(judging.applications_of(session, call))
    return frozenset(each for each, known in progress.items() if known.expected and not known.waiting)


def _open_to_judge(session: Session, call: Call, judge_id: str) -> frozenset[str]:
    """Those for which their own scores are in. Who abstains may still score, and so sees nothing before the end."""
    if call.results_at is not None:
        return frozenset(judging.applications_of(session, call))
    kinds = judging.GIVEN if _is_frozen(session, call) else (Kind.SCORES,)
    return judging.given_by(session, call.id, judge_id, kinds)


def require_scores_in(session: Session, call: Call, actor: Actor) -> None:
    """Whether there is a tie or a quorum tells of the others' scores. Raises Forbidden: the actor, who is a judge too,
    has scores to give yet.
    """
    if any(actor.id in each.waiting for each in judging.progress(session, call.id).values()):
        raise Forbidden(_("You are a judge of this call. Give your own scores first."))


def _is_frozen(session: Session, call: Call) -> bool:
    return session.get(FrozenRanking, call.id) is not None
