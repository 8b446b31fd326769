package dev.mailscope.server.explain;

import java.util.List;

/** What a FETCH response tells of a message (RFC 9051 section 7.5.2): its meaning lies in the order of the values. */
final class MessageDataScanner {
    private static final String ENVELOPE = "ENVELOPE position";
    private static final String BODY = "BODYSTRUCTURE position";
    private static final List<String> FIELDS = List.of("date", "subject", "from", "sender", "reply-to", "to", "cc",
            "bcc", "in-reply-to", "message-id");
    private static final List<String> ADDRESS = List.of("display name", "source route", "mailbox", "host");
    private static final List<String> SINGLE = List.of("type", "subtype", "parameters", "id", "description", "encoding",
            "size");
    private static final List<String> EXTENSION = List.of("disposition", "languages", "location");

    private final ImapScanner in;

    MessageDataScanner(ImapScanner in) {
        this.in = in;
    }

    /** Takes one item and its value. */
    void item() {
        var name = in.itemName();
        in.space();
        if (in.atLineEnd()) {
            return;
        }
        switch (name) {
            case "FLAGS" -> in.list(in::flag);
            case "UID" -> in.number("UID", "");
            case "MODSEQ" -> in.list(() -> in.number("modification sequence", ""));
            case "INTERNALDATE" -> in.string("date and time", "");
            case "SAVEDATE" -> in.string("date and time", "When it came into this folder.");
            case "RFC822.SIZE" -> in.number("size", "");
            case "EMAILID", "THREADID" -> in.list(() -> in.string("object id", ""));
            case "ENVELOPE" -> envelope();
            case "BODY", "BODYSTRUCTURE" -> structure();
            case "PREVIEW" -> in.string("message body", "preview", "The beginning of the text.");
            default -> {
                if (name.startsWith("BINARY.SIZE")) {
                    in.number("size", "");
                } else {
                    in.string("message text", name + " of the message", "");
                }
            }
        }
    }

    private void value(String part, String name) {
        in.guarded(() -> in.string(part, name, ""));
    }

    private void envelope() {
        var place = new int[1];
        in.list(() -> {
            var name = place[0] < FIELDS.size() ? FIELDS.get(place[0]) : "too many values";
            place[0]++;
            if (in.peek() == '(') {
                in.list(() -> address(name));
            } else {
                value(ENVELOPE, name);
            }
        });
    }

    private void address(String field) {
        var place = new int[1];
        in.list(() -> {
            value("address position", field + ": " + (place[0] < ADDRESS.size() ? ADDRESS.get(place[0])
                    : "too many values"));
            place[0]++;
        });
    }

    // body = "(" (body-type-1part / body-type-mpart) ")"
    private void structure() {
        var parts = new int[1];
        var place = new int[1];
        var type = new String[] { "", "" };
        in.list(() -> {
            if (place[0] == 0 && in.peek() == '(') {
                parts[0]++;
                structure();
            } else if (parts[0] > 0) {
                multipart(place[0]++);
            } else {
                single(place[0]++, type);
            }
        });
    }

    private void multipart(int place) {
        switch (place) {
            case 0 -> value(BODY, "multipart subtype");
            case 1 -> pairs("multipart parameter");
            default -> extension(place - 2);
        }
    }

    private void single(int place, String[] type) {
        if (place == 2) {
            pairs("parameter");
        } else if (place < SINGLE.size()) {
            var text = in.string(BODY, SINGLE.get(place), "");
            if (place < 2) {
                type[place] = text;
            }
        } else if (type[0].equalsIgnoreCase("TEXT")) {
            afterSize(place - SINGLE.size(), 1);
        } else if (type[0].equalsIgnoreCase("MESSAGE") && (place > SINGLE.size() || in.peek() == '(')) {
            switch (place - SINGLE.size()) {
                case 0 -> envelope();
                case 1 -> structure();
                default -> afterSize(place - SINGLE.size() - 2, 1);
            }
        } else {
            afterSize(place - SINGLE.size(), 0);
        }
    }

    private void afterSize(int place, int lines) {
        if (place < lines) {
            value(BODY, "number of lines");
        } else if (place == lines) {
            value(BODY, "MD5 of the body");
        } else {
            extension(place - lines - 1);
        }
    }

    private void extension(int place) {
        var name = place < EXTENSION.size() ? EXTENSION.get(place) : "further extension data";
        if (in.peek() == '(') {
            in.list(() -> {
                if (in.peek() == '(') {
                    pairs(name + " parameter");
                } else {
                    value(BODY, name);
                }
            });
        } else {
            value(BODY, name);
        }
    }

    private void pairs(String name) {
        if (in.peek() != '(') {
            value(BODY, name + "s");
            return;
        }
        var isName = new boolean[] { true };
        in.list(() -> {
            if (in.peek() == '(') {
                pairs(name);
                return;
            }
            value(BODY, isName[0] ? name + " name" : name + " value");
            isName[0] = !isName[0];
        });
    }
}
