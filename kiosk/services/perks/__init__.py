"""The perks room: what the village gives for points of the wallet, never for the number.

`catalogue` (what there is), `redemptions` (reserve, cancel, collect, points back), `voucher` (the
slip with which it is collected).
"""
