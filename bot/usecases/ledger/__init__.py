"""The ledger proved and exported; letters held after a restore."""
