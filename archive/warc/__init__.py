"""WARC records (ISO 28500): written byte for byte, read strictly, one gzip member a record."""
