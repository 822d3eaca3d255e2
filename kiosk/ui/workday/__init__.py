"""The office's day: counted, opened, closed by two."""
