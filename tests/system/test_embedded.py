"""`madang run`: it loses no committed work however it ends, starts quickly again, and ends at once."""

import json
import re
import signal
import socket
import subprocess
import sys

import pytest
import requests

from tests.servers.ports import free_port
from tests.system.embedded import Embedded, running
from tests.system.profiles import FIRST_CENTRE
from tests.waiting import wait_until

SLOT = {
    "space_id": "edu-1",
    "start": "2020-03-20T10:00:00+09:00",
    "end": "2020-03-20T12:00:00+09:00",
    "title": "마을 모임",
    "purpose": "community",
    "attendees": 10,
}


@pytest.fixture(scope="module")
def shared_embedded(tmp_path_factory):
    """A running centre for tests that change nothing but its clock."""
    with running(tmp_path_factory.mktemp("running")) as embedded:
        yield embedded


def mailbox(embedded: Embedded) -> list[dict]:
    return requests.get(f"{embedded.url}/dev/mailbox", timeout=120).json()["items"]


def test_killed_right_after_an_answer_it_still_sends_the_message(tmp_path):
    embedded = Embedded(tmp_path)
    embedded.start()
    resident = embedded.session("hong", "resident")
    resident.put(f"{embedded.url}/me/contact", json={"email": "hong@example.org", "locale": "ko"}, timeout=120)
    for hour in range(9, 19):
        slot = {**SLOT, "start": f"2020-03-20T{hour:02}:00:00+09:00", "end": f"2020-03-20T{hour + 1:02}:00:00+09:00"}
        assert resident.post(f"{embedded.url}/bookings", json=slot, timeout=120).status_code == 201
    embedded.popen.kill()
    embedded.popen.wait()
    embedded.start()
    wait_until(lambda: len(mailbox(embedded)) == 10)
    assert embedded.stop() == 0
    embedded.start()  # and what was sent is not sent again
    assert len(mailbox(embedded)) == 10
    assert embedded.stop() == 0


def test_ctrl_c_and_sigterm_end_it_with_success(tmp_path):
    embedded = Embedded(tmp_path)
    for number in (signal.SIGINT, signal.SIGTERM):
        embedded.start()
        assert embedded.stop(number) == 0
        assert "Traceback" not in embedded.output()


def test_it_says_where_it_runs_and_how_to_log_in(shared_embedded):
    wait_until(lambda: f"Madang runs at {shared_embedded.root}" in shared_embedded.output())
    assert "/dev/tokens" in shared_embedded.output()


def test_moved_clock_runs_on_from_there_and_not_back(shared_embedded):
    clock = f"{shared_embedded.url}/dev/clock"
    assert requests.post(clock, json={"now": "2020-03-14T09:00:00+09:00"}, timeout=120).status_code == 200
    resident = shared_embedded.session("hong", "resident")
    refused = resident.post(f"{shared_embedded.url}/bookings", json=SLOT, timeout=120)
    assert (refused.status_code, refused.json()["code"]) == (409, "too_late")
    back = requests.post(clock, json={"now": "2020-03-01T09:00:00+09:00"}, timeout=120)
    assert back.status_code == 409


def refused_start(embedded: Embedded, command: str = "run") -> str:
    """What `madang` says when it refuses to start."""
    done = subprocess.run(
        [sys.executable, "-m", "services.chassis.cli", command],
        env=embedded._environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 2, done.stderr
    return done.stderr


@pytest.mark.parametrize("variable", ["MADANG_PORT", "MADANG_HEALTH_PORT"])
def test_port_that_is_taken_is_told_in_one_line_and_nothing_is_left_running(tmp_path, variable):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        reason = refused_start(Embedded(tmp_path, **{variable: str(port)}))
    cause = rf"madang: Port {port} on [0-9.]+ is already in use\."
    assert re.fullmatch(rf"{cause} Choose another with {variable}, for example {variable}=\d+\.\n", reason)


def test_second_process_on_the_same_data_folder_is_refused(shared_embedded):
    reason = refused_start(Embedded(shared_embedded.directory))
    assert re.fullmatch(rf"madang: MADANG_DATA=.*another process \(id {shared_embedded.popen.pid}\).*\n", reason)


def test_settings_that_cannot_be_used_are_told_in_one_line_each(tmp_path):
    reason = refused_start(Embedded(tmp_path, MADANG_DATA="/dev/null/data"))
    assert re.fullmatch(r"madang: MADANG_DATA='/dev/null/data': this folder cannot be written .*\n", reason)
    reason = refused_start(Embedded(tmp_path, MADANG_PRT="8001", MADANG_RPC_DEADLINE="soon"))
    assert [line.rpartition("MADANG_")[2].partition(":")[0] for line in reason.splitlines()] == [
        "PORT?",
        "RPC_DEADLINE='soon'",
    ]


@pytest.mark.parametrize(
    ("variable", "address", "command"),
    [
        ("DATABASE_URL", "postgresql://me:hunter2@127.0.0.1:{port}/{{service}}", "migrate"),
        ("AMQP_URI", "amqp://me:hunter2@127.0.0.1:{port}//", "migrate"),
    ],
)
def test_part_that_is_away_is_told_in_one_line_with_its_setting(tmp_path, variable, address, command):
    embedded = Embedded(tmp_path, **{variable: address.format(port=free_port())})
    reason = refused_start(embedded, command)
    assert re.fullmatch(rf"madang: The (broker|database) cannot be .*{variable}.*\n", reason)
    assert "hunter2" not in reason


def test_service_waits_for_a_database_that_is_away_and_says_which_setting_names_it(tmp_path):
    away = f"postgresql://me:hunter2@127.0.0.1:{free_port()}/{{service}}"
    embedded = Embedded(tmp_path, DATABASE_URL=away)
    command = [sys.executable, "-m", "services.chassis.cli", "serve", "booking"]
    with subprocess.Popen(command, env=embedded._environment, stderr=subprocess.PIPE, text=True) as process:
        first = json.loads(process.stderr.readline())
        process.send_signal(signal.SIGTERM)
        rest = process.stderr.read()
        assert process.wait(60) == 0
    assert (first["event"], first["service"]) == ("database_away", "booking")
    assert "MADANG_BOOKING_DATABASE_URL" in first["remedy"]
    assert "Traceback" not in rest


def test_profile_with_faults_stops_the_start_with_their_lines(tmp_path):
    profile = tmp_path / "centre.yaml"
    sound = FIRST_CENTRE.read_text(encoding="utf-8")
    profile.write_text(sound.replace("capacity: 12", "capacity: -1"), encoding="utf-8")
    line = sound[: sound.index("capacity: 12")].count("\n") + 1
    said = refused_start(Embedded(tmp_path, MADANG_PROFILE=str(profile)))
    assert "booking.spaces.2.capacity" in said
    assert f"line {line}:" in said
