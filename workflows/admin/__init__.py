"""The staff's screens for renovation requests and everything that hangs on them."""
