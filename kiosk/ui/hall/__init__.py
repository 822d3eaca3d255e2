"""The village hall on the screen: its own words, and the days on which it is closed."""
