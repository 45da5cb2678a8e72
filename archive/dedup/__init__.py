"""Payloads kept once: later captures of the same payload become `revisit` records, and are read through them again."""
