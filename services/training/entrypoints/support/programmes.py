"""The grant programme: the use case of each operation."""

from services.training.contract import programmes as contract
from services.training.queries.support import programmes
from services.training.usecases.support.add_community import add_community
from services.training.usecases.support.open_programme import open_programme
from services.training.usecases.support.plan_visit import cancel_visit, plan_visit
from services.training.usecases.support.put_activist import put_activist
from services.training.usecases.support.read_programmes import get_visit, list_supported_communities
from services.training.usecases.support.report_visit import report_visit
from services.training.usecases.support.spread_communities import preview_spread, spread_communities

PROGRAMMES = (
    contract.OpenProgramme.by(open_programme),
    contract.ListProgrammes.by(programmes.list_programmes),
    contract.AddCommunity.by(add_community),
    contract.ListSupportedCommunities.by(list_supported_communities),
    contract.SpreadCommunities.by(spread_communities),
    contract.PreviewSpread.by(preview_spread),
    contract.ListCommunities.by(programmes.list_communities),
    contract.ListActivists.by(programmes.list_activists),
    contract.PutActivist.by(put_activist),
    contract.PlanVisit.by(plan_visit),
    contract.ListVisits.by(programmes.list_visits),
    contract.GetVisit.by(get_visit),
    contract.ReportVisit.by(report_visit),
    contract.CancelVisit.by(cancel_visit),
)
