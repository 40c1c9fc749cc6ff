"""The warehouse: DDL, reference data, one SELECT a table, and the small runner that builds them."""
