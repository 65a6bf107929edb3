"""The public-private network: the use case of each operation."""

from services.training.contract import network as contract
from services.training.queries.support import network
from services.training.usecases.support.keep_network import enter_action, enter_meeting, enter_member, finish_action

NETWORK = (
    contract.EnterMember.by(enter_member),
    contract.ListMembers.by(network.list_members),
    contract.EnterMeeting.by(enter_meeting),
    contract.ListMeetings.by(network.list_meetings),
    contract.EnterAction.by(enter_action),
    contract.ListActions.by(network.list_actions),
    contract.FinishAction.by(finish_action),
)
