"""Bar and line charts, reckoned here and drawn as SVG by `pieces.bars` and `pieces.lines`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from services.gateway.web.words import number

WIDTH, HEIGHT = 640, 240
LEFT, TOP, BOTTOM = 44, 12, 28
KINDS = ("one", "two", "three")


@dataclass(frozen=True)
class Series:
    name: str
    values: Sequence[float | None]


@dataclass(frozen=True)
class Chart:
    """Values of some series by label. told: how a value is said. top: what the axis reaches at least."""

    title: str
    of_labels: str
    labels: Sequence[str]
    series: Sequence[Series]
    told: Callable[[Any], str] = number
    top: float = 0
    short_labels: Sequence[str] = field(default_factory=tuple)
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT

    @property
    def is_empty(self) -> bool:
        return not any(each for one in self.series for each in one.values)

    @property
    def most(self) -> float:
        return _round(max([self.top, *(each or 0 for one in self.series for each in one.values)]))

    @property
    def ticks(self) -> list[dict[str, Any]]:
        steps = 4
        return [
            {"y": self._y(self.most * step / steps), "label": self.told(_plain(self.most * step / steps))}
            for step in range(steps + 1)
        ]

    @property
    def names(self) -> list[dict[str, Any]]:
        """As many as there is room for."""
        shown = self.short_labels or self.labels
        every = max(1, -(-len(shown) // 12))
        return [
            {"x": round(self._middle(place)), "text": text} for place, text in enumerate(shown) if place % every == 0
        ]

    @property
    def bars(self) -> list[dict[str, Any]]:
        wide = self._slot * 0.7 / len(self.series)
        return [
            {
                "kind": KINDS[which],
                "x": round(self._middle(place) - self._slot * 0.35 + which * wide, 1),
                "y": self._y(value),
                "width": round(max(1, wide - 2), 1),
                "height": round(self._y(0) - self._y(value), 1),
                "label": f"{self.labels[place]} {one.name}: {self.told(value)}",
            }
            for which, one in enumerate(self.series)
            for place, value in enumerate(one.values)
            if value
        ]

    @property
    def lines(self) -> list[dict[str, Any]]:
        drawn = []
        for which, one in enumerate(self.series):
            dots = [
                {
                    "x": round(self._middle(place), 1),
                    "y": self._y(value),
                    "label": f"{self.labels[place]} {one.name}: {self.told(value)}",
                }
                for place, value in enumerate(one.values)
                if value is not None
            ]
            path = "M" + "L".join(f"{dot['x']} {dot['y']}" for dot in dots) if dots else ""
            drawn.append({"kind": KINDS[which], "path": path, "dots": dots})
        return drawn

    @property
    def _slot(self) -> float:
        return (self.width - self.left) / max(1, len(self.labels))

    def _middle(self, place: int) -> float:
        return self.left + self._slot * (place + 0.5)

    def _y(self, value: float) -> float:
        room = self.height - TOP - BOTTOM
        return round(TOP + room * (1 - value / self.most), 1)


def _round(value: float) -> float:
    """Up to a number that four steps divide well."""
    if value <= 0:
        return 4
    unit = 1.0
    while unit * 10 < value:
        unit *= 10
    while unit > value:
        unit /= 10
    return next(unit * step for step in (1, 2, 4, 8, 10) if unit * step >= value)


def _plain(value: float) -> float | int:
    return int(value) if value == int(value) else value
