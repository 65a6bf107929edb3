"""The people of the development login: one of each kind that the centre knows, by name."""

from __future__ import annotations

from dataclasses import dataclass

from services.chassis.context import Actor
from services.chassis.i18n import msgid as _


@dataclass(frozen=True)
class Acquaintance:
    """what: msgid of what they are at the centre."""

    actor: Actor
    what: str


def _person(key: str, name: str, what: str, *roles: str, orgs: tuple[str, ...] = ()) -> Acquaintance:
    return Acquaintance(Actor(key, name, frozenset(roles), orgs), what)


ACQUAINTANCES = {
    each.actor.id: each
    for each in (
        _person("minji", "김민지", _("Resident"), "resident"),
        _person("junho", "박준호", _("Member of a village group"), "resident", "member", orgs=("happy-village",)),
        _person("sora", "윤소라", _("Tenant with an office"), "resident", "member", orgs=("haneul-coop",)),
        _person("taeyang", "정태양", _("Judge"), "judge"),
        _person("yeonhwa", "최연화", _("Village activist"), "resident", "activist"),
        _person("haneul", "강하늘", _("Instructor"), "instructor"),
        _person("dahye", "조다혜", _("Consultant"), "consultant"),
        _person("jiwoo", "이지우", _("Staff"), "staff"),
        _person("eunkyung", "서은경", _("Director"), "staff", "director"),
        _person("sangcheol", "문상철", _("Auditor"), "auditor"),
    )
}
