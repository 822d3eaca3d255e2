"""The access room: cards and PINs, sessions, roles, who looked at a record, touches answered."""

from kiosk.services.access.cards import CardShown, IssuedCard, card_by_token
from kiosk.services.access.grants import (
    end_role,
    founding,
    grant_role,
    issue_card,
    reissue,
    roles_of,
)
from kiosk.services.access.roles import ROLES, Act, Role, holders, may
from kiosk.services.access.sessions import (
    SignedIn,
    holding,
    require,
    sign_in,
    sign_out,
    still_here,
)
from kiosk.services.access.tongues import languages_of, note_language, set_language
from kiosk.services.access.touches import TouchOfAnotherAct, answered, remember
from kiosk.services.access.views import (
    PURPOSES,
    RecordViewLine,
    record_view,
    views_of,
    views_on,
)

__all__ = [
    "PURPOSES",
    "ROLES",
    "Act",
    "CardShown",
    "IssuedCard",
    "RecordViewLine",
    "Role",
    "SignedIn",
    "TouchOfAnotherAct",
    "answered",
    "card_by_token",
    "end_role",
    "founding",
    "grant_role",
    "holders",
    "holding",
    "issue_card",
    "languages_of",
    "may",
    "note_language",
    "record_view",
    "reissue",
    "remember",
    "require",
    "roles_of",
    "set_language",
    "sign_in",
    "sign_out",
    "still_here",
    "views_of",
    "views_on",
]
