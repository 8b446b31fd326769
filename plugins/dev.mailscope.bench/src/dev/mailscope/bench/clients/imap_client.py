"""A mail program with a local copy, on imaplib: imap_client.py sync | flag | append | move | delete ARGUMENTS."""
import base64
import imaplib
import os
import re
import ssl
import sys
import urllib.parse

ENV = os.environ


def encode(name):
    """A folder's name as a quoted string in modified UTF-7 (RFC 3501 section 5.1.3)."""
    def shift(match):
        octets = base64.b64encode(match.group().encode("utf-16-be")).decode().rstrip("=")
        return "&" + octets.replace("/", ",") + "-"
    wire = re.sub("[^\x20-\x7e]+", shift, name.replace("&", "&-"))
    return '"' + wire.replace("\\", "\\\\").replace('"', '\\"') + '"'


def decode(wire):
    """The reverse, of a name as LIST gives it."""
    def unshift(match):
        if match.group(1) == "":
            return "&"
        octets = match.group(1).replace(",", "/")
        return base64.b64decode(octets + "=" * (-len(octets) % 4)).decode("utf-16-be")
    if wire.startswith('"'):
        wire = re.sub(r"\\(.)", r"\1", wire[1:-1])
    return re.sub("&([^-]*)-", unshift, wire)


def ok(answer):
    """The data of an answer, which must be OK."""
    kind, data = answer
    if kind != "OK":
        sys.exit(f"{kind} {data}")
    return data


def connect():
    address = ENV["MAIL_HOST"], int(ENV["MAIL_PORT"])
    trusted = ssl.create_default_context(cafile=ENV["MAIL_CERTIFICATE"])
    if ENV["MAIL_SECURITY"] == "TLS":
        imap = imaplib.IMAP4_SSL(*address, ssl_context=trusted, timeout=20)
    else:
        imap = imaplib.IMAP4(*address, timeout=20)
    if ENV["MAIL_SECURITY"] == "STARTTLS":
        imap.starttls(trusted)
    imap.login(ENV["MAIL_USER"], ENV["MAIL_PASSWORD"])
    return imap


def path(folder, *parts):
    return os.path.join(ENV["MAIL_COPY"], urllib.parse.quote(folder, safe=""), *parts)


def store(file, octets):
    with open(file, "wb") as out:
        out.write(octets)


def sync_folder(imap, folder):
    ok(imap.select(encode(folder), readonly=True))
    validity = imap.response("UIDVALIDITY")[1][0]
    os.makedirs(path(folder), exist_ok=True)
    known = {name.split(".")[0] for name in os.listdir(path(folder)) if name.endswith(".eml")}
    if known and open(path(folder, "uidvalidity"), "rb").read() != validity:
        sys.exit(f"UIDVALIDITY of {folder} has changed")
    store(path(folder, "uidvalidity"), validity)
    held = {}
    for line in ok(imap.uid("FETCH", "1:*", "(FLAGS)")):
        if line:
            uid = re.search(rb"UID (\d+)", line).group(1).decode()
            flags = re.search(rb"FLAGS \(([^)]*)\)", line).group(1).split()
            held[uid] = b" ".join(flag for flag in flags if flag.lower() != rb"\recent")
    for uid in known - held.keys():
        os.remove(path(folder, uid + ".eml"))
        os.remove(path(folder, uid + ".flags"))
    for uid, flags in held.items():
        if uid not in known:
            literal = ok(imap.uid("FETCH", uid, "(BODY.PEEK[])"))[0]
            store(path(folder, uid + ".eml"), literal[1])
        store(path(folder, uid + ".flags"), flags)


def sync(imap):
    for line in ok(imap.list()):
        found = re.fullmatch(r'\(([^)]*)\) (?:"."|NIL) (.*)', line.decode("ascii"))
        if "\\noselect" not in found.group(1).lower():
            sync_folder(imap, decode(found.group(2)))


def flag(imap, folder, uid, flags):
    ok(imap.select(encode(folder)))
    ok(imap.uid("STORE", uid, "+FLAGS.SILENT", f"({flags})"))


def append(imap, folder, file):
    with open(file, "rb") as mail:
        ok(imap.append(encode(folder), None, None, mail.read()))


def delete(imap, folder, uid):
    flag(imap, folder, uid, "\\Deleted")
    ok(imap.expunge())


def move(imap, folder, uid, target):
    ok(imap.select(encode(folder)))
    if "MOVE" in imap.capabilities:
        ok(imap.uid("MOVE", uid, encode(target)))
    else:
        ok(imap.uid("COPY", uid, encode(target)))
        delete(imap, folder, uid)


client = connect()
{"sync": sync, "flag": flag, "append": append, "move": move, "delete": delete}[sys.argv[1]](client, *sys.argv[2:])
client.logout()
