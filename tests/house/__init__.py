"""The house's rules as tests: shape, imports, style, types, and what a start may load."""
