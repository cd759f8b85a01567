"""Loads the demonstration rounds from `fixtures/demonstration/`, by the actions that pages use."""
