"""Why mail fails, or soon will: what is looked at, what is found, and the cure of each fault."""
