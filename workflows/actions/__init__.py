"""Writes to renovation requests and their evidence: one function per verb, context first."""
