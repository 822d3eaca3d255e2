"""Workbooks of spreadsheet programs as tables: XLSX of any writer, ODS, and the older XLS.

Each reader gives what its sheets show, not what a program could make of it: dates with the parts
that are shown, numbers with their leading zeros, errors and uncalculated formulas as text.
"""
