"""Reads a folder over IMAP, and prints each mail as Python's own `email` package understands it, one object a line.

`raw` is the mail as the server has it, in base64, for other readers. A folder that is not there is empty.
"""

import base64
import email
import email.policy
import html
import imaplib
import json
import re
import ssl
import sys


def links(page):
    """Every address on the page, whether it is a link or stands in the text."""
    return re.findall(r"https?://[^\s\"<>]+", html.unescape(page))


def seen(raw):
    mail = email.message_from_bytes(raw, policy=email.policy.default)
    defects = [str(defect) for part in mail.walk() for defect in part.defects]
    text, page = mail.get_body(("plain",)), mail.get_body(("html",))
    return {
        "raw": base64.b64encode(raw).decode(),
        "defects": defects,
        "subject": mail["Subject"],
        "to": [address.addr_spec for address in mail["To"].addresses],
        "message-id": str(mail["Message-ID"]).strip("<>"),
        "references": re.findall(r"<([^>]*)>", str(mail["References"] or "")),
        "text": text.get_content().replace("\r\n", "\n") if text else mail.as_string(),
        "links": links(page.get_content()) if page else [],
        "return-path": str(mail["Return-Path"]),
        "content-type": mail.get_content_type(),
    }


port, root, user, password, folder = sys.argv[1:]
context = ssl.create_default_context(cafile=root)
with imaplib.IMAP4_SSL("localhost", int(port), ssl_context=context) as server:
    server.login(user, password)
    said, count = server.select(folder, readonly=True)
    for number in range(1, int(count[0]) + 1) if said == "OK" else []:
        _, fetched = server.fetch(str(number), "(BODY.PEEK[])")
        print(json.dumps(seen(fetched[0][1])))
