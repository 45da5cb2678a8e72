"""Keys, certificates, signatures and what is trusted: bytes in, bytes and values out; it knows no package."""
