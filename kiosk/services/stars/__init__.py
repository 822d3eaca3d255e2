"""Stars of households: ratings of a round, the signs at the doors."""
