"""Several archives in one: every record as it stands, each once, and what contradicts itself told."""
