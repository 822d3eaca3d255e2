"""What is written about oneself: the copy, corrections, consents taken back, erasure."""
