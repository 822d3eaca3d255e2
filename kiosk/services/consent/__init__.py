"""Who takes part, and in what: consents, pauses, and whether a house agreed to its sign."""
