"""How it works, in six pictures, and the rules with their points."""
