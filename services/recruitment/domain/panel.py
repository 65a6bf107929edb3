"""Who judges what, and who must not. Source: DOMAIN, Recruitment (judges), scenario 24."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from services.recruitment.contract.vocabulary import Ground
from services.recruitment.domain.contact import MAIL, MAIL_DOMAIN, PHONE, in_common


@dataclass(frozen=True)
class Member:
    """A judge. ties: by organisation, those that were declared beforehand. marks: of contact data."""

    id: str
    organisations: frozenset[str] = frozenset()
    marks: Mapping[str, str] = field(default_factory=dict)
    ties: Mapping[str, Ground] = field(default_factory=dict)


@dataclass(frozen=True)
class Applicant:
    """An application as far as conflicts go. people: of the organisation, as they are known by the application."""

    application_id: str
    organisation_id: str
    people: frozenset[str] = frozenset()
    marks: Mapping[str, str] = field(default_factory=dict)


_BY_MARK = {PHONE: Ground.PHONE, MAIL: Ground.MAIL, MAIL_DOMAIN: Ground.MAIL_DOMAIN}


def conflict(member: Member, applicant: Applicant) -> Ground | None:
    """The first ground that there is, or None."""
    if member.id in applicant.people:
        return Ground.SAME_PERSON
    if applicant.organisation_id in member.organisations:
        return Ground.ORGANISATION
    if applicant.organisation_id in member.ties:
        return member.ties[applicant.organisation_id]
    shared = in_common(member.marks, applicant.marks)
    return next((ground for kind, ground in _BY_MARK.items() if kind in shared), None)


Pairs = Collection[tuple[str, str]]
"""(application id, judge id)."""


def assign(applications: Sequence[str], members: Sequence[str], barred: Pairs, there: Pairs, most: int) -> Pairs:
    """Fills every panel up to `most` judges, whoever has least to do first. Never a barred pair.

    there: assignments that stay. Returns the new ones, the same ones for the same arguments in any order.
    """
    load = Counter(dict.fromkeys(members, 0))
    load.update(judge for _, judge in there if judge in load)
    added: list[tuple[str, str]] = []
    may = {each: [member for member in members if (each, member) not in barred] for each in applications}
    # who can be judged by few chooses first
    for application in sorted(may, key=lambda each: (len(may[each]), each)):
        panel = {judge for of, judge in there if of == application}
        free = sorted(
            (member for member in may[application] if member not in panel), key=lambda each: (load[each], each)
        )
        for judge in free[: max(0, most - len(panel))]:
            load[judge] += 1
            added.append((application, judge))
    return added
