"""What a ranking is reckoned with. Source: DOMAIN, Recruitment (score). It stands in the log that it is applied to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from services.recruitment.domain.points import read, written


@dataclass(frozen=True)
class RankingRules:
    """most: the points that each criterion gives at most. tie_chain: criteria whose means decide between equal scores.

    trim_from: with so many totals the highest and the lowest do not count.
    """

    most: Mapping[str, Decimal]
    optional: frozenset[str]
    tie_chain: tuple[str, ...]
    trim_from: int
    quorum: int
    pass_mark: Decimal
    most_bonus: Decimal

    def to_content(self) -> dict[str, Any]:
        """As it stands in the log."""
        return {
            "most": {criterion: written(most) for criterion, most in sorted(self.most.items())},
            "optional": sorted(self.optional),
            "tie_chain": list(self.tie_chain),
            "trim_from": self.trim_from,
            "quorum": self.quorum,
            "pass_mark": written(self.pass_mark),
            "most_bonus": written(self.most_bonus),
        }

    @classmethod
    def from_content(cls, content: Mapping[str, Any]) -> RankingRules:
        return cls(
            most={criterion: read(most) for criterion, most in content["most"].items()},
            optional=frozenset(content["optional"]),
            tie_chain=tuple(content["tie_chain"]),
            trim_from=content["trim_from"],
            quorum=content["quorum"],
            pass_mark=read(content["pass_mark"]),
            most_bonus=read(content["most_bonus"]),
        )
