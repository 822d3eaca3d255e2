"""The village hall: the days on which it is open, and the village's own words."""
