"""The yearly register beside the village's: read from a stick, shown person by person, decided on.

What a file says is no entry and changes nothing. What an official accepts of it goes into the
register and the log; a move goes the way of every life event, and nobody is taken out.
"""
