"""A mail program that takes mail, on poplib: pop3_client.py keep | take | delete NUMBER. What it took is UID.eml."""
import os
import poplib
import ssl
import sys
import urllib.parse

ENV = os.environ
poplib._MAXLINE = 65536  # it takes no line of more than 2,048 octets otherwise, but mail has such lines


def connect():
    address = ENV["MAIL_HOST"], int(ENV["MAIL_PORT"])
    trusted = ssl.create_default_context(cafile=ENV["MAIL_CERTIFICATE"])
    if ENV["MAIL_SECURITY"] == "TLS":
        pop = poplib.POP3_SSL(*address, context=trusted, timeout=20)
    else:
        pop = poplib.POP3(*address, timeout=20)
    if ENV["MAIL_SECURITY"] == "STARTTLS":
        pop.stls(trusted)
    pop.user(ENV["MAIL_USER"])
    pop.pass_(ENV["MAIL_PASSWORD"])
    return pop


def fetch(pop, keep):
    for line in pop.uidl()[1]:
        number, unique = line.decode("ascii").split(" ")
        file = os.path.join(ENV["MAIL_COPY"], urllib.parse.quote(unique, safe="") + ".eml")
        if not os.path.exists(file):
            with open(file, "wb") as out:
                out.write(b"".join(line + b"\r\n" for line in pop.retr(number)[1]))
        if not keep:
            pop.dele(number)


client = connect()
if sys.argv[1] == "delete":
    client.dele(sys.argv[2])
else:
    fetch(client, sys.argv[1] == "keep")
client.quit()
