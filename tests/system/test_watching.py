"""`make dev`, with a profile that changes."""

import os
import signal
import subprocess
import sys

import pytest

from services.chassis import watching
from tests.system.embedded import Embedded
from tests.system.profiles import FIRST_CENTRE
from tests.waiting import wait_until


@pytest.fixture
def profile(tmp_path):
    path = tmp_path / "centre.yaml"
    path.write_text(FIRST_CENTRE.read_text(encoding="utf-8"), encoding="utf-8")
    return path


def write(path, text):
    # the clock of a file system may stand still between two writes
    time = path.stat().st_mtime_ns + 1
    path.write_text(text, encoding="utf-8")
    os.utime(path, ns=(time, time))


def test_change_of_the_profile_starts_it_anew_and_a_fault_in_it_is_waited_out(tmp_path, profile):
    sound = profile.read_text(encoding="utf-8")
    command = (sys.executable, "-m", "services.chassis.watching")
    embedded = Embedded(tmp_path, command=command, MADANG_PROFILE=str(profile))
    embedded.start()
    try:
        wait_until(lambda: "Madang runs at" in embedded.output())
        write(profile, sound.replace("capacity: 12", "capacity: 13"))
        wait_until(lambda: embedded.output().count("Madang runs at") == 2)
        assert "make dev: Restarting: " in embedded.output()
        assert "centre.yaml changed\n" in embedded.output()
        write(profile, sound.replace("capacity: 12", "capacity: -1"))
        wait_until(lambda: "make dev: Madang ended with status 2" in embedded.output())
        write(profile, sound)
        wait_until(lambda: embedded.output().count("Madang runs at") == 3)
        assert embedded.is_ready()
    finally:
        assert embedded.stop(signal.SIGINT) == 0
    assert not embedded.is_ready()


def test_new_changed_and_removed_files_are_noticed(profile):
    before = watching.times(profile)
    assert str(watching.SERVICES / "chassis/watching.py") in before
    assert not any("__pycache__" in path for path in before)
    assert watching.difference(before, dict(before)) == ""
    first, second, *_ = sorted(before)
    assert watching.difference(before, {**before, first: 0}).endswith(f"{os.path.basename(first)} changed")
    assert watching.difference({**before, "/new.py": 1}, before).endswith("new.py changed")
    assert "and 1 more changed" in watching.difference(before, {**before, first: 0, second: 0})


def test_process_that_does_not_end_is_killed(monkeypatch):
    monkeypatch.setattr(watching, "PATIENCE", 0.2)
    stubborn = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print(flush=True); time.sleep(60)"
    with subprocess.Popen([sys.executable, "-c", stubborn], stdout=subprocess.PIPE) as process:
        process.stdout.readline()
        watching._stop(process)
    assert process.returncode == -signal.SIGKILL
