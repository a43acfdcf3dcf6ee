"""Reads: what a person may see of requests, and the facts that the rules judge."""
