"""What contexts above may want to know, without clients knowing them."""

from django.dispatch import Signal

connected = Signal()  # connection: a grant or key was bound, the first or a further one
emptied = Signal()  # connection: it now belongs to another organization, so its mirror is void
resealing = Signal()  # a new key came to the front: whoever keeps sealed texts seals them anew
work_came = Signal()  # connection_id: there is something to send or to read for this connection
