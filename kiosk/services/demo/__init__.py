"""The demo village: 1,200 people and a year of their deeds, made through the real services."""
