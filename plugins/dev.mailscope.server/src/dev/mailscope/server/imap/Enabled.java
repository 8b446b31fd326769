package dev.mailscope.server.imap;

import java.util.List;

import dev.mailscope.server.imap.command.Dialect;
import dev.mailscope.server.imap.command.FetchAttribute;
import dev.mailscope.server.imap.command.ImapCommand;
import dev.mailscope.server.imap.command.SearchKey;
import dev.mailscope.server.imap.command.StatusItem;
import dev.mailscope.server.message.Content;

/**
 * What the client has let the server know it understands, for good (RFC 5161). Immutable.
 *
 * @param condstore it wants modification sequences (RFC 7162 section 3.1)
 * @param qresync   it wants VANISHED in place of EXPUNGE (RFC 7162 section 3.2.3)
 * @param rev2      it speaks IMAP4rev2 (RFC 9051 section 6.3.1)
 * @param utf8      it takes UTF-8 in quoted strings, names of folders and headers (RFC 6855 section 3)
 */
record Enabled(boolean condstore, boolean qresync, boolean rev2, boolean utf8, boolean offersUtf8) {
    /** A client that has said nothing yet: IMAP4rev1. */
    static Enabled nothing(boolean offersUtf8) {
        return new Enabled(false, false, false, false, offersUtf8);
    }

    private static final String CONDSTORE = "CONDSTORE";
    private static final String QRESYNC = "QRESYNC";
    private static final String REV2 = "IMAP4REV2";
    /** What a client enables to be given UTF-8; only where no folder is open (RFC 6855 section 3). */
    static final String UTF8 = "UTF8=ACCEPT";

    /** What can be enabled, in capitals. */
    static final List<String> NAMES = List.of(CONDSTORE, QRESYNC, REV2, UTF8);

    /** What form IMAP has, and how text travels. */
    Dialect dialect() {
        if (rev2) {
            return Dialect.REV2;
        }
        return utf8 ? Dialect.UTF8 : Dialect.REV1;
    }

    /** What the client is shown of a message: its surrogate where it takes no UTF-8 (RFC 6855 sections 7 and 8). */
    Content shown(Content content) {
        return showsAsIs() ? content : content.surrogate();
    }

    /** True when messages are shown as they are: the client takes UTF-8, or the server does not ask whether it does. */
    boolean showsAsIs() {
        return utf8 || !offersUtf8;
    }

    /** True for a name in capitals that can be enabled. */
    boolean canEnable(String name) {
        return NAMES.contains(name) && (offersUtf8 || !name.equals(UTF8));
    }

    /** The same after that command, which is about to be executed and may tell what the client understands. */
    Enabled by(ImapCommand command) {
        return switch (command) {
            case ImapCommand.Enable(var names) -> new Enabled(
                    condstore || names.contains(CONDSTORE) || names.contains(QRESYNC),
                    qresync || names.contains(QRESYNC), rev2 || names.contains(REV2),
                    utf8 || offersUtf8 && names.contains(UTF8), offersUtf8);
            case ImapCommand.Select select -> withCondstore(select.condstore() || select.resync() != null);
            case ImapCommand.Status status -> withCondstore(status.items().contains(StatusItem.HIGHESTMODSEQ));
            case ImapCommand.ListMailboxes list -> withCondstore(list.options() != null
                    && list.options().status().contains(StatusItem.HIGHESTMODSEQ));
            case ImapCommand.Fetch fetch -> withCondstore(fetch.modifier().changedSince().isPresent()
                    || fetch.attributes().contains(FetchAttribute.Simple.MODSEQ));
            case ImapCommand.Store store -> withCondstore(store.unchangedSince().isPresent());
            case ImapCommand.Search search -> withCondstore(asksModSeq(search.key()));
            case ImapCommand.Sort sort -> withCondstore(asksModSeq(sort.key()));
            case ImapCommand.Thread thread -> withCondstore(asksModSeq(thread.key()));
            default -> this;
        };
    }

    /** True when a key asks for modification sequences. */
    static boolean asksModSeq(SearchKey key) {
        return key.any(SearchKey.ModSeq.class::isInstance);
    }

    private Enabled withCondstore(boolean asked) {
        return asked && !condstore ? new Enabled(true, qresync, rev2, utf8, offersUtf8) : this;
    }
}
