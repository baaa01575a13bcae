"""Findings made into text for a screen or a file."""
