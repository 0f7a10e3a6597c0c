"""What the author of a mail wrote, apart from what his mail program put around it. Pure."""
