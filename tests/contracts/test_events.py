"""The events as contracts: schemas on file are what the code says, golden samples fit them, every consumer reads them.

After a deliberate, additive change: `python -m tests.contracts.export`.
"""

import json
from pathlib import Path

import jsonschema
import pytest

from services.chassis import contracts, topology
from services.chassis.events import EventType
from services.chassis.inbox import Unacceptable, read_envelope
from services.chassis.manifest import installed

HERE = Path(__file__).parent / "events"
EVENTS = list(contracts.published(installed().values()))
CONSUMERS = [
    (consumer, subscription)
    for consumer, subscription in topology.subscriptions(installed().values())
    if any(event.source == subscription.source and event.name == subscription.name for event in EVENTS)
]


def golden(event_type: str) -> dict:
    return json.loads((HERE / f"{event_type}.golden.json").read_text(encoding="utf-8"))


def name(case: object) -> str:
    return case.type if isinstance(case, EventType) else str(getattr(case, "name", case))


@pytest.mark.parametrize("event", EVENTS, ids=name)
def test_schema_on_file_is_the_one_in_code(event):
    on_file = json.loads((HERE / f"{event.type}.schema.json").read_text(encoding="utf-8"))
    assert on_file == contracts.json_schema(event)


@pytest.mark.parametrize("event", EVENTS, ids=name)
def test_golden_sample_fits_its_schema_and_its_producer(event):
    sample = golden(event.type)
    jsonschema.validate(sample["data"], contracts.json_schema(event))
    assert event.schema().validate(sample["data"]) == {}
    assert sample["type"] == event.type
    assert read_envelope(sample)["id"] == sample["id"]


@pytest.mark.parametrize("event", EVENTS, ids=name)
def test_sample_without_a_required_field_does_not_fit(event):
    schema = contracts.json_schema(event)
    for field in schema["required"]:
        data = {key: value for key, value in golden(event.type)["data"].items() if key != field}
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(data, schema)


@pytest.mark.parametrize("event", EVENTS, ids=name)
def test_event_carries_no_contact_data(event):
    fields = contracts.json_schema(event)["properties"]
    assert not any(word in field for field in fields for word in ("email", "phone", "address"))
    assert "@" not in json.dumps(golden(event.type)["data"])


@pytest.mark.parametrize(("consumer", "subscription"), CONSUMERS, ids=name)
def test_consumer_reads_the_golden_sample_and_ignores_what_it_does_not_know(consumer, subscription):
    envelope = golden(f"madang.{subscription.source}.{subscription.name}.v{subscription.version}")
    assert subscription.load(read_envelope(envelope)).subject == envelope["subject"]
    envelope["data"]["added_later"] = 1
    subscription.load(read_envelope(envelope))


@pytest.mark.parametrize(("consumer", "subscription"), CONSUMERS, ids=name)
def test_consumer_refuses_data_that_is_none(consumer, subscription):
    envelope = golden(f"madang.{subscription.source}.{subscription.name}.v{subscription.version}")
    with pytest.raises(Unacceptable):
        subscription.load(read_envelope({**envelope, "data": {}}))


UNHEARD = {
    ("booking", "booking_checked_in"),  # who checks in knows it
    *(("recruitment", f"offer_{what}") for what in ("accepted", "declined")),  # who answers knows it
    # For others outside, who watch what the centre does.
    *(("notify", name) for name in ("message_sent", "message_failed", "address_suppressed")),
    ("recruitment", "call_published"),
    ("training", "course_published"),
}
"""An event that nobody hears is a decision, written down here."""


def test_every_event_has_a_subscriber_or_is_published_for_others():
    heard = {(subscription.source, subscription.name) for _, subscription in CONSUMERS}
    unheard = {(event.source, event.name) for event in EVENTS} - heard
    assert unheard == UNHEARD


@pytest.mark.parametrize("manifest", [each for each in installed().values() if each.events], ids=name)
def test_event_types_say_whether_they_have_a_subscriber(manifest):
    """`madang serve` publishes by what the types say: it does not import the subscribers."""
    subscribed = {each for each in topology.subscribed(installed().values()) if each[0] == manifest.name}
    assert contracts.heard([manifest]) == subscribed


def test_asyncapi_names_every_event_and_every_consumer():
    document = contracts.asyncapi(list(installed().values()))
    assert len(document["channels"]) == len(EVENTS)
    receiving = [each for each in document["operations"].values() if each["action"] == "receive"]
    assert len(receiving) == len(CONSUMERS)
