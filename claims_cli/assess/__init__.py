"""Findings about the claims that are kept: lists, conflicts, traces."""
