package dev.mailscope.server.message;

import java.util.List;

/**
 * One entry of an address list as IMAP shows it (RFC 9051 section 7.5.2, {@code address}). All are octet strings,
 * null for NIL. A group is an entry with a mailbox (its name) and no host, its members, and an entry with neither.
 * What a broken address lacks is the empty string, since NIL would make a group of it.
 *
 * @param name    the display name, quoting removed, encoded words as they are; null for none
 * @param route   the at-domain-list of an obsolete source route; null for none
 * @param mailbox the local part, quoting removed
 * @param host    the domain
 */
public record Address(String name, String route, String mailbox, String host) {

    /** The addresses of a field value (an octet string); leniently, at most 10,000. */
    public static List<Address> parse(String value) {
        return new AddressListReader(value).read();
    }

    /**
     * A list as readable text, names decoded: {@code Ann <ann@example.org>, Friends: bob@example.org;}. Comments,
     * routes and quoting are not in it.
     */
    static String text(List<Address> addresses) {
        final var text = new StringBuilder();
        String between = "";
        for (final Address address : addresses) {
            if (address.isGroupEnd()) {
                text.append(';');
                between = ", ";
            } else {
                text.append(between).append(address.text());
                between = address.isGroupStart() ? " " : ", ";
            }
        }
        return text.toString();
    }

    private String text() {
        if (isGroupStart()) {
            return DecodedText.of(mailbox) + ":";
        }
        final String at = DecodedText.of(host.isEmpty() ? mailbox : mailbox + "@" + host);
        return name == null ? at : at.isEmpty() ? DecodedText.of(name) : DecodedText.of(name) + " <" + at + ">";
    }

    static Address groupStart(String name) {
        return new Address(null, null, name, null);
    }

    static Address groupEnd() {
        return new Address(null, null, null, null);
    }

    /** True for the entry that begins a group and carries its name as mailbox. */
    public boolean isGroupStart() {
        return host == null && mailbox != null;
    }

    /** True for the entry that ends a group. */
    public boolean isGroupEnd() {
        return host == null && mailbox == null;
    }

    /** How to call the sender or receiver on screen: the decoded name, else the address. */
    public String display() {
        if (name != null) {
            return DecodedText.of(name);
        }
        final String text = mailbox == null ? "" : host == null || host.isEmpty() ? mailbox : mailbox + "@" + host;
        return DecodedText.of(text);
    }
}
