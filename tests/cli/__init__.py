"""The command line as a stranger uses it: real files, real databases, real processes where it matters."""
