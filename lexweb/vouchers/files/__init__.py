"""
The files of a client by the documents they belong to: the list, and a selection of them as one archive.

The files themselves, and the page of one, are in `lexweb.files`.

    urls ─► views ─► forms ─► listing
              └─► archive ─► index             a ZIP that is never whole in memory, and its CSV
            words                              what a file is
"""
