"""Strict local servers that speak the messengers' real protocols; each can also be run by hand."""
