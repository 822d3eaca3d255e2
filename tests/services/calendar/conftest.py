"""The shop of the perks' tests: what has a deadline is there, and what is kept for somebody."""

from __future__ import annotations

from tests.services.perks.conftest import Shop, hamlet, refused, shop, sqlite_hamlet, sqlite_shop

__all__ = ["Shop", "hamlet", "refused", "shop", "sqlite_hamlet", "sqlite_shop"]
