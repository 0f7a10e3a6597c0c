"""The database: the hub that holds threads, people, the ledger of incoming mail and the outgoing queue."""
