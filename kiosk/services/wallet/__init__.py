"""Points to spend: apart from the number, which spending never moves."""
