"""The rights room: consent, enrolment, the copy of one's data, corrections, pause and leave."""
