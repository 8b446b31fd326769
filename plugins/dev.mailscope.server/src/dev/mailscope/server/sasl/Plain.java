package dev.mailscope.server.sasl;

import dev.mailscope.server.mailbox.Credentials;

/** PLAIN (RFC 4616). */
record Plain(Credentials credentials) implements Turn.Stage {
    // message = [authzid] UTF8NUL authcid UTF8NUL passwd
    @Override
    public Turn take(byte[] response) {
        var parts = Text.of(response).orElse("").split("\0", -1);
        if (parts.length != 3 || parts[1].isEmpty() || parts[2].isEmpty()) {
            return Turn.malformed("PLAIN takes a user to act for, which may be empty, NUL, the user name, NUL and the"
                    + " password, in UTF-8.");
        }
        return credentials.authenticate(parts[1], parts[2])
                .map(account -> Turn.success(credentials, account, parts[0]))
                .orElseGet(() -> Turn.wrongPassword(parts[1]));
    }
}
