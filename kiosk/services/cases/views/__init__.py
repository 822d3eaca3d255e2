"""What is shown of a case, to whom."""
