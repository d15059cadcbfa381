"""Dispatch: one event, one transaction, one answer."""
