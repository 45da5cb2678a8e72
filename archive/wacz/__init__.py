"""WACZ packages: one ZIP file of records, index, pages and manifest, read without trust and written once."""

from archive.wacz import codes as codes
