"""The stages over the warehouse: columns out by SQL, through the pure functions, and back into staging tables."""
