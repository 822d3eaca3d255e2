"""Auditing: the log by its proofs, every table against the log, every total reckoned anew."""
