package dev.mailscope.server.export;

import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import dev.mailscope.server.mailbox.Folder;

/**
 * The UIDs in IMAP's lines, each as a name for the UID that its message has where the export is run:
 * <code>${5@INBOX}</code>. Text here is as {@link Marked} makes it, so that nothing in a mail is taken for a UID.
 */
final class MovedUids {
    private static final Pattern NUMBERS = Pattern.compile("(?<!MODSEQ )\\b\\d+");
    private static final Pattern SEARCH = Pattern.compile("^\\* (?:SEARCH|SORT|THREAD)\\b.*");
    private static final Pattern ESEARCH = Pattern.compile("^\\* ESEARCH (?:\\(TAG [^)]*\\) )?UID\\b.*");
    private static final Pattern RESULT = Pattern.compile("(?<=\\b(?:MIN|MAX|ALL) )[\\d:,]+"
            + "|(?<=PARTIAL \\([-\\d:]{3,40} )[\\d:,]+");
    private static final Pattern FETCH = Pattern.compile("(?<=[( ]UID )\\d+(?=[ )])");
    private static final Pattern VANISHED = Pattern.compile("(?<=^\\* VANISHED )[\\d:,]+"
            + "|(?<=^\\* VANISHED \\(EARLIER\\) )[\\d:,]+");
    private static final Pattern APPENDED = Pattern.compile("(?<=APPENDUID \\d{1,10} )[\\d:,]+");
    private static final Pattern COPIED = Pattern.compile("(COPYUID \\d+ )([\\d:,]+) ([\\d:,]+)");
    private static final Pattern NEXT = Pattern.compile("(?<=UIDNEXT )\\d+");
    private static final Pattern STATUS = Pattern.compile("^\\* STATUS (?:\"((?:[^\"\\\\]|\\\\.)*)\"|(\\S+)) .*");
    private static final Pattern UIDL = Pattern.compile("(?<=-)\\d+$");
    private static final Pattern COMMAND = Pattern.compile(
            "(?i)^(\\S+ UID (?:FETCH|STORE|COPY|MOVE|EXPUNGE|REPLACE) )([\\d:,*]+)");
    private static final Pattern SEARCHED = Pattern.compile("(?i)(?<=[ (]UID )[\\d:,*]+");
    private static final Pattern LOOKS_FOR = Pattern.compile("(?is)^\\S+ (?:UID )?(?:SEARCH|SORT|THREAD) .*");
    private static final Pattern ASKS_FOR_UIDS = Pattern.compile("(?is)^\\S+ UID .*");

    private MovedUids() {
    }

    /**
     * A line of the server.
     *
     * @param command what the client said before it
     * @param folder  the folder that is open
     * @param target  the folder that messages were brought into
     */
    static String server(String line, String command, String folder, String target) {
        if (SEARCH.matcher(line).matches()) {
            return ASKS_FOR_UIDS.matcher(command).matches() ? replaced(NUMBERS, line, folder) : line;
        }
        if (ESEARCH.matcher(line).matches()) {
            return replaced(RESULT, line, folder);
        }
        var status = STATUS.matcher(line);
        if (status.matches()) {
            return replaced(NEXT, line, status.group(1) == null ? status.group(2) : status.group(1));
        }
        var moved = line.startsWith("* ") && line.contains(" FETCH (") ? replaced(FETCH, line, folder) : line;
        moved = replaced(NEXT, replaced(VANISHED, moved, folder), folder);
        moved = replaced(APPENDED, moved, target);
        return replace(COPIED, moved, match -> match.group(1) + name(match.group(2), folder) + ' '
                + name(match.group(3), target));
    }

    /** A line of a POP3 server's answer to UIDL. */
    static String uidl(String line) {
        return replaced(UIDL, line, Folder.INBOX);
    }

    /** What the client said. */
    static String client(String said, String folder) {
        if (LOOKS_FOR.matcher(said).matches()) {
            return replaced(SEARCHED, said, folder);
        }
        return replace(COMMAND, said, match -> match.group(1) + name(match.group(2), folder));
    }

    private static String replaced(Pattern pattern, String text, String folder) {
        return replace(pattern, text, match -> name(match.group(), folder));
    }

    private static String replace(Pattern pattern, String text, Function<MatchResult, String> with) {
        return pattern.matcher(text).replaceAll(match -> with.apply(match).replace("\\", "\\\\"));
    }

    private static String name(String uids, String folder) {
        return folder.isEmpty() ? uids
                : Marked.value("${" + uids + '@' + folder.replace("%", "%25").replace("}", "%7D") + '}');
    }
}
