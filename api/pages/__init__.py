"""What the pages show: pure functions from catalogue values to what a template needs."""
