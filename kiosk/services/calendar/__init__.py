"""The village's calendar: what is on which day, and the days on which the hall is closed."""
