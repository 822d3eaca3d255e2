"""The rooms of a case, from the report to the appeal."""
