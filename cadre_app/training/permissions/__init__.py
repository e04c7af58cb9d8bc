"""Who may do what in training (ACCESS.md, "training, hours")."""
