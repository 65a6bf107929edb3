"""What logs and dead letters say of a refusal."""

import pytest

from services.chassis.errors import IllegalTransition, NotFound, Refusal, Refused
from services.chassis.i18n import translate

CLOSED = Refusal("closed", "%(space)s is closed.", {"space": {"ko": "회의실", "en": "the meeting room"}})


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (IllegalTransition(state="draft", wanted="correct"), "This cannot be done any more: it is draft."),
        (IllegalTransition(), "This cannot be done any more: it is %(state)s."),
        (NotFound("Nothing is called 5%(a).", name="a"), "Nothing is called 5%(a)."),
        (Refused([CLOSED, Refusal("full", "It is full.")]), "the meeting room is closed. It is full."),
    ],
    ids=["filled", "a detail is missing", "filled before", "all that refuses"],
)
def test_refusal_is_told_in_english_with_its_details(error, said):
    assert str(error) == said


def test_translation_without_its_detail_is_told_as_it_is():
    assert translate("services.booking", "ko", IllegalTransition.message, {"state": "draft"}).count("draft") == 1
    assert "%(state)s" in translate("services.booking", "ko", IllegalTransition.message, {})
