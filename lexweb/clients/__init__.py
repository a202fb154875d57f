"""
The firm's clients, their connections to Lexware Office, and what every context needs to talk to it.

    views, services, access, context            the clients themselves, and the door to pages of one
    connect_views ─► attempts, connecting       connecting by OAuth or key, and ending ─► grants that belong to nobody
    reconnect_views ─► invitations, limits      the client does it with a link
    connection_views ─► guardian                how a connection is; guardian_mails tells whoever has to know

    gateway                                     the one door to Lexware Office
      ├─► tokens ─► authorization, vault        a valid token, the pace of the authorization server, sealed secrets
      ├─► pace                                  two requests a second for each account
      ├─► lookout ─► states                     what went wrong, noted at the connection
      └─► exchanges ─► tallies                  each request, logged and counted
    troubles                                    what can go wrong, in sentences for people

    mirroring, mirrored                         from JSON to rows, for all tables of the mirror
    steps, waits                                the shape of background work, and how long it waits after a failure
"""
