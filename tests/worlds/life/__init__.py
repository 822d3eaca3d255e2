"""A village that lives at random: whatever people, officials and time can do, through the services.

`frame` draws the steps; the other modules say what they are, a function each.
"""
