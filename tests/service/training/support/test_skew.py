"""A gateway of another version: it sends with an older contract, and reads answers of a newer service."""

from typing import Annotated

from marshmallow import EXCLUDE

from services.chassis.contract import Answer, Page, Part, Request
from services.chassis.contract_schemas import answer_schema, request_schema
from services.chassis.fields import Id, Line
from services.training.contract.vocabulary import Topic
from tests.people import RESIDENT
from tests.service.training.support.offices import all_of

previous = Part("training", "consulting", "The contract of a neighbouring version")


class Consultation(Answer):
    """It knows fewer fields than the service sends, and two that the service does not send."""

    id: str
    title: str
    urgency: str | None
    attachments: int = 0


@previous.command()
class RequestConsultation(Request[Consultation]):
    """The optional fields of today are unknown to it."""

    topic: Topic
    title: Annotated[str, Line(max=200)]


@previous.query()
class GetConsultation(Request[Consultation]):
    consultation_id: Id


def test_gateway_of_a_neighbouring_version_asks_and_understands(bench_of):
    with all_of(bench_of("training"), RESIDENT) as (resident,):
        request = RequestConsultation(topic=Topic.FINANCE, title="회계")
        sent = resident.request_consultation(**request_schema(RequestConsultation)().dump(request))
        assert "need" in sent
        made = answer_schema(Consultation)().load(sent, unknown=EXCLUDE)
        assert (made.title, made.urgency, made.attachments) == ("회계", None, 0)
        again = request_schema(GetConsultation)().dump(GetConsultation(consultation_id=made.id))
        assert answer_schema(Consultation)().load(resident.get_consultation(**again), unknown=EXCLUDE) == made
        listed = answer_schema(Page[Consultation])().load(resident.list_consultations(), unknown=EXCLUDE)
        assert listed.items == [made]
