"""The rule book: its versions, and the gate that keeps rules and words to conduct alone."""
