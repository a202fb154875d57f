"""
Vouchers: everything the voucher list of Lexware Office shows, what stands behind it, and what people do with it.

    views ─► listing, presenting, kinds         the list and one voucher
    form/                                       change and create one          ┐
    bulk/                                       the same for many              ├─► writing/
    duplicates/                                 perhaps there twice            ┘
    files/                                      the files of a client, and archives of them
    assigning                                   who of the firm looks after it: our own

    mirror ─► rows ─► models                    from JSON to rows; receivers: what happens below
      └─► owed                                  the images that have to be there after a write of ours
    backfill, images ─► reading                 work of the worker: details, payments, files of what is to be reviewed
    services, selectors                         what a person opens is read now; reading from the mirror
"""
