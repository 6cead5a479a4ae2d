"""Serves what was made; decides nothing about privacy."""
