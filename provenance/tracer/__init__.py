"""The tracer: quotations to their sources. Bytes are never opened here; texts come in, traces go out."""
