"""Square metres as hectares and as acres."""

from decimal import Decimal

_M2_PER_HECTARE = Decimal(10_000)
_M2_PER_ACRE = Decimal("4046.8564224")  # the international acre, Weights and Measures Act 1985


def hectares(area_m2: float) -> Decimal:
    """Hectares from square metres, not rounded."""
    return Decimal(str(area_m2)) / _M2_PER_HECTARE


def acres(area_m2: float) -> Decimal:
    """International acres from square metres, not rounded."""
    return Decimal(str(area_m2)) / _M2_PER_ACRE
