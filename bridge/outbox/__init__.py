"""Mail leaves: the queue's sender, SMTP and Maildir, and the retry schedule."""
