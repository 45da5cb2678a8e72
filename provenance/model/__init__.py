"""The values: frozen, nothing opened, nothing parsed. Their JSON lives in `provenance.contract`."""
