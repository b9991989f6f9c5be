"""What the settings are, where each comes from, and what is wrong with them."""
