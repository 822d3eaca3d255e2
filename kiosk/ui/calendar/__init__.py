"""The village's calendar on the screen, for everybody."""
