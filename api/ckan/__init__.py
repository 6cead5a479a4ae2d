"""The CKAN action API, read only, as unmodified clients speak it (CKAN 2.11 and 2.12)."""
