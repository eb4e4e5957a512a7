"""Moving things between the marketplaces and the store, by itself."""
