"""SQLAlchemy tables, the database and its migrations. Table objects never leave a session."""

from kiosk.models import (  # noqa: F401  (every table must be known to the metadata)
    access,
    cases,
    consent,
    differences,
    enrolment,
    hall,
    households,
    ledger,
    letters,
    my_data,
    perks,
    printing,
    register,
    rounds,
    rulebook,
    stars,
    workday,
)
from kiosk.models.base import Base

__all__ = ["Base"]
