"""One's data and rights: see it, copy it, have it corrected, pause, leave."""
