"""A voucher that somebody brought to the desk, by its code: a paper is never believed unread."""

from __future__ import annotations

from kiosk.core.errors import ExpectedError
from kiosk.services.access import acting, roles
from kiosk.services.check import kinds
from kiosk.services.check.papers import SIGNED_VERDICTS, SlipFacts, check_paper
from kiosk.services.perks import redemptions
from kiosk.services.perks.redemptions import VoucherView
from kiosk.services.village import Village

_REFUSED = {
    "unreadable": "voucher_unreadable",
    "log_shorter": "voucher_not_in_log",
    "log_rewritten": "voucher_not_in_log",
}
"""What is said of a paper that is no voucher of ours; of any other, that it was not made here."""


def look_at_paper(village: Village, session_id: str, scanned: str) -> VoucherView:
    """A clerk held a voucher to the scanner; its holder can see that it was looked at.

    Raises:
        ExpectedError: ``session_over``, ``not_allowed``, ``voucher_unreadable``; ``voucher_forged``
            for a paper that the village did not sign, or whose words were changed;
            ``voucher_not_in_log`` where the log of today does not fit it; ``not_a_voucher`` for
            another paper of the village; ``voucher_unknown`` where its holder left.
    """
    with acting.reading(village, session_id, *roles.holders("hand_over_perk")):
        pass  # who may not look is told so, whatever the paper says
    return redemptions.look(village, session_id, reference_on(village, scanned))


def reference_on(village: Village, scanned: str) -> str:
    """The reference of a genuine voucher, whatever became of it.

    Raises:
        ExpectedError: as `look_at_paper`.
    """
    found = check_paper(village, scanned)
    if found.verdict in _REFUSED:
        raise ExpectedError(_REFUSED[found.verdict])
    if found.verdict not in SIGNED_VERDICTS:
        raise ExpectedError("voucher_forged")
    signed = kinds.VOUCHER.read(found.facts.lines) if isinstance(found.facts, SlipFacts) else None
    if signed is None:
        raise ExpectedError("not_a_voucher")
    return signed["voucher"]
