import subprocess
from pathlib import Path

import pytest

from tests.changed import ROOT, changes, touched_tests

ALL = {str(path.relative_to(ROOT)) for path in ROOT.glob("tests/**/test_*.py")}


@pytest.mark.parametrize(
    ("changed", "touched", "untouched"),
    [
        (
            "services/booking/domain/recurrence.py",
            "tests/unit/booking/test_recurrence.py",
            "tests/unit/notify/test_rules.py",
        ),
        (
            "services/booking/domain/recurrence.py",
            "tests/service/booking/test_series.py",
            "tests/unit/chassis/test_db.py",
        ),
        ("services/booking/domain/recurrence.py", "tests/system/test_flow.py", "tests/service/notify/test_smtp.py"),
        (
            "services/booking/domain/recurrence.py",
            "tests/browser/test_every_page.py",
            "tests/service/chassis/test_outbox.py",
        ),
        (
            "services/training/migrations/versions/training_0002.py",
            "tests/service/training/support/test_year.py",
            "tests/service/booking/test_fees.py",
        ),
        (
            "services/notify/templates/gone.j2",
            "tests/service/notify/test_texts.py",
            "tests/service/booking/test_fees.py",
        ),
        (
            "services/gateway/locale/ko/LC_MESSAGES/messages.po",
            "tests/service/gateway/test_page.py",
            "tests/service/notify/test_smtp.py",
        ),
        ("services/notify/gone.py", "tests/faults/test_kills.py", "tests/unit/booking/test_ical.py"),
        ("tests/service/notify/conftest.py", "tests/service/notify/test_smtp.py", "tests/service/booking/test_fees.py"),
        ("tests/system/fork_server.py", "tests/system/test_flow.py", "tests/service/booking/test_fees.py"),
        ("tests/contracts/events/new.schema.json", "tests/contracts/test_events.py", "tests/unit/booking/test_ical.py"),
    ],
)
def test_change_touches_what_depends_on_it_and_nothing_else(changed, touched, untouched):
    assert {touched, untouched} <= ALL
    chosen = touched_tests([changed])
    assert touched in chosen
    assert untouched not in chosen


def test_test_file_touches_itself_alone():
    assert touched_tests(["tests/unit/booking/test_ical.py"]) == {"tests/unit/booking/test_ical.py"}


def test_documentation_touches_nothing_and_what_is_not_known_everything():
    assert touched_tests(["README.md", "docs/decisions/0001-a-shared-kernel-for-the-centre.md"]) == set()
    for changed in ("pyproject.toml", "Makefile", "deploy/centres/seogu.yaml", "new/kind.txt"):
        assert touched_tests([changed]) == ALL


@pytest.mark.parametrize("service", ["booking", "gateway", "notify", "recruitment", "training"])
def test_every_test_of_a_service_and_of_processes_depends_on_it(service):
    needed = {path for path in ALL if path.startswith((f"tests/service/{service}/", "tests/faults/", "tests/browser/"))}
    assert needed - touched_tests([f"services/{service}/service.py"]) == set()


def test_changes_are_those_since_the_fork_committed_or_not(tmp_path):
    def git(*arguments: str) -> None:
        identity = ("-c", "user.name=Test", "-c", "user.email=test@example.org")
        subprocess.run(["git", *identity, *arguments], cwd=tmp_path, check=True, capture_output=True)

    def commit(name: str) -> None:
        Path(tmp_path, name).write_text(name)
        git("add", ".")
        git("commit", "--message", name)

    git("init", "--initial-branch", "main")
    commit("first.py")
    commit("edited.py")
    git("checkout", "-b", "branch")
    commit("committed.py")
    git("checkout", "main")
    commit("of-main.py")
    git("checkout", "branch")
    Path(tmp_path, "edited.py").write_text("edited")
    Path(tmp_path, "new.py").write_text("new")
    assert changes(root=tmp_path) == {"committed.py", "edited.py", "new.py"}
    assert changes("HEAD", root=tmp_path) == {"edited.py", "new.py"}
    with pytest.raises(subprocess.CalledProcessError):
        changes("nowhere", root=tmp_path)
