"""The register: who lives where, how they are found, and how a register file comes in."""
