"""Judges and recusals: the use case of each operation."""

from services.recruitment.contract import panel as contract
from services.recruitment.usecases.name_judges import name_judges
from services.recruitment.usecases.read_panel import get_panel
from services.recruitment.usecases.recuse_judge import recuse_judge

PANEL = (
    contract.NameJudges.by(name_judges),
    contract.GetPanel.by(get_panel),
    contract.RecuseJudge.by(recuse_judge),
)
