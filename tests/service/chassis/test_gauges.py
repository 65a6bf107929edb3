"""What waits in the queues is counted when the metrics are read."""

from sqlalchemy import text

from tests.service.chassis.test_inbox import noted


def metrics(bench) -> list[str]:
    _, _, body = bench._runner.health.metrics()
    return [line for line in body.decode().splitlines() if '{service="probe"}' in line]


def test_queues_are_counted_when_the_metrics_are_read(probe):
    probe.publish("district", "noted", noted("refused", refuse=True))
    probe.settle()
    told = metrics(probe)
    assert 'madang_inbox_dead{service="probe"} 1.0' in told
    assert 'madang_outbox_waiting{service="probe"} 0.0' in told
    assert 'madang_relay_active{service="probe"} 1.0' in told


def test_queue_that_cannot_be_counted_is_left_out(probe):
    assert any("madang_inbox_dead" in line for line in metrics(probe))
    probe.database("probe").transaction(lambda session: session.execute(text("ALTER TABLE inbox RENAME TO away")))
    told = metrics(probe)
    assert not any("madang_inbox_dead" in line for line in told)
    assert 'madang_relay_active{service="probe"} 1.0' in told
