"""Alerts: one cause and subject is one alert; who was told of it when is kept in a ledger of its own."""
