"""Reads: what a person may see of places and people."""
