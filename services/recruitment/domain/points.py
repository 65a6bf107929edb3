"""Exact points. Rule: DOMAIN, Recruitment (a mean in exact decimals to 0.01, half up)."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction

CENT = Decimal("0.01")


def rounded(value: Fraction | Decimal | int) -> Decimal:
    """To 0.01, half up, however long the number is. Not for numbers below zero."""
    hundredths = Fraction(value) * 100
    return Decimal((2 * hundredths.numerator + hundredths.denominator) // (2 * hundredths.denominator)) * CENT


def mean(values: Iterable[Decimal]) -> Decimal:
    """Of none it is 0."""
    exact = [Fraction(value) for value in values]
    return rounded(sum(exact, Fraction()) / len(exact)) if exact else Decimal("0.00")


def written(value: Decimal) -> str:
    """With two places: "84.33"."""
    return f"{value:.2f}"


def read(text: str) -> Decimal:
    return Decimal(text)
