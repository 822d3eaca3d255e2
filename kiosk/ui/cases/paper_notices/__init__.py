"""Notices on paper, handed over by a clerk; and replies that are taken down and read back."""
