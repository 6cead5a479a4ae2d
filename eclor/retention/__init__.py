"""What is kept ends on its date, key first, with its minute; and nothing ends early because a clock jumped."""
