"""Write the pages of reference in both languages: make manual."""

from reference.pages import pages

for file, text in pages().items():
    file.write_text(text, encoding="utf-8")
