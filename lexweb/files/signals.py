"""What contexts above may want to know, without files knowing them."""

from django.dispatch import Signal

content_came = Signal()  # connection, voucher_id: it is known now what is in a file of this document
