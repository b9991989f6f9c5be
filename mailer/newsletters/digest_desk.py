"""Letters that compose themselves: set up, looked at, started, paused."""
