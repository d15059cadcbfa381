"""The catalogues as code sees them: sentences by name."""
