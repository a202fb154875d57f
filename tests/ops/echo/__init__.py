"""An app with a task that says when it ran."""
