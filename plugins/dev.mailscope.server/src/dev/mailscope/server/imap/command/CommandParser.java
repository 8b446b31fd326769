package dev.mailscope.server.imap.command;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import dev.mailscope.server.message.Range;

/**
 * Makes typed commands of raw ones (RFC 3501 section 9). Pure: the same octets always give the same result, and
 * whatever they are, there is one.
 */
public final class CommandParser {
    /** What is expected, in the words of the problem, where the verb is unknown. */
    public static final String KNOWN_COMMAND = "a known command";

    /** Reads what follows a verb. */
    private interface Syntax {
        ImapCommand arguments(CommandReader in);
    }

    private static final Map<ImapVerb, Syntax> SYNTAX = new EnumMap<>(ImapVerb.class);

    static {
        for (var simple : ImapCommand.Simple.values()) {
            SYNTAX.put(simple.verb(), in -> simple);
        }
        SYNTAX.put(ImapVerb.ID, IdSyntax::id);
        SYNTAX.put(ImapVerb.LOGIN, LoginSyntax::login);
        SYNTAX.put(ImapVerb.AUTHENTICATE, LoginSyntax::authenticate);
        SYNTAX.put(ImapVerb.COMPRESS, CommandParser::compress);
        SYNTAX.put(ImapVerb.ENABLE, SelectSyntax::enable);
        SYNTAX.put(ImapVerb.SELECT, in -> SelectSyntax.select(in, false));
        SYNTAX.put(ImapVerb.EXAMINE, in -> SelectSyntax.select(in, true));
        SYNTAX.put(ImapVerb.CREATE, MailboxSyntax::create);
        SYNTAX.put(ImapVerb.DELETE, in -> new ImapCommand.Delete(MailboxSyntax.folder(in)));
        SYNTAX.put(ImapVerb.RENAME, MailboxSyntax::rename);
        SYNTAX.put(ImapVerb.SUBSCRIBE, in -> new ImapCommand.Subscribe(MailboxSyntax.folder(in)));
        SYNTAX.put(ImapVerb.UNSUBSCRIBE, in -> new ImapCommand.Unsubscribe(MailboxSyntax.folder(in)));
        SYNTAX.put(ImapVerb.LIST, ListSyntax::list);
        SYNTAX.put(ImapVerb.LSUB, ListSyntax::lsub);
        SYNTAX.put(ImapVerb.STATUS, MailboxSyntax::status);
        SYNTAX.put(ImapVerb.SETACL, AccessSyntax::setAcl);
        SYNTAX.put(ImapVerb.DELETEACL, AccessSyntax::deleteAcl);
        SYNTAX.put(ImapVerb.GETACL, in -> new ImapCommand.GetAcl(MailboxSyntax.folder(in)));
        SYNTAX.put(ImapVerb.LISTRIGHTS, AccessSyntax::listRights);
        SYNTAX.put(ImapVerb.MYRIGHTS, in -> new ImapCommand.MyRights(MailboxSyntax.folder(in)));
        SYNTAX.put(ImapVerb.GETQUOTA, QuotaSyntax::getQuota);
        SYNTAX.put(ImapVerb.GETQUOTAROOT, in -> new ImapCommand.GetQuotaRoot(MailboxSyntax.folder(in)));
        SYNTAX.put(ImapVerb.SETQUOTA, QuotaSyntax::setQuota);
        SYNTAX.put(ImapVerb.GETMETADATA, MetadataSyntax::get);
        SYNTAX.put(ImapVerb.SETMETADATA, MetadataSyntax::set);
        SYNTAX.put(ImapVerb.NOTIFY, NotifySyntax::read);
        SYNTAX.put(ImapVerb.APPEND, AppendSyntax::append);
        SYNTAX.put(ImapVerb.REPLACE, in -> AppendSyntax.replace(in, false));
        SYNTAX.put(ImapVerb.UID_REPLACE, in -> AppendSyntax.replace(in, true));
        SYNTAX.put(ImapVerb.SEARCH, in -> SearchSyntax.search(in, false));
        SYNTAX.put(ImapVerb.UID_SEARCH, in -> SearchSyntax.search(in, true));
        SYNTAX.put(ImapVerb.SORT, in -> SortSyntax.sort(in, false));
        SYNTAX.put(ImapVerb.UID_SORT, in -> SortSyntax.sort(in, true));
        SYNTAX.put(ImapVerb.THREAD, in -> SortSyntax.thread(in, false));
        SYNTAX.put(ImapVerb.UID_THREAD, in -> SortSyntax.thread(in, true));
        SYNTAX.put(ImapVerb.FETCH, in -> FetchSyntax.fetch(in, false));
        SYNTAX.put(ImapVerb.UID_FETCH, in -> FetchSyntax.fetch(in, true));
        SYNTAX.put(ImapVerb.STORE, in -> StoreSyntax.store(in, false));
        SYNTAX.put(ImapVerb.UID_STORE, in -> StoreSyntax.store(in, true));
        SYNTAX.put(ImapVerb.COPY, in -> MailboxSyntax.copy(in, false));
        SYNTAX.put(ImapVerb.UID_COPY, in -> MailboxSyntax.copy(in, true));
        SYNTAX.put(ImapVerb.MOVE, in -> MailboxSyntax.move(in, false));
        SYNTAX.put(ImapVerb.UID_MOVE, in -> MailboxSyntax.move(in, true));
        SYNTAX.put(ImapVerb.UID_EXPUNGE, MailboxSyntax::uidExpunge);
    }

