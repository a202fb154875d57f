"""
Files of receipts and attachments (behaviour.md, chapters 9 and 10).

    storing   ─► what came in, once for each content
    contents  ─► its bytes: as they came, or made when they are asked for
    downloads ─► which of its forms an Accept header asks for
"""

from lexweb.sandbox.files.contents import content

__all__ = ["content"]
