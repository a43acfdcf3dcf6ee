"""How requests are put before readers: words, rows and figures made from what the querysets read."""
