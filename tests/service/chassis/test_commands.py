"""Commands: idempotency keys, refusals over RPC, requests that cannot be answered."""

import pytest
from kombu import Connection
from nameko.exceptions import MethodNotFound, RemoteError

from services.chassis.errors import Invalid, Refused
from services.chassis.messaging import RPC_EXCHANGE
from tests.people import NEIGHBOUR, RESIDENT
from tests.probe.service import tries


def test_same_key_gives_the_first_answer_again(probe):
    with probe.acting(RESIDENT, idempotency_key="k1") as rpc:
        answers = [rpc.probe.do(what="once") for _ in range(3)]
    assert answers == [answers[0]] * 3
    assert tries["do once"] == 1


def test_key_belongs_to_its_actor_and_its_request(probe):
    with probe.acting(RESIDENT, idempotency_key="k1") as rpc:
        first = rpc.probe.do(what="mine")
        with pytest.raises(Invalid, match="used with another request"):
            rpc.probe.do(what="something else")
    with probe.acting(NEIGHBOUR, idempotency_key="k1") as rpc:
        assert rpc.probe.do(what="mine") != first


def test_refusal_is_given_again_for_the_same_key(probe):
    for _ in range(2):
        with probe.acting(RESIDENT, idempotency_key="k1") as rpc, pytest.raises(Refused) as caught:
            rpc.probe.do(what="refused", refuse=True)
        assert caught.value.code == "too_late"
    assert tries["do refused"] == 1


def test_request_delivered_twice_is_done_once(probe):
    request = {"args": [], "kwargs": {"what": "twice"}}
    with Connection(probe.config.amqp_uri) as connection:
        for _ in range(2):
            connection.Producer().publish(
                request, exchange=RPC_EXCHANGE, routing_key="probe.do", reply_to="nobody", correlation_id="call-1"
            )
    probe.settle()
    assert tries["do twice"] == 1


@pytest.mark.parametrize(
    "body",
    [[], "text", {"args": []}, {"kwargs": {}}, {"args": [1], "kwargs": {}}, {"args": [], "kwargs": 7}],
)
def test_malformed_request_is_answered_and_the_service_goes_on(probe, body):
    with Connection(probe.config.amqp_uri) as connection:
        for reply_to in ("nobody", None):
            properties = {"reply_to": reply_to} if reply_to else {}
            connection.Producer().publish(body, exchange=RPC_EXCHANGE, routing_key="probe.do", **properties)
    probe.settle()
    with probe.acting() as rpc:
        assert rpc.probe.effects() == []


def test_unknown_method_is_told(probe):
    with probe.acting() as rpc, pytest.raises(MethodNotFound, match="fly"):
        rpc.probe.fly()


def test_malformed_context_is_refused(probe):
    with probe.acting(actor_is="odd") as rpc:
        assert rpc.probe.effects() == []
    with probe.acting(deadline="soon") as rpc, pytest.raises(Invalid):
        rpc.probe.effects()


def test_work_whose_deadline_has_passed_is_not_begun(probe):
    with probe.acting(deadline="2020-01-01T00:00:00+00:00") as rpc, pytest.raises(RemoteError, match="deadline"):
        rpc.probe.do(what="too late", seconds=0)
    assert tries["do too late"] == 0


def test_unknown_arguments_are_refused_by_name(probe):
    with probe.acting() as rpc, pytest.raises(Invalid) as caught:
        rpc.probe.do(what="x", colour="red")
    assert caught.value.errors == {"colour": ["Unknown field."]}
