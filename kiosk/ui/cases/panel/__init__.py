"""The room of the three who were drawn by lot: their cases, one case, and a vote each."""
