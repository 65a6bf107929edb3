"""What is published arrives or is known not to have arrived, on a real broker."""

import pytest
from kombu import Connection, Queue

from services.chassis.messaging import RPC_EXCHANGE, BrokerAway, event_exchange
from services.chassis.publishing import Event, Publisher, Transient
from tests import servers
from tests.waiting import wait_until

pytestmark = pytest.mark.servers

HEARD = Queue("heard", exchange=event_exchange("bench"), routing_key="heard", durable=True)
REPLIES = Queue("replies", exchange=RPC_EXCHANGE, routing_key="caller", durable=True)


@pytest.fixture
def vhost():
    uri = servers.rabbitmq().fresh_vhost()
    with Connection(uri) as connection:
        for queue in (HEARD, REPLIES):
            queue(connection.channel()).declare()
    yield uri
    servers.rabbitmq().drop_vhost(uri)


@pytest.fixture
def publisher(vhost):
    publisher = Publisher(vhost)
    yield publisher
    publisher.close()


def event(number: int, routing_key: str = "heard") -> Event:
    return Event(f"event-{number}", f'"{number}"', "bench.events", routing_key, mandatory=True)


def taken(uri: str, queue: Queue) -> list:
    with Connection(uri) as connection:
        bound = queue(connection.channel())
        return [message.decode() for message in iter(lambda: bound.get(no_ack=True), None)]


def cut_connections(uri: str) -> None:
    wait_until(lambda: servers.rabbitmq().close_connections(uri))


def test_events_arrive_in_their_order_and_those_that_nobody_hears_are_named(vhost, publisher):
    unheard = {3, 7}
    events = [event(number, "unheard" if number in unheard else "heard") for number in range(50)]
    assert publisher.publish(events) == {"event-3", "event-7"}
    assert taken(vhost, HEARD) == [str(number) for number in range(50) if number not in unheard]
    assert publisher.publish([event(50)]) == frozenset()


def test_publisher_whose_connection_was_cut_says_so_and_publishes_over_a_new_one(vhost, publisher):
    publisher.publish([event(1)])
    cut_connections(vhost)
    with pytest.raises(BrokerAway):
        publisher.publish([event(2)])
    assert publisher.publish([event(3)]) == frozenset()
    assert taken(vhost, HEARD) == ["1", "3"]


def test_reply_is_not_lost_on_a_connection_that_was_cut(vhost):
    transient = Transient(vhost)
    transient.publish("first", "caller", correlation_id="1")
    cut_connections(vhost)
    transient.publish("second", "caller", correlation_id="2")
    transient.close()
    assert taken(vhost, REPLIES) == ["first", "second"]


def test_exchange_that_is_not_there_is_told_and_does_not_stay(vhost, publisher):
    lost = Event("event-1", '"1"', "nobody.events", "heard", mandatory=True)
    with pytest.raises(BrokerAway):
        publisher.publish([lost])
    assert publisher.publish([event(2)]) == frozenset()
