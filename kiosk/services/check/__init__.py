"""Holding a paper to what the village knows."""
