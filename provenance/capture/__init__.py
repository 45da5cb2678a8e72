"""A URL to the exchange that answered it, byte for byte."""
