"""The board room: what concerns everybody."""
