"""The number, with every point explained."""
