"""An editor gives an address, and the worker looks at it."""

from mailer.articles import jobs


def looked_at(editor, url, **more):
    """The page that the editor is shown once the worker has been there."""
    page = editor.submit("/bureau/sources", url=url, **more).location
    jobs.look_at_addresses()
    return editor.get(page)
