"""deploy/environment.sh: what `make run` and `make test` install, and how it recovers from a failed try."""

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.waiting import wait_until

ROOT = Path(__file__).parents[2]
PROJECT = """
[build-system]
requires = []
build-backend = "backend"
backend-path = ["."]
"""
# Installs nothing. build_editable is what `pip install --editable` asks for.
BACKEND = """
import os, time, zipfile

def build_editable(wheel_directory, config_settings=None, metadata_directory=None):
    if os.path.exists("stall"):
        open("stalled", "w").close()
        time.sleep(60)
    name = "madang-1-py3-none-any.whl"
    with zipfile.ZipFile(os.path.join(wheel_directory, name), "w") as wheel:
        metadata = "madang-1.dist-info"
        wheel.writestr(f"{metadata}/METADATA", "Metadata-Version: 2.1\\nName: madang\\nVersion: 1\\n")
        wheel.writestr(f"{metadata}/WHEEL", "Wheel-Version: 1.0\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n")
        wheel.writestr(f"{metadata}/RECORD", "")
    return name
"""


@pytest.fixture(scope="module")
def installed_project(tmp_path_factory):
    """A project with an installed environment. Shared, because installing takes seconds."""
    folder = project(tmp_path_factory.mktemp("installed"))
    assert "Installing" in environment(folder, "development").stdout
    return folder


@pytest.fixture
def folder(tmp_path):
    """A project without an environment."""
    return project(tmp_path)


def project(directory: Path) -> Path:
    """One that needs nothing, so that no index is asked."""
    place = directory / "project"
    (place / "services/chassis").mkdir(parents=True)
    for name in ("requirements.lock", "requirements-dev.lock", "services/chassis/requirements.in"):
        (place / name).touch()
    (place / "pyproject.toml").write_text(PROJECT)
    (place / "backend.py").write_text(BACKEND)
    shutil.copytree(ROOT / "deploy", place / "deploy", ignore=shutil.ignore_patterns("centres", "locks"))
    return place


def command(kind: str) -> list[str]:
    return ["sh", "deploy/environment.sh", kind]


def environment(folder: Path, kind: str = "runtime", **variables: str) -> subprocess.CompletedProcess[str]:
    variables = {**os.environ, "PYTHON": sys.executable, **variables}
    return subprocess.run(
        command(kind), cwd=folder, env=variables, capture_output=True, text=True, timeout=300, check=False
    )


def mark(folder: Path) -> Path:
    """A file in the environment, which is gone when the environment is made anew."""
    mark = folder / ".venv/mark"
    mark.touch()
    return mark


def test_environment_is_made_once_and_again_when_a_lock_changes(installed_project):
    marked = mark(installed_project)
    assert environment(installed_project, "runtime").stdout == ""
    assert environment(installed_project, "development", PYTHON="").stdout == ""
    (installed_project / "requirements.lock").write_text("# another\n")
    assert "Installing" in environment(installed_project).stdout
    assert marked.exists()  # what is in it is of use still


def test_interrupted_installation_is_begun_anew(installed_project):
    (installed_project / "stall").touch()
    (installed_project / "requirements.lock").write_text("# one more\n")
    variables = {**os.environ, "PYTHON": sys.executable}
    with subprocess.Popen(command("runtime"), cwd=installed_project, env=variables, start_new_session=True) as process:
        wait_until((installed_project / "stalled").exists)
        os.killpg(process.pid, signal.SIGKILL)
    marked = mark(installed_project)
    assert not (installed_project / ".venv/runtime").exists()
    (installed_project / "stall").unlink()
    assert environment(installed_project).returncode == 0
    assert not marked.exists()
    assert environment(installed_project).stdout == ""


def test_environment_of_a_folder_that_was_moved_is_made_anew(installed_project):
    assert environment(installed_project).returncode == 0
    mark(installed_project)
    moved = installed_project.rename(installed_project.with_name("moved"))
    try:
        assert environment(moved).returncode == 0
        assert not (moved / ".venv/mark").exists()
        shebang = (moved / ".venv/bin/pip").read_text().splitlines()[0]
        assert str(moved) in shebang
    finally:
        moved.rename(installed_project)


def test_python_without_its_venv_module_leaves_nothing_and_says_what_to_install(folder, tmp_path):
    (tmp_path / "ensurepip.py").write_text("raise ImportError")
    done = environment(folder, PYTHONPATH=str(tmp_path))
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert "apt install python3-venv" in done.stderr
    assert not (folder / ".venv").exists()


@pytest.mark.parametrize("version", ["3.10.13", None])
def test_python_that_is_too_old_or_missing_is_told_with_an_example(folder, tmp_path, version):
    python = tmp_path / "python"
    if version:
        # answers as an interpreter of this version would: every check of the version fails
        python.write_text(
            f'#!/bin/sh\ncase "$*" in -V) echo Python {version};; *version_info*) exit 1;; *) echo "$0";; esac\n'
        )
        python.chmod(0o755)
    done = environment(folder, PYTHON=str(python))
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert "for example: make run PYTHON=python3.13" in done.stderr
    assert (f"is Python {version}" if version else "was not found") in done.stderr
    assert not (folder / ".venv").exists()


def test_index_that_cannot_be_reached_is_told_with_the_settings_that_name_one(folder):
    hash_of_nothing = "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    (folder / "requirements.lock").write_text(f"no-such-library-of-madang==1 --hash={hash_of_nothing}\n")
    nowhere = {"PIP_INDEX_URL": "http://127.0.0.1:9/simple", "PIP_CONFIG_FILE": os.devnull, "PIP_RETRIES": "1"}
    done = environment(folder, **nowhere, no_proxy="127.0.0.1", PIP_FIND_LINKS="")
    assert done.returncode == 1
    *pip, last = done.stderr.splitlines()
    assert any(line.startswith("ERROR: ") for line in pip)
    assert "could not reach the package index" in last
    assert "PIP_INDEX_URL or PIP_PROXY" in last
    assert not (folder / ".venv/runtime").exists()
