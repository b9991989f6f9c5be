"""The manual: texts of docs/manual, shown at the desk and built into a site of files."""
