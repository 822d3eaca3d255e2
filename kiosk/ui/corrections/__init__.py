"""Clerks: what people say is written down wrongly, one request at a time."""
