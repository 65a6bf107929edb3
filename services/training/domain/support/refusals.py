"""Every refusal of the support work, one function each: its stable code, its words, its details."""

from __future__ import annotations

from services.chassis.errors import Refusal
from services.chassis.i18n import msgid as _


def over_ceiling(stage: str, ceiling: int, amount: int) -> Refusal:
    return Refusal(
        "over_ceiling",
        _("In this stage a community gets at most %(ceiling)d won, not %(amount)d."),
        {"stage": stage, "ceiling": ceiling, "amount": amount},
    )


def already_supported() -> Refusal:
    return Refusal("already_supported", _("This community is in the programme already."))


def already_introduced() -> Refusal:
    return Refusal("already_introduced", _("This organisation was introduced there already. Record the result there."))


def opportunity_over(closes_on: str) -> Refusal:
    return Refusal("opportunity_over", _("This opportunity was open until %(closes_on)s."), {"closes_on": closes_on})


def no_consultant(topic: str) -> Refusal:
    return Refusal(
        "no_consultant",
        _("No consultant for this topic has room. Enter another one, or wait for a report."),
        {"topic": topic},
    )


def wrong_topic(topic: str) -> Refusal:
    return Refusal("wrong_topic", _("This consultant does not give advice on this topic."), {"topic": topic})


def no_activist() -> Refusal:
    return Refusal("no_activist", _("There is no activist in this field to give communities to."))


def not_assigned() -> Refusal:
    return Refusal("no_activist", _("This community has no activist yet. Spread the communities first."))


def consent_missing() -> Refusal:
    return Refusal("consent_missing", _("What is known of a person is kept only with their consent."))


def consent_without_day() -> Refusal:
    return Refusal("consent_missing", _("Say on which day the consent was given."))


def already_answered() -> Refusal:
    return Refusal("already_answered", _("You have answered this survey already. Thank you."))


def survey_closed() -> Refusal:
    return Refusal("survey_closed", _("This survey is closed."))


def duplicate(name: str) -> Refusal:
    return Refusal("duplicate", _("%(name)s is in the list already."), {"name": name})
