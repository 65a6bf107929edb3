"""Scores, rankings and results: the use case of each operation."""

from services.recruitment.contract import judging as contract
from services.recruitment.usecases.grant_bonus import grant_bonus
from services.recruitment.usecases.publish_results import publish_results
from services.recruitment.usecases.rank_applications import rank_applications, record_tie_vote
from services.recruitment.usecases.read_rankings import get_ranking
from services.recruitment.usecases.read_scores import get_scores
from services.recruitment.usecases.score_application import score_application

JUDGING = (
    contract.ScoreApplication.by(score_application),
    contract.GetScores.by(get_scores),
    contract.GrantBonus.by(grant_bonus),
    contract.RankApplications.by(rank_applications),
    contract.GetRanking.by(get_ranking),
    contract.RecordTieVote.by(record_tie_vote),
    contract.PublishResults.by(publish_results),
)
