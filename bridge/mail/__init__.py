"""What a mail says: envelope, addresses, message, triage, tokens. Pure."""
