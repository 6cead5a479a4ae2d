"""Finding datasets: words of four languages, places, periods, facets; an index in memory."""
