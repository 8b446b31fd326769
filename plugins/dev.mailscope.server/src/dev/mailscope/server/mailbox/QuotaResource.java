package dev.mailscope.server.mailbox;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What of an account can be limited (RFC 9208 section 5). The names are those on the wire. */
public enum QuotaResource {
    /** The octets of all messages, in units of 1,024, what is begun counted whole (section 5.1). */
    STORAGE("unit of 1,024 octets", "units of 1,024 octets"),
    /** The messages in all folders (section 5.2). */
    MESSAGE("message", "messages"),
    /** The folders, INBOX and those that only hold others among them (section 5.3). */
    MAILBOX("folder", "folders");

    private static final long UNIT = 1_024;

    private final String one;
    private final String many;

    QuotaResource(String one, String many) {
        this.one = one;
        this.many = many;
    }

    /** The resource with that name, in any case; empty when this server limits none such. */
    public static Optional<QuotaResource> named(String name) {
        var upper = name.toUpperCase(Locale.ROOT);
        return Arrays.stream(values()).filter(resource -> resource.name().equals(upper)).findFirst();
    }

    /** How much of it the account uses. */
    public long usage(Account account) {
        var folders = account.folders().values();
        return switch (this) {
            case STORAGE -> Math.ceilDiv(folders.stream().mapToLong(Folder::octets).sum(), UNIT);
            case MESSAGE -> folders.stream().mapToLong(Folder::size).sum();
            case MAILBOX -> folders.size();
        };
    }

    /** That much of it, in words. */
    public String words(long amount) {
        return String.format(Locale.ROOT, "%,d ", amount) + (amount == 1 ? one : many);
    }
}
