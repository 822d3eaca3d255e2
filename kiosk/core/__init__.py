"""The ground floor: clock, ids, errors, catalogue, settings, canonical encoding. No Qt, no SQL."""
