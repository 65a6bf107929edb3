import subprocess
import sys

import pytest

from services.chassis import data_folder
from services.chassis.config import ConfigError

LOCK = """
import sys
from pathlib import Path
from services.chassis import data_folder

data_folder.lock(Path(sys.argv[1]))
print("locked", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def holder(tmp_path):
    """A process that has locked tmp_path / "data"."""
    command = [sys.executable, "-c", LOCK, str(tmp_path / "data")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout.readline() == "locked\n"
        yield process
        process.kill()


def test_folder_of_another_process_is_refused_until_that_process_is_gone(tmp_path, holder):
    with pytest.raises(ConfigError, match=f"MADANG_DATA=.*another process .id {holder.pid}."):
        data_folder.lock(tmp_path / "data")
    holder.kill()
    holder.wait()
    data_folder.lock(tmp_path / "data")


@pytest.mark.parametrize("below", ["", "data"])
def test_folder_that_cannot_be_made_is_refused(tmp_path, below):
    file = tmp_path / "file"
    file.touch()
    with pytest.raises(ConfigError, match=r"MADANG_DATA=.*cannot be written .*MADANG_DATA=/"):
        data_folder.lock(file / below)
