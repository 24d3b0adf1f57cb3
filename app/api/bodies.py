"""Bodies that are documents: their form, their compression, their length."""

from typing import Annotated

from fastapi import Depends, Request

from app.api.container import Container
from app.api.limits import gunzip
from app.api.problems import Malformed, NotSupported
from app.model.errors import BadInput, FieldError
from app.model.vocabulary import DocumentFormat

FORMAT_OF_TYPE: dict[str, DocumentFormat | None] = {
    "application/xml": DocumentFormat.PUBMED_XML,
    "text/xml": DocumentFormat.PUBMED_XML,
    "application/nbib": DocumentFormat.MEDLINE,
    "application/x-nbib": DocumentFormat.MEDLINE,
    "text/plain": DocumentFormat.PUBMED_TEXT,
    "application/json": DocumentFormat.JSON,
    "application/x-ndjson": DocumentFormat.JSON,
    "application/octet-stream": None,
    "application/gzip": None,
}
"""The format that each content type means; None: it is found out from the document itself."""

_GZIP = b"\x1f\x8b"


async def _raw(request: Request) -> bytes:
    return await request.body()


RawBody = Annotated[bytes, Depends(_raw)]


def document_body(
    parts: Container, request: Request, raw: bytes, wanted: DocumentFormat | None
) -> tuple[bytes, DocumentFormat | None]:
    """Return the documents of a request, decompressed, and their format where it is known.

    ``wanted`` is the parameter ``format``, which counts before the content type.

    Raises:
        NotSupported: a content type or encoding that is not read.
        TooLarge: more than the limit once decompressed.
        BadInput: nothing was sent.
    """
    content_type = request.headers.get("content-type", "application/octet-stream")
    media_type = content_type.partition(";")[0].strip().lower()
    if wanted is None and media_type not in FORMAT_OF_TYPE:
        raise NotSupported(
            f"Documents of type {media_type[:100]} are not read. Send one of "
            f"{', '.join(FORMAT_OF_TYPE)}, or name the format with format=."
        )
    encoding = request.headers.get("content-encoding", "identity").strip().lower()
    if encoding not in ("identity", "gzip", "x-gzip"):
        raise NotSupported(f"Content-Encoding {encoding[:100]} is not read; send gzip or none.")
    if encoding != "identity" and not raw.startswith(_GZIP):
        raise Malformed("The body is not gzip as Content-Encoding says.")
    body = gunzip(raw, parts.config.body_limit) if raw.startswith(_GZIP) else raw
    if not body.strip():
        raise BadInput("The body is empty: send one document or many.", [FieldError("", "empty")])
    return body, wanted or FORMAT_OF_TYPE.get(media_type)
