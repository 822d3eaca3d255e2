"""Thanks: somebody who was helped says so with a picture, and it becomes a nomination."""
