"""What several rooms show of a person, a household, a case or a paper."""
