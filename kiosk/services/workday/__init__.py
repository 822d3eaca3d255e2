"""The office's day: what is counted when it begins and when it ends, and who signs for that."""
