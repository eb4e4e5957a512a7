"""What takes more than one step with the seller, read top to bottom: answering, blocking, quitting."""
