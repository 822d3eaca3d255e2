"""What waits for an official, most urgent first: counted for the tiles, listed, and on paper."""
