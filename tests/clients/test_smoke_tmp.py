import time
from tests import cast as c
def test_it(cast, lexware, sign_in):
    t=time.time(); lexware.reset(); print("reset", time.time()-t)
    conn = c.synced(cast.client, lexware, by=cast.paula)
    b = sign_in(cast.paula)
    for path in ["/", "/clients/", cast.client.url, cast.client.url+"contacts/", cast.client.url+"history/", cast.client.url+"sync/", cast.client.url+"connect/", cast.client.url+"settings/", cast.client.url+"disconnect/", cast.client.url+"contacts/new/", cast.other.url, cast.other.url+"contacts/", "/staff/me/"]:
        r = b.get(path); print(path, r.status_code); assert r.status_code==200
    from lexweb.contacts.models import Contact
    k = Contact.objects.select_related("connection__client").first()
    for p in [k.url, k.url+"raw/", k.url+"edit/"]:
        assert b.get(p).status_code in (200,409)
