"""Households live: people are born, come, marry, move, go away, come back, and die.

Each is one step at the desk for the whole family: what would change is shown first, it takes effect
after ten minutes in which it can be taken back, and everybody else keeps their number.
"""
