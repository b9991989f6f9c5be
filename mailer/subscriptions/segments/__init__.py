"""Segments: who a letter is for within its list, said by a predicate that people read and write."""
