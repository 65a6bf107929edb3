"""Every message that a person may read has its Korean; a missing one is found here, not by a reader."""

import ast
from collections import Counter
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

SERVICES = Path("services")
# the first argument of these, and of every DomainError, is shown to people
MARKS = {"_", "msgid", "say", "Invalid", "NotFound", "Forbidden", "StaleVersion", "IllegalTransition"}


def shown_in(package: Path) -> set[str]:
    found = set()
    for file in package.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in MARKS and node.args:
                first = node.args[0]
                if isinstance(first, ast.Constant) and isinstance(first.value, str):
                    found.add(first.value)
    return found


def catalogue_of(package: Path) -> dict:
    file = package / "locale/ko/LC_MESSAGES/messages.po"
    if not file.exists():
        return {}
    with file.open("rb") as text:
        return {message.id: message.string for message in read_po(text) if message.id}


@pytest.mark.parametrize("name", sorted(path.name for path in SERVICES.iterdir() if (path / "__init__.py").exists()))
def test_every_message_of_a_service_has_its_korean(name):
    known = catalogue_of(SERVICES / name) | catalogue_of(SERVICES / "chassis")
    # what only operators read on the command line stays in English
    shown = shown_in(SERVICES / name) - {"No dead letter has this id.", "Say which dead letter: give its id."}
    assert sorted(shown - known.keys()) == []


@pytest.mark.parametrize("name", sorted(path.parts[1] for path in SERVICES.glob("*/locale")))
def test_translation_has_the_places_of_its_message(name):
    for message, korean in catalogue_of(SERVICES / name).items():
        singular = message[0] if isinstance(message, tuple) else message
        for text in korean if isinstance(korean, tuple) else (korean,):
            assert text, singular
            assert places(text) <= places(singular), singular


def places(text: str) -> set[str]:
    return {part.split(")")[0] for part in text.split("%(")[1:]}


@pytest.mark.parametrize("name", sorted(path.parts[1] for path in SERVICES.glob("*/locale")))
def test_nothing_is_translated_twice(name):
    """Of two translations the last one would win, wherever it was meant for."""
    text = (SERVICES / name / "locale/ko/LC_MESSAGES/messages.po").read_text(encoding="utf-8")
    messages = [line for line in text.splitlines() if line.startswith("msgid ")]
    assert [message for message, times in Counter(messages).items() if times > 1] == []
