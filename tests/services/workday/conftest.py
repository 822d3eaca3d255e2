"""The shop of the perks' tests: two officials, and something on the shelf."""

from __future__ import annotations

from tests.services.perks.conftest import Shop, hamlet, refused, shop, sqlite_hamlet, sqlite_shop

__all__ = ["Shop", "hamlet", "refused", "shop", "sqlite_hamlet", "sqlite_shop"]
