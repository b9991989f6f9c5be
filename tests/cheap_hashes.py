"""Passphrases that are hashed in a hundredth of the time: a hash says its own cost."""

from argon2 import PasswordHasher

CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
