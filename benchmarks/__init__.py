"""How long the work takes beside what the same machine does at least: ``python -m benchmarks NAME``."""
