"""The room in which anybody reports a good deed or a concern, one decision a step."""
