"""Templates: the words in which people are told."""

from __future__ import annotations

from typing import Any

from services.chassis import roles
from services.chassis.entrypoints import Call, command, query
from services.chassis.errors import NotFound
from services.notify import rendering, usecases
from services.notify.domain.rules import OFFERED
from services.notify.post import Post
from services.notify.queries import decisions, texts
from services.notify.rendering import TemplateId
from services.notify.schemas import texts as forms
from services.notify.schemas.people import Nothing
from services.notify.usecases.trying_templates import offered, sample
from services.notify.views import texts as shown


class Texts:
    post: Post

    @query(Nothing, forms.TemplateList)
    def list_templates(self, call: Call, _: Any) -> Any:
        roles.require_staff(call.actor)
        stored = {texts.id_of(each): each for each in texts.all_latest(call.session)}
        return shown.template_list(self.post.templates.wordings, stored, call.profile.centre.zone)

    @query(forms.OneTemplateSchema, forms.TemplateView)
    def get_template(self, call: Call, wanted: forms.OneTemplate) -> Any:
        roles.require_staff(call.actor)
        template = wanted.template
        if template.key not in OFFERED and not texts.is_known(call.session, template.key):
            raise NotFound
        return _shown(call, template)

    @command(forms.PutTemplateSchema, forms.TemplateView)
    def put_template(self, call: Call, wanted: forms.PutTemplate) -> Any:
        usecases.put_template(call.session, wanted, actor=call.actor, letterhead=call.profile, now=call.now)
        call.session.flush()
        return _shown(call, wanted.template)

    @command(forms.MoveApprovalSchema, forms.TemplateView)
    def move_approval(self, call: Call, wanted: forms.MoveApproval) -> Any:
        usecases.move_approval(call.session, wanted, actor=call.actor, now=call.now)
        call.session.flush()
        return _shown(call, wanted.template)

    @query(forms.PreviewTemplateSchema, forms.PreviewView)
    def preview_template(self, call: Call, wanted: forms.PreviewTemplate) -> Any:
        roles.require_staff(call.actor)
        text = usecases.preview_template(call.session, wanted, desk=self.post.desk(call.profile))
        return shown.preview(text, wanted.template)

    @query(forms.FindDecisionsSchema, forms.DecisionPage)
    def list_decisions(self, call: Call, wanted: forms.FindDecisions) -> Any:
        """About a broadcast or a template."""
        roles.require_reader(call.actor)
        found = decisions.find(call.session, wanted)
        return shown.decision_page(found, wanted.limit, call.profile.centre.zone)


def _shown(call: Call, template: TemplateId) -> Any:
    names = offered(call.session, template.key)
    stored = texts.latest(call.session, template)
    words = sample(template, names, call.profile)
    return shown.template(template, stored, rendering.source_of(template), words, call.profile.centre.zone)