    private CommandParser() {
    }

    /** Reads a command in the dialect of IMAP4rev1. */
    public static Parsed parse(RawCommand raw) {
        return parse(raw, Dialect.REV1);
    }

    // command = tag SP (command-any / command-auth / command-nonauth / command-select) CRLF
    /**
     * Reads a command. A part of one, such as {@link Frame.LiteralAnnounced} holds, is never well-formed, but tells
     * tag, verb and secrets as far as they are there.
     */
    public static Parsed parse(RawCommand raw, Dialect dialect) {
        var reading = new Reading(new CommandReader(raw, dialect));
        try {
            return reading.command();
        } catch (SyntaxError e) {
            return reading.bad(e);
        }
    }

    /**
     * What is already wrong with a command whose literal was announced: then the literal can be refused. Empty when
     * only the literal and what follows it are missing.
     */
    public static Optional<Parsed.Bad> problemSoFar(RawCommand soFar, Dialect dialect) {
        return parse(soFar, dialect) instanceof Parsed.Bad bad && bad.offset() < soFar.length() ? Optional.of(bad)
                : Optional.empty();
    }

    // compress = "COMPRESS" SP algorithm
    private static ImapCommand compress(CommandReader in) {
        in.space("DEFLATE");
        return new ImapCommand.Compress(in.atom("DEFLATE").toUpperCase(Locale.ROOT));
    }

    /** The verbs that can be read. */
    static Set<ImapVerb> verbs() {
        return Collections.unmodifiableSet(SYNTAX.keySet());
    }

    private static final class Reading {
        private final CommandReader in;
        private String tag;
        private ImapVerb verb;
        private int restFrom;

        Reading(CommandReader in) {
            this.in = in;
        }

        Parsed command() {
            var text = in.tag();
            if (text.isEmpty()) {
                throw in.expected("a tag, a word of your choice before each command");
            }
            // A word alone may be anything, half a password too.
            if (in.atLineEnd()) {
                throw lonelyWord(text);
            }
            if (in.peek() == ' ') {
                // Whoever sent it waits for an answer with this tag, whatever is wrong behind it.
                tag = text;
                restFrom = in.offset() + 1;
            }
            in.space("a command behind the tag");
            restFrom = in.offset();
            verb = verb(text);
            restFrom = in.offset();
            var command = SYNTAX.get(verb).arguments(in);
            in.end();
            return new Parsed.Ok(new Tag(text), command, in.secrets());
        }

        Parsed.Bad bad(SyntaxError e) {
            var end = Math.max(restFrom, in.contentEnd());
            return new Parsed.Bad(tag, verb == null ? null : verb.wireName(), e.getMessage(), e.offset(), in.secrets(),
                    Range.between(restFrom, end), new Range(e.offset(), e.length()));
        }

        private ImapVerb verb(String tagText) {
            var from = in.offset();
            var word = in.name();
            if (word.isEmpty()) {
                throw in.expected("a command behind the tag");
            }
            if (word.equals("UID")) {
                in.space("FETCH, SEARCH, SORT, THREAD, STORE, COPY, MOVE, REPLACE or EXPUNGE behind UID");
                word = "UID " + in.name();
            }
            var known = ImapVerb.named(word);
            if (known == null) {
                throw isVerb(tagText)
                        ? new SyntaxError("expected a tag before the command, as in a1 " + upper(tagText)
                                + ", found the command first", 0, 0)
                        : in.unexpectedWord(KNOWN_COMMAND, from);
            }
            return known;
        }

        private SyntaxError lonelyWord(String word) {
            return isVerb(word)
                    ? new SyntaxError("expected a tag before the command, as in a1 " + upper(word)
                            + ", found the command alone", 0, 0)
                    : in.expected("a tag, a space and a command");
        }

        private static boolean isVerb(String word) {
            return ImapVerb.named(upper(word)) != null;
        }

        private static String upper(String word) {
            return word.toUpperCase(Locale.ROOT);
        }
    }
}
