"""What the Makefile calls. The standard library only: it runs before anything is installed."""
