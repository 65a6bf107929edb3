"""What a person wants to hear, over which channels, and when not. Rule: DOMAIN, Notification."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from services.notify.domain.message import Category, Channel
from services.notify.domain.quiet import QuietHours

Choices = Mapping[Category, Mapping[Channel, bool]]
"""True: wanted. What is not named is left to whoever decides next."""


@dataclass(frozen=True)
class Preferences:
    choices: Choices
    quiet: QuietHours | None

    def wants(self, category: Category, channel: Channel) -> bool:
        """Mandatory messages are always wanted, and so is what nobody said anything about."""
        if category is Category.MANDATORY:
            return True
        return self.choices.get(category, {}).get(channel, True)


def merged(default: Preferences, own: Preferences | None) -> Preferences:
    """The centre's default, with what the person chose in its place. Their own quiet hours replace the centre's."""
    if own is None:
        return default
    categories = default.choices.keys() | own.choices.keys()
    choices = {each: {**default.choices.get(each, {}), **own.choices.get(each, {})} for each in categories}
    return Preferences(choices, own.quiet or default.quiet)
