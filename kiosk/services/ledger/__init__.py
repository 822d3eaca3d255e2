"""The ledger room: Merkle log, signed notes, keys, verification."""
