"""Keeping a village: set up, opened, backed up, restored, moved, and watched by the clock."""
