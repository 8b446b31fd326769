package dev.mailscope.server.smtp;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A mailbox in a path of MAIL or RCPT (RFC 5321 section 4.1.2), the source route before it left out.
 *
 * @param local  the local part, quoting removed
 * @param domain the domain or address literal; empty where there is none, as in {@code <postmaster>}
 */
record Mailbox(String local, String domain) {
    // Path = "<" [ A-d-l ":" ] Mailbox ">", where the library that reads it too allows no angle brackets in quotes.
    private static final Pattern PATH = Pattern.compile("<(?:@[^:<>\\s\\p{Cntrl}]+:)?"
            + "(?:(?<word>[^\\s\\p{Cntrl}<>\"@:,;()\\\\]+)"
            + "|\"(?<quoted>(?:[^\\p{Cntrl}\"\\\\<>]|\\\\[^\\p{Cntrl}<>])+)\")"
            + "(?:@(?<domain>[^\\s\\p{Cntrl}<>@]+))?>");

    /** The mailbox in a path, which is given with its angle brackets; empty when it is none, or the null path. */
    static Optional<Mailbox> parse(String path) {
        var match = PATH.matcher(path);
        if (!match.matches()) {
            return Optional.empty();
        }
        var local = match.group("word") != null ? match.group("word")
                : match.group("quoted").replaceAll("\\\\(.)", "$1");
        return Optional.of(new Mailbox(local, match.group("domain") == null ? "" : match.group("domain")));
    }

    /** Local part and domain, unquoted. */
    String address() {
        return domain.isEmpty() ? local : local + "@" + domain;
    }
}
