"""Rescuing what is left of a broken WARC or WACZ: every intact record, byte for byte, and a list of what was lost."""
