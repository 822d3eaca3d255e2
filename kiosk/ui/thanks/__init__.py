"""The thanks room: somebody, a picture, and it is said."""
