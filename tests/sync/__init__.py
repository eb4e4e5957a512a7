"""Moving things in and out, against a marketplace in memory and the real store."""
