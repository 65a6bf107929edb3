"""A small OpenID Connect provider that runs as a process of its own, for tests: `python -m tests.issuer PORT`.

It keeps to the specification and insists on it (PKCE with S256, exact redirect addresses, codes that are good once), so
that a client that logs in here does its part. Beside that it can be told to go wrong, and says how often it was asked.
"""
