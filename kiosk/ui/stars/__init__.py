"""The room of the officials who print door signs."""
