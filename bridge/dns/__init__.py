"""What the DNS says: of who may send for a domain, and of our own."""
