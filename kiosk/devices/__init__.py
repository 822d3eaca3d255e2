"""Printers, scanner, speech and watchdog, each with its simulator beside it. No rule lives here."""
