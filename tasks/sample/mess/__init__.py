"""The mess of real offices: faults that are planted on purpose, and layouts of their own."""
