"""`eclor apply`: a policy applied to a file, on one machine, with no home, no acts and no catalogue of versions."""
