"""The state machine of a case: its table, the one move, what a move does, when it is due."""
