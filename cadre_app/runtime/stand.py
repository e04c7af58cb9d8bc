"""Where a database stands: which migrations of it this version knows, and whether it can be brought up to date."""

from collections.abc import Collection

from django.db.migrations.loader import MigrationLoader

from cadre_app.runtime.say import Refusal

Applied = Collection[tuple[str, str]]


def refuse_newer(applied: Applied, version: str) -> None:
    """Raises Refusal when a backup holds migrations that this version does not know."""
    loader = MigrationLoader(None, ignore_no_migrations=True)
    known = set(loader.disk_migrations or ()) | set(loader.replacements)
    known.update(old for migration in loader.replacements.values() for old in migration.replaces)
    if any(name not in known for name in applied):
        raise Refusal(
            f"备份由更新的版本 {version} 写成；请先更新本系统再恢复。",
            "The backup was written by a newer version: update first.",
        )


def refuse_halfway(applied: Applied) -> None:
    """Raises Refusal for a database that has a part of the migrations that were made one for each room (ADR 36).

    Django itself would pass over the rest of them in silence.
    """
    loader, there = MigrationLoader(None, ignore_no_migrations=True), set(applied)
    for (app, _name), migration in sorted(loader.replacements.items()):
        missing = [name for name in migration.replaces if name not in there]
        if missing and len(missing) < len(migration.replaces):
            raise Refusal(
                f"数据库来自首次发布之前的较早版本（缺 {app}.{missing[0][1]}）；请先用当时的版本升级到末次迁移。",
                f"The database is of an earlier version before the first release ({app}.{missing[0][1]} is missing): "
                "bring it up to date with that version first.",
            )
