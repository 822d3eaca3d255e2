"""Printers, scanner, drives, speech and watchdog, each with its simulator; no rule lives here."""
