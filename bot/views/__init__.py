"""Domain values and words in, cards out: every sentence a person reads is chosen here, once, from the catalogues."""
