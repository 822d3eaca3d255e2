"""The controls that every screen is made of, and the theme they follow."""
