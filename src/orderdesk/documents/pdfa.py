"""What makes a PDF an archive file (PDF/A-2b): the metadata packet and the color profile."""

from __future__ import annotations

import struct
from datetime import date
from functools import cache
from xml.sax.saxutils import escape

from orderdesk.documents.colors import linear

_PACKET = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
<pdfaid:part>2</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance>
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{subject}</rdf:li></rdf:Alt></dc:description>
<xmp:CreatorTool>{producer}</xmp:CreatorTool><pdf:Producer>{producer}</pdf:Producer>
<xmp:CreateDate>{stamp}</xmp:CreateDate><xmp:ModifyDate>{stamp}</xmp:ModifyDate>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>"""


def metadata_packet(title: str, author: str, subject: str, producer: str, created: date) -> bytes:
    """The XMP packet; it says the same as the file's information dictionary."""
    values = {
        "title": title,
        "author": author,
        "subject": subject,
        "producer": producer,
        "stamp": f"{created.isoformat()}T00:00:00Z",
    }
    return _PACKET.format(**{name: escape(value) for name, value in values.items()}).encode()


@cache
def srgb_profile() -> bytes:
    """A version 2 ICC profile of sRGB: primaries adapted to D50 and a tone curve sampled from the standard's formula."""
    tags = {
        b"desc": _description("sRGB IEC61966-2.1"),
        b"cprt": b"text\0\0\0\0" + b"No rights reserved\0",
        b"wtpt": _xyz(0.95045, 1.0, 1.08905),
        b"rXYZ": _xyz(0.43607, 0.22249, 0.01392),
        b"gXYZ": _xyz(0.38515, 0.71687, 0.09708),
        b"bXYZ": _xyz(0.14307, 0.06061, 0.71410),
        b"rTRC": _curve(),
    }
    body, directory = b"", []
    start = 128 + 4 + 12 * (len(tags) + 2)
    for name, data in tags.items():
        directory.append((name, start + len(body), len(data)))
        body += data + b"\0" * (-len(data) % 4)
    # The three channels share one curve.
    directory += [(name, *directory[-1][1:]) for name in (b"gTRC", b"bTRC")]
    table = struct.pack(">I", len(directory)) + b"".join(struct.pack(">4sII", *entry) for entry in directory)
    return _profile_header(start + len(body)) + table + body


def _profile_header(size: int) -> bytes:
    # Version 2.1, a display profile from RGB to XYZ, dated with the standard, seen under D50.
    return struct.pack(
        ">I4sI4s4s4s6H4s4sIIIQI12s48x",
        *(size, b"\0\0\0\0", 0x02100000, b"mntr", b"RGB ", b"XYZ ", 1999, 10, 18, 0, 0, 0),
        *(b"acsp", b"\0\0\0\0", 0, 0, 0, 0, 0, _xyz(0.9642, 1.0, 0.82491)[8:]),
    )


def _xyz(*values: float) -> bytes:
    return b"XYZ \0\0\0\0" + struct.pack(">3i", *(round(value * 65536) for value in values))


def _curve() -> bytes:
    points = [linear(index / 255) for index in range(256)]
    return b"curv\0\0\0\0" + struct.pack(">I256H", 256, *(round(point * 65535) for point in points))


def _description(text: str) -> bytes:
    ascii_text = text.encode() + b"\0"
    return b"desc\0\0\0\0" + struct.pack(">I", len(ascii_text)) + ascii_text + b"\0" * 78
