"""What the village does. A service function is one transaction and returns frozen dataclasses."""
