"""A form allows what the interface allows: its limits are written down once, in the schemas."""

import re
from pathlib import Path

import pytest

from services.gateway.web.form_limits import limits

TEMPLATES = sorted(Path("services/gateway/web/templates").rglob("*.html"))
PLACE = re.compile(r"limits\(\"([^\"]+)\"\)")
NUMBER = re.compile(r"\b(?:maxlength|max)=\"?[0-9]+")
# Parts of addresses, answers to questions of a survey, words of judges by criterion, and a bar of progress
OWN_LIMITS = {
    ("activist_form.html", "maxlength=100"),
    ("consultant_form.html", "maxlength=100"),
    ("certificate_search.html", "maxlength=100"),
    ("survey.html", "maxlength=2000"),
    ("pieces.html", 'maxlength="2000'),
    ("application_document.html", 'max="1'),
}


@pytest.mark.parametrize("place", sorted({place for each in TEMPLATES for place in PLACE.findall(each.read_text())}))
def test_place_is_a_field_with_limits(place):
    assert limits(place)


def test_limits_of_a_number_and_of_a_text():
    assert limits("bookings.NewBooking.attendees") == {"min": 1, "max": 100_000}
    assert limits("people.NewContact.phone") == {"maxlength": 25}


def test_no_form_has_a_limit_of_its_own():
    written = {(each.name, limit) for each in TEMPLATES for limit in NUMBER.findall(each.read_text())}
    assert written == OWN_LIMITS
