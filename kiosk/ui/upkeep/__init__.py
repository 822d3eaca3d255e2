"""How the machine is, what its keeper does about it, and putting a village back."""
