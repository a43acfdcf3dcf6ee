"""Pure rules: no framework, no clock, no floating point."""
