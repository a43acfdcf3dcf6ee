"""Reads: pages by place and by person."""
