"""`madang run`: it loses no committed work however it ends, starts quickly again, and ends at once."""

import signal
import socket
import subprocess
import sys

import requests

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


def test_it_says_where_it_runs_and_how_to_log_in(tmp_path):
    with running(tmp_path) as embedded:
        wait_until(lambda: f"Madang runs at {embedded.root}" in embedded.output())
        assert "/dev/tokens" in embedded.output()


def test_moved_clock_runs_on_from_there_and_not_back(tmp_path):
    with running(tmp_path) as embedded:
        moved = requests.post(f"{embedded.url}/dev/clock", json={"now": "2020-03-14T09:00:00+09:00"}, timeout=120)
        assert moved.status_code == 200
        resident = embedded.session("hong", "resident")
        refused = resident.post(f"{embedded.url}/bookings", json=SLOT, timeout=120)
        assert (refused.status_code, refused.json()["code"]) == (409, "too_late")
        back = requests.post(f"{embedded.url}/dev/clock", json={"now": "2020-03-01T09:00:00+09:00"}, timeout=120)
        assert back.status_code == 409


def refused_start(embedded: Embedded) -> str:
    """What `madang run` says when it refuses to start."""
    done = subprocess.run(
        [sys.executable, "-m", "services.chassis.cli", "run"],
        env=embedded._environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 2, done.stderr
    return done.stderr


def test_port_that_is_taken_is_told_and_nothing_is_left_running(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        said = refused_start(Embedded(tmp_path, MADANG_PORT=str(taken.getsockname()[1])))
    assert "already" in said


def test_profile_with_faults_stops_the_start_with_their_lines(tmp_path):
    profile = tmp_path / "centre.yaml"
    sound = FIRST_CENTRE.read_text(encoding="utf-8")
    profile.write_text(sound.replace("capacity: 12", "capacity: -1"), encoding="utf-8")
    line = sound[: sound.index("capacity: 12")].count("\n") + 1
    said = refused_start(Embedded(tmp_path, MADANG_PROFILE=str(profile)))
    assert "booking.spaces.2.capacity" in said
    assert f"line {line}:" in said
