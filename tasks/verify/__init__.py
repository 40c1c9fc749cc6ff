"""Verifying: nothing is believed that can be computed again, from the archive to the last published cell."""
