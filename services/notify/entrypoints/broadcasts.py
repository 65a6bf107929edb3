"""Audiences, and what staff write to all who belong to one."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from services.chassis import clock, roles
from services.chassis.entrypoints import Call, command, query
from services.chassis.errors import NotFound
from services.chassis.store import Store
from services.chassis.timers import when_due
from services.notify import usecases
from services.notify.models.audiences import Broadcast
from services.notify.post import Post
from services.notify.queries import audiences, broadcasts, due
from services.notify.schemas import broadcasts as forms
from services.notify.schemas.people import Nothing
from services.notify.views import broadcasts as shown


class Broadcasts:
    post: Post
    store: Store

    @query(Nothing, forms.AudienceList)
    def list_audiences(self, call: Call, _: Any) -> Any:
        """All but courses, of which training has a list."""
        roles.require_staff(call.actor)
        return shown.audience_list(audiences.counted(call.session))

    @command(forms.ForgetStaffSchema)
    def forget_staff(self, call: Call, wanted: forms.ForgetStaff) -> Any:
        return usecases.forget_staff(call.session, wanted.person_id, actor=call.actor, now=call.now)

    @query(forms.ContentSchema, forms.SampleList)
    def preview_broadcast(self, call: Call, wanted: forms.Content) -> Any:
        roles.require_staff(call.actor)
        return shown.samples(usecases.preview_broadcast(call.session, wanted, desk=self.post.desk(call.profile)))

    @command(forms.CreateBroadcastSchema, forms.BroadcastView)
    def create_broadcast(self, call: Call, wanted: forms.CreateBroadcast) -> Any:
        desk = self.post.desk(call.profile)
        return _shown(call, usecases.create_broadcast(call.session, wanted, actor=call.actor, desk=desk, now=call.now))

    @command(forms.ChangeBroadcastSchema, forms.BroadcastView)
    def change_broadcast(self, call: Call, wanted: forms.ChangeBroadcast) -> Any:
        desk = self.post.desk(call.profile)
        return _shown(call, usecases.change_broadcast(call.session, wanted, actor=call.actor, desk=desk, now=call.now))

    @query(forms.FindBroadcastsSchema, forms.BroadcastPage)
    def list_broadcasts(self, call: Call, wanted: forms.FindBroadcasts) -> Any:
        roles.require_reader(call.actor)
        found = broadcasts.broadcasts(call.session, wanted)
        return shown.broadcast_page(found, wanted.limit, call.profile.centre.zone)

    @query(forms.FindNoticesSchema, forms.NoticePage)
    def list_notices(self, call: Call, wanted: forms.FindNotices) -> Any:
        """For everybody, also who is not known."""
        found = broadcasts.notices(call.session, wanted)
        language = call.profile.language_for(call.context.locale)
        return shown.notice_page(found, wanted.limit, language, call.profile.centre.zone)

    @query(forms.OneBroadcastSchema, forms.BroadcastView)
    def get_broadcast(self, call: Call, wanted: forms.OneBroadcast) -> Any:
        roles.require_reader(call.actor)
        found = call.session.get(Broadcast, wanted.broadcast_id)
        if found is None:
            raise NotFound
        return _shown(call, found)

    @query(forms.OneBroadcastSchema, forms.CountView)
    def count_recipients(self, call: Call, wanted: forms.OneBroadcast) -> Any:
        roles.require_staff(call.actor)
        desk = self.post.desk(call.profile)
        return shown.recipients(usecases.count_recipients(call.session, wanted, desk=desk, now=call.now))

    @command(forms.OneBroadcastSchema, forms.TestedView)
    def send_test(self, call: Call, wanted: forms.OneBroadcast) -> Any:
        desk = self.post.desk(call.profile)
        sent = usecases.send_test(call.session, wanted, actor=call.actor, desk=desk, context=call.context, now=call.now)
        return {"messages": sent}

    @command(forms.SendBroadcastSchema, forms.BroadcastView)
    def send_broadcast(self, call: Call, wanted: forms.SendBroadcast) -> Any:
        return _shown(call, usecases.send_broadcast(call.session, wanted, actor=call.actor, now=call.now))

    @command(forms.OneBroadcastSchema, forms.BroadcastView)
    def cancel_broadcast(self, call: Call, wanted: forms.OneBroadcast) -> Any:
        return _shown(call, usecases.cancel_broadcast(call.session, wanted, actor=call.actor, now=call.now))

    @when_due(due.BROADCAST, leased=True)
    def fan_out_broadcasts(self) -> bool | timedelta:
        desk, now = self.post.desk(self.store.profile), clock.now()
        went_on = self.store.transaction(lambda session: usecases.fan_out_broadcasts(session, desk=desk, now=now))
        return went_on or due.TRY_AGAIN


def _shown(call: Call, broadcast: Broadcast) -> Any:
    return shown.broadcast(broadcast, broadcasts.progress(call.session, broadcast), call.profile.centre.zone)
