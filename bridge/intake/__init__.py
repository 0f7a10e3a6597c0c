"""Mail arrives: SMTP and LMTP, IMAP, pipes, mboxes and Maildirs."""
