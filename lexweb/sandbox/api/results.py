"""The answer of most writes: not the record, only where it is and which version it has (behaviour.md, chapter 3)."""

from lexweb.sandbox.web import Answer, Call, Json, as_json


def created(call: Call, collection: str, document: Json) -> Answer:
    """201 with a Location, for a document with id, version, createdDate and updatedDate."""
    short = _short(call, collection, document)
    return as_json(short, 201, Location=short["resourceUri"])


def updated(call: Call, collection: str, document: Json) -> Answer:
    """200."""
    return as_json(_short(call, collection, document))


def _short(call: Call, collection: str, document: Json) -> Json:
    return {
        "id": document["id"],
        "resourceUri": f"{call.base_url}/v1/{collection}/{document['id']}",
        "createdDate": document["createdDate"],
        "updatedDate": document["updatedDate"],
        "version": document["version"],
    }
