"""Joining at the desk: the text explained, the consents written down, the card."""
