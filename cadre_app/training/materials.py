"""The kind of files that belong to a session."""

MATERIAL = "training.session_material"
MOST_MATERIALS = 20
FAMILIES = ("pdf", "document", "sheet", "picture")
