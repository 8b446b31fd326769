package dev.mailscope.server.sasl;

import dev.mailscope.server.mailbox.Credentials;

/** LOGIN, which no RFC describes: it asks for the user name, then for the password. */
final class Login {
    private Login() {
    }

    static Turn begin(Credentials credentials) {
        return Turn.ask("Username:", name -> Text.of(name).filter(user -> !user.isEmpty())
                .map(user -> Turn.ask("Password:", password -> end(credentials, user, password)))
                .orElseGet(() -> Turn.malformed("LOGIN takes the user name first, in UTF-8.")));
    }

    private static Turn end(Credentials credentials, String user, byte[] password) {
        return Text.of(password).filter(word -> !word.isEmpty())
                .map(word -> credentials.authenticate(user, word).map(Turn::success)
                        .orElseGet(() -> Turn.wrongPassword(user)))
                .orElseGet(() -> Turn.malformed("LOGIN takes the password second, in UTF-8."));
    }
}
