package dev.mailscope.server.message;

import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;

/**
 * Reads an address list (RFC 5322 sections 3.4 and 4.4) from an octet string, however broken. Own code, because IMAP
 * wants display names with their encoded words as they stand, source routes and group marks, and because nothing a
 * stranger writes may recurse.
 */
final class AddressListReader {
    private static final int MAX_ADDRESSES = 10_000;
    private static final int MAX_WORDS = 1_000;
    private static final String SPECIALS = "<>@,;:\"(";

    private final FieldReader field;
    private final List<Address> addresses = new ArrayList<>();
    private final List<Word> words = new ArrayList<>();
    private boolean inGroup;

    /** A word of a phrase or local part; {@code apart} where white space or a comment stands before it. */
    private record Word(String text, boolean quoted, boolean apart) {
    }

    AddressListReader(String value) {
        field = new FieldReader(value);
    }

    /** {@code address-list = address *("," address)}, empty elements dropped. */
    List<Address> read() {
        while (!field.atEnd() && addresses.size() < MAX_ADDRESSES) {
            address();
        }
        if (inGroup) {
            addresses.add(Address.groupEnd());
        }
        return List.copyOf(addresses);
    }

    /** {@code address = mailbox / group}, with the separator behind it. */
    private void address() {
        final int start = field.position();
        readWords("<@,;:");
        switch (field.peek()) {
            case '<' -> angleAddress(phrase(words.size()));
            case '@' -> addressSpec(start);
            case ':' -> groupStart();
            default -> noAddress();
        }
    }

    /** {@code group = display-name ":" [group-list] ";"}; a group within a group loses its name. */
    private void groupStart() {
        field.skip();
        if (!inGroup) {
            addresses.add(Address.groupStart(phrase(words.size())));
            inGroup = true;
        }
    }

    private void noAddress() {
        if (words.size() == 1 && !words.getFirst().quoted) {
            add(null, null, words.getFirst().text, "");
        } else if (!words.isEmpty()) {
            add(phrase(words.size()), null, "", "");
        }
        endOfAddress();
    }

    private void endOfAddress() {
        field.skipUntil(",;");
        if (field.peek() == ';' && inGroup) {
            inGroup = false;
            addresses.add(Address.groupEnd());
        }
        field.skip();
    }

    /** {@code *word} up to one of the given chars; other specials in between are dropped. */
    private void readWords(String stops) {
        words.clear();
        boolean apart = field.skipCfws();
        while (!field.atEnd() && stops.indexOf(field.peek()) < 0) {
            final boolean quoted = field.peek() == '"';
            final String text = quoted ? field.quotedString() : field.runUntil(SPECIALS);
            if (text.isEmpty() && !quoted) {
                field.skip();
            } else if (words.size() < MAX_WORDS) {
                words.add(new Word(text, quoted, apart));
            }
            apart = field.skipCfws();
        }
    }

    /** {@code phrase = 1*word}: the first so many words with one space between them. */
    private String phrase(int count) {
        final var phrase = new StringBuilder();
        for (final Word word : words.subList(0, count)) {
            if (!phrase.isEmpty()) {
                phrase.append(' ');
            }
            phrase.append(word.text);
        }
        return phrase.toString();
    }

    /** {@code addr-spec = local-part "@" domain}; words too many before it are taken for a display name. */
    private void addressSpec(int start) {
        final int first = localPartStart();
        final String name = phrase(first);
        final String mailbox = localPart(first);
        field.skip();
        field.takeComment();
        final String host = domain();
        if (field.peek() == '<') {
            angleAddress(field.since(start));
        } else {
            add(name.isEmpty() ? field.takeComment() : name, null, mailbox, host);
            endOfAddress();
        }
    }

    private int localPartStart() {
        int first = Math.max(0, words.size() - 1);
        while (first > 0 && (!words.get(first).apart || words.get(first).text.startsWith(".")
                || words.get(first - 1).text.endsWith("."))) {
            first--;
        }
        return first;
    }

    private String localPart(int first) {
        final var local = new StringBuilder();
        words.subList(first, words.size()).forEach(word -> local.append(word.text));
        return local.toString();
    }

    /** {@code angle-addr = "<" [obs-route] addr-spec ">"}. */
    private void angleAddress(String name) {
        while (field.skip('<')) {
            field.skipCfws();
        }
        final String domains = field.peek() == '@' ? route() : "";
        if (domains.isEmpty() || field.skip(':')) {
            readWords("@>,;");
            final String mailbox = localPart(0);
            add(name, domains.length() > 1 ? domains : null, mailbox, field.skip('@') ? domain() : "");
        } else {
            add(name, null, "", domains.substring(domains.lastIndexOf('@') + 1));
        }
        endOfAddress();
    }

    /** {@code obs-domain-list = "@" domain *("," [CFWS] ["@" domain])}, with one comma between the domains. */
    private String route() {
        final var route = new StringJoiner(",");
        while (field.skip('@')) {
            route.add("@" + domain());
            while (field.skip(',')) {
                field.skipCfws();
            }
        }
        return route.toString();
    }

    /** {@code domain = dot-atom / domain-literal / obs-domain}, white space and comments dropped. */
    private String domain() {
        field.skipCfws();
        if (field.peek() == '[') {
            return domainLiteral();
        }
        final var domain = new StringBuilder(field.runUntil(SPECIALS));
        while (field.skipCfws()
                && (field.peek() == '.' || !domain.isEmpty() && domain.charAt(domain.length() - 1) == '.')) {
            domain.append(field.runUntil(SPECIALS));
        }
        return domain.toString();
    }

    /** {@code domain-literal = "[" *([FWS] dtext) [FWS] "]"}, as it stands. */
    private String domainLiteral() {
        final int start = field.position();
        while (!field.atEnd() && "]>,".indexOf(field.peek()) < 0) {
            field.skip('\\');
            field.skip();
        }
        field.skip(']');
        final String literal = field.since(start);
        field.skipCfws();
        return literal;
    }

    private void add(String name, String route, String mailbox, String host) {
        addresses.add(new Address(name == null || name.isEmpty() ? null : name, route, mailbox, host));
    }
}
