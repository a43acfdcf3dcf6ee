"""Opening a community on one guided page: what will be made, whether it may be, and the one action that makes it."""
