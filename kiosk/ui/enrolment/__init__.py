"""Enrolment at the desk: listen, look at a sample, three questions, decide, a card."""
