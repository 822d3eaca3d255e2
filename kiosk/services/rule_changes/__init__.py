"""Changes of the rule book by the village: proposed, shown for 14 days, adopted, printed."""
