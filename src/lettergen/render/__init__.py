"""Letter → HTML (Jinja2 templates of the layouts, Markdown texts)."""
