"""What the village does. A service function is one transaction and returns frozen dataclasses.

A few take one after another, where a later step may fail and the first still stands: a card that
was issued is there, also when its paper could not be queued.
"""
