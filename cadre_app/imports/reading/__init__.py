"""Uploaded tables, read safely: content and name, zip and XML, headings and cells (docs/adr)."""
