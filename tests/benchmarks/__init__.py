"""How fast the product is: figures of one run, beside what the machine itself can do in the same run."""
