"""The contracts: form, vocabularies, faults, dated rules, published tables, settings."""
