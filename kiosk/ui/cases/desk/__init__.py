"""The room of the officials: what waits for a decision, each case on one page."""
