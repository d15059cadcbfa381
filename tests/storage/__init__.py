"""Storage itself: both databases against the contract, migrations, faults, kills, speed of plans."""
