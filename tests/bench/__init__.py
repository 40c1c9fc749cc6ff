"""Benches: scripts that print ratios against the floor and against what one would pick instead; `make bench`."""
