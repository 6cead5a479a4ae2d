"""The catalogue into an existing CKAN, by its action API: what it should hold, what it holds, the steps in between."""
