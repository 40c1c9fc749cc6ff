"""Benches: scripts that print ratios to the floor and to what one would pick instead; `make bench`."""
