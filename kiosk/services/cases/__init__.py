"""A case from its report to its end: told, confirmed, decided, appealed, put right."""
