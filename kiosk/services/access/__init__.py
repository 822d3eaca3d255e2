"""The access room: cards and PINs, sessions, roles, who looked at a record, touches answered."""
