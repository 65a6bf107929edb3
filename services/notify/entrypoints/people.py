"""Where people are reached, what they want to hear, and who saw their data."""

from __future__ import annotations

from typing import Any

from services.chassis import roles
from services.chassis.entrypoints import Call, command, query
from services.chassis.errors import NotFound
from services.notify import queries, schemas, usecases, views
from services.notify.queries import people as reads
from services.notify.schemas import people as forms
from services.notify.usecases import access
from services.notify.usecases.disclose_contacts import Action
from services.notify.views import people as shown


class People:
    @command(schemas.PutContactSchema, schemas.ContactView)
    def put_contact(self, call: Call, wanted: schemas.PutContact) -> Any:
        centre = call.profile.centre
        put = usecases.put_contact(call.session, wanted, actor=call.actor, country=centre.country, now=call.now)
        return views.contact(put, centre.zone)

    @query(schemas.FindContactSchema, schemas.ContactView)
    def get_contact(self, call: Call, wanted: schemas.FindContact) -> Any:
        roles.require_person(call.actor)
        found = queries.contact(call.session, call.actor.id)
        if found is None or wanted.person_id not in {None, call.actor.id}:
            raise NotFound(access.NO_CONTACT)
        return views.contact(found, call.profile.centre.zone)

    @command(forms.PutPreferencesSchema, forms.PreferencesView)
    def put_preferences(self, call: Call, wanted: forms.PutPreferences) -> Any:
        usecases.put_preferences(call.session, wanted, actor=call.actor, law=call.profile.law, now=call.now)
        call.session.flush()
        return _preferences(call)

    @query(forms.Nothing, forms.PreferencesView)
    def get_preferences(self, call: Call, wanted: Any) -> Any:
        roles.require_person(call.actor)
        return _preferences(call)

    @query(forms.FindContactsSchema, forms.MaskedContactPage)
    def list_contacts(self, call: Call, wanted: forms.FindContacts) -> Any:
        roles.require_staff(call.actor)
        found = reads.contacts_page(call.session, wanted)
        return shown.masked_page(found, wanted.limit, call.profile.centre.country)

    @command(forms.DiscloseSchema, forms.ContactList, secret=True)
    def view_contacts(self, call: Call, wanted: forms.Disclose) -> Any:
        return _disclosed(call, wanted, Action.VIEW)

    @command(forms.DiscloseSchema, forms.ContactList, secret=True)
    def export_contacts(self, call: Call, wanted: forms.Disclose) -> Any:
        return _disclosed(call, wanted, Action.EXPORT)

    @query(forms.FindDisclosuresSchema, forms.DisclosurePage)
    def list_disclosures(self, call: Call, wanted: forms.FindDisclosures) -> Any:
        access.require_reader_of_log(call.actor, wanted.person_id)
        found = reads.disclosures(call.session, wanted)
        return shown.disclosure_page(found, wanted.limit, call.profile.centre.zone)


def _preferences(call: Call) -> Any:
    own = reads.preferences(call.session, [call.actor.id]).get(call.actor.id)
    return shown.preferences(call.actor.id, queries.contact(call.session, call.actor.id), own, call.profile, call.now)


def _disclosed(call: Call, wanted: forms.Disclose, action: Action) -> Any:
    found = usecases.disclose_contacts(call.session, wanted, action, actor=call.actor, now=call.now)
    return {"items": [views.contact(each, call.profile.centre.zone) for each in found]}
