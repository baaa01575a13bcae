"""From text to candidate claims: deterministic, offline, one engine and a data pack for each language."""
