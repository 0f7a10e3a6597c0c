"""The pages: each reads what it needs in one go and fills a template."""
