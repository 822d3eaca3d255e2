"""The room of one's own record: what is new, the number with every point, and who looked at it."""
