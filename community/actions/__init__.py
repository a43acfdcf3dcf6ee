"""Writes to places and people: one function per verb, context first."""
