"""The demonstration: a fictional agency, its articles, its readers and its mailbox."""
