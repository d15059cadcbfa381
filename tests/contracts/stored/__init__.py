"""The store's contract, one file for each kind of record; tests/contracts/store.py puts them together."""
