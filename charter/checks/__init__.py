"""The judges of a policy, one file a family; `charter.checks.families` calls them in the order of LANGUAGE.md."""
