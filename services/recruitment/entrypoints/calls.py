"""Public calls: the use case of each operation."""

from services.recruitment.contract import calls as contract
from services.recruitment.queries.calls import list_calls
from services.recruitment.usecases.change_call import change_call
from services.recruitment.usecases.correct_call import correct_call
from services.recruitment.usecases.create_call import create_call
from services.recruitment.usecases.publish_call import publish_call
from services.recruitment.usecases.read_calls import get_call

CALLS = (
    contract.CreateCall.by(create_call),
    contract.ListCalls.by(list_calls),
    contract.GetCall.by(get_call),
    contract.ChangeCall.by(change_call),
    contract.PublishCall.by(publish_call),
    contract.CorrectCall.by(correct_call),
)
