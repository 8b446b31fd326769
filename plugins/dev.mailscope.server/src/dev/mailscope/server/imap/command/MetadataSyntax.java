package dev.mailscope.server.imap.command;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

import dev.mailscope.server.imap.command.ImapCommand.GetMetadata.Depth;

/** GETMETADATA and SETMETADATA (RFC 5464 section 5). */
final class MetadataSyntax {
    private static final String FOLDER = "the name of a folder, or \"\" for the server,";
    /** What must stand where entries do. */
    static final String ENTRIES = "an entry such as /shared/comment";
    private static final String OPTION = "one of MAXSIZE and DEPTH";
    private static final String DEPTH = "0, 1 or infinity";
    private static final String VALUE = "the value of the entry as a string, or NIL";
    private static final int LONGEST_ENTRY = 255;

    private MetadataSyntax() {
    }

    /** What the options say. */
    private static final class Options {
        private OptionalLong maxSize = OptionalLong.empty();
        private Depth depth;
    }

    // getmetadata = "GETMETADATA" [SP getmetadata-options] SP mailbox SP entries
    /** The options may also stand behind the folder, where the RFC's examples have them. */
    static ImapCommand get(CommandReader in) {
        var options = new Options();
        in.space(FOLDER);
        if (in.peek() == '(') {
            options(in, options);
            in.space(FOLDER);
        }
        var mailbox = in.mailbox(FOLDER);
        in.space(ENTRIES);
        var from = in.offset();
        if (in.skip('(')) {
            var isOptions = OctetClass.isWord(in.peek());
            in.back(from);
            if (isOptions) {
                options(in, options);
                in.space(ENTRIES);
            }
        }
        var entries = in.peek() == '(' ? entries(in) : List.of(entry(in));
        return new ImapCommand.GetMetadata(mailbox, options.maxSize,
                options.depth == null ? Depth.ZERO : options.depth, entries);
    }

    // setmetadata = "SETMETADATA" SP mailbox SP "(" entry-value *(SP entry-value) ")"
    static ImapCommand set(CommandReader in) {
        in.space(FOLDER);
        var mailbox = in.mailbox(FOLDER);
        in.space("entries and their values in parentheses");
        in.require('(', "entries and their values in parentheses");
        var values = new LinkedHashMap<String, Optional<String>>();
        do {
            var from = in.offset();
            var entry = entry(in);
            requireWhole(in, entry, from);
            if (values.containsKey(entry)) {
                throw new SyntaxError("expected each entry once, found " + entry + " again", from, in.offset() - from);
            }
            in.space(VALUE);
            values.put(entry, value(in));
        } while (in.skip(' '));
        in.require(')', "a space or a closing parenthesis");
        return new ImapCommand.SetMetadata(mailbox, values);
    }

    // "(" entry *(SP entry) ")"
    /** Entries in the client's order, each once. */
    static List<String> entries(CommandReader in) {
        in.require('(', ENTRIES);
        var entries = new LinkedHashSet<String>();
        do {
            entries.add(entry(in));
        } while (in.skip(' '));
        in.require(')', "a space or a closing parenthesis");
        return List.copyOf(entries);
    }

    // getmetadata-options = "(" getmetadata-option *(SP getmetadata-option) ")"
    private static void options(CommandReader in, Options options) {
        in.require('(', "options in parentheses");
        do {
            var from = in.offset();
            var word = in.name();
            switch (word) {
                case "MAXSIZE" -> {
                    once(in, from, options.maxSize.isPresent());
                    in.space("a number of octets");
                    options.maxSize = OptionalLong.of(in.number(0, "a number of octets"));
                }
                case "DEPTH" -> {
                    once(in, from, options.depth != null);
                    in.space(DEPTH);
                    options.depth = depth(in);
                }
                default -> throw word.isEmpty() ? in.expected(OPTION) : in.unexpectedWord(OPTION, from);
            }
        } while (in.skip(' '));
        in.require(')', "a space or a closing parenthesis");
    }

    private static void once(CommandReader in, int from, boolean again) {
        if (again) {
            throw new SyntaxError("expected each option once, found one again", from, in.offset() - from);
        }
    }

    private static Depth depth(CommandReader in) {
        var from = in.offset();
        var word = in.atom(DEPTH);
        return Arrays.stream(Depth.values()).filter(depth -> depth.wireName().equalsIgnoreCase(word)).findFirst()
                .orElseThrow(() -> in.unexpectedWord(DEPTH, from));
    }

    // entry = astring
    private static String entry(CommandReader in) {
        var from = in.offset();
        var entry = new String(in.astring(ENTRIES), StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
        var problem = problem(entry);
        if (problem != null) {
            throw new SyntaxError("expected " + ENTRIES + ", found one " + problem, from, in.offset() - from);
        }
        return entry;
    }

    // Section 3.2; the top of an entry's tree can be asked for with DEPTH.
    private static String problem(String entry) {
        if (entry.length() > LONGEST_ENTRY) {
            return "of more than " + LONGEST_ENTRY + " characters";
        }
        if (!(entry + '/').matches("/(private|shared)/.*")) {
            return "that begins with neither /private nor /shared";
        }
        if (entry.contains("//") || entry.endsWith("/")) {
            return "with an empty component";
        }
        if (entry.chars().anyMatch(c -> c == '*' || c == '%' || c < ' ' || c > '~')) {
            return "with *, %, a control character or one that is not US-ASCII";
        }
        return null;
    }

    private static void requireWhole(CommandReader in, String entry, int from) {
        var components = entry.split("/", -1).length - 1;
        var least = entry.matches("/[a-z]+/vendor(/.*)?") ? 4 : 2;
        if (components < least) {
            throw new SyntaxError("expected an entry of at least " + least + " components, found one of " + components,
                    from, in.offset() - from);
        }
    }

    // value = nstring / literal8
    private static Optional<String> value(CommandReader in) {
        var from = in.offset();
        return switch (in.peek()) {
            case '"' -> Optional.of(latin1(in.string(VALUE)));
            case '{', '~' -> Optional.of(latin1(in.appendData(VALUE).octets()));
            default -> {
                var word = in.name();
                if (!word.equals("NIL")) {
                    throw word.isEmpty() ? in.expected(VALUE) : in.unexpectedWord(VALUE, from);
                }
                yield Optional.empty();
            }
        };
    }

    private static String latin1(byte[] octets) {
        return new String(octets, StandardCharsets.ISO_8859_1);
    }
}
