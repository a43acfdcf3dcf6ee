"""Figures: what is measured, how, and the last results (figures.md). `make bench` runs it."""
