"""Block Kit as Slack checks it: every limit of the fact sheet's table 3.1, with the place of each fault."""
