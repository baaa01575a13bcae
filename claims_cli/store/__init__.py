"""Rows in SQLite or PostgreSQL: kept and given back, never judged."""
