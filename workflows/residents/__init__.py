"""What residents do without an account: propose in short steps, and follow what became of it."""
