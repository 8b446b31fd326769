package dev.mailscope.lab.device;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Map;

import jakarta.mail.Flags;

/** Flags as Jakarta Mail has them, and as Mailscope does. {@code \Recent} is no flag of a message's own. */
final class ImapFlags {
    private static final Map<Flags.Flag, String> NAMES = Map.of(Flags.Flag.ANSWERED, "\\Answered",
            Flags.Flag.DELETED, "\\Deleted", Flags.Flag.DRAFT, "\\Draft", Flags.Flag.FLAGGED, "\\Flagged",
            Flags.Flag.SEEN, "\\Seen");

    private ImapFlags() {
    }

    static dev.mailscope.server.mailbox.Flags of(Flags flags) {
        var names = new ArrayList<>(Arrays.asList(flags.getUserFlags()));
        for (var flag : flags.getSystemFlags()) {
            if (NAMES.containsKey(flag)) {
                names.add(NAMES.get(flag));
            }
        }
        return dev.mailscope.server.mailbox.Flags.of(names);
    }

    static Flags of(String name) {
        for (var known : NAMES.entrySet()) {
            if (known.getValue().equalsIgnoreCase(name)) {
                return new Flags(known.getKey());
            }
        }
        return new Flags(name);
    }
}
