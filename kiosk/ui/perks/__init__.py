"""The perks room: the shelf, one's own wallet, and the desk that hands over."""
