"""One module per thing on the desk."""
