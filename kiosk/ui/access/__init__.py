"""The room where a card and its PIN open a session."""
