"""Archives that the package ships as data: each folder is one, as on disk."""
