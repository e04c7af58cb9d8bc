"""Pages of signing in, the own account, requests and the management of accounts."""
