"""Bytes to articles: every value with the evidence for it. Opens nothing; bytes in, values out."""
