"""The engine that scales out: a real Spark, that executes the same expressions and gives the same rows."""
