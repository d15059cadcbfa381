"""The tests: conversations, contracts, simulations, and the house's own rules."""
