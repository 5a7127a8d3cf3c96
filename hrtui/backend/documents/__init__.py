"""Documents: contents kept by their SHA-256, each employer's apart, sent in chunks and read by area."""
