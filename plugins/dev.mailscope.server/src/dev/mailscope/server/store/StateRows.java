package dev.mailscope.server.store;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

import org.pcollections.HashTreePMap;
import org.pcollections.PMap;
import org.pcollections.TreePMap;
import org.pcollections.TreePSet;

import dev.mailscope.server.mailbox.AccessList;
import dev.mailscope.server.mailbox.Account;
import dev.mailscope.server.mailbox.Folder;
import dev.mailscope.server.mailbox.Message;
import dev.mailscope.server.mailbox.Quota;
import dev.mailscope.server.mailbox.ScramHash;
import dev.mailscope.server.mailbox.ScramVerifier;
import dev.mailscope.server.mailbox.ServerState;
import dev.mailscope.server.mailbox.SpecialUse;
import dev.mailscope.server.trace.Decoder;
import dev.mailscope.server.trace.Encoder;

/**
 * What stands in one row of the state's file, each sealed with a checksum. What follows from other rows (indexes,
 * counters) is not written.
 */
final class StateRows {
    private static final Decoder.Contents NO_CONTENTS = (id, size) -> {
        throw new IllegalStateException("no message is read here");
    };

    private StateRows() {
    }

    /** What belongs to no account: the counters, and the server's annotations. */
    record Server(long version, long modSeq, long lastUidValidity, long lastFolderId,
            TreePMap<String, String> annotations) {
        static byte[] encode(ServerState state) {
            var to = encoder();
            to.out().number(state.version());
            to.out().number(state.modSeq());
            to.out().number(state.lastUidValidity());
            to.out().number(state.lastFolderId());
            to.annotations(state.annotations());
            return to.seal();
        }

        static Server decode(byte[] row) throws IOException {
            var from = new Decoder(row, NO_CONTENTS);
            var in = from.in();
            return new Server(in.number(), in.number(), in.number(), in.number(), from.annotations());
        }
    }

    /** An account without its folders. */
    record OfAccount(String name, List<String> subscriptions, Quota quota,
            PMap<Long, TreePMap<String, String>> annotations) {
        static byte[] encode(Account account) {
            var to = encoder();
            to.out().text(account.name());
            to.out().number(account.subscriptions().size());
            account.subscriptions().forEach(to::name);
            to.quota(account.quota());
            to.out().number(account.annotations().size());
            account.annotations().forEach((id, annotations) -> {
                to.out().number(id);
                to.annotations(annotations);
            });
            return to.seal();
        }

        static OfAccount decode(byte[] row) throws IOException {
            var from = new Decoder(row, NO_CONTENTS);
            var name = from.in().text();
            var subscriptions = new ArrayList<String>();
            for (var left = from.in().count(); left > 0; left--) {
                subscriptions.add(from.name());
            }
            var quota = from.quota();
            var annotations = HashTreePMap.<Long, TreePMap<String, String>>empty();
            for (var left = from.in().count(); left > 0; left--) {
                annotations = annotations.plus(from.in().number(), from.annotations());
            }
            return new OfAccount(name, subscriptions, quota, annotations);
        }
    }

    /** A folder without its messages. */
    record OfFolder(String account, String name, long uidValidity, long uidNext, long modSeq, long recentFrom,
            boolean selectable, long forgottenAt, TreePSet<String> keywords, List<SpecialUse> uses,
            AccessList access) {
        static byte[] encode(String account, Folder folder) {
            var to = encoder();
            var out = to.out();
            out.text(account);
            out.text(folder.name());
            out.number(folder.uidValidity());
            out.number(folder.uidNext());
            out.number(folder.modSeq());
            out.number(folder.recentFrom());
            out.bool(folder.selectable());
            out.number(folder.forgottenAt());
            out.number(folder.keywords().size());
            folder.keywords().forEach(to::name);
            to.specialUses(folder.uses());
            to.access(folder.access());
            return to.seal();
        }

        static OfFolder decode(byte[] row) throws IOException {
            var from = new Decoder(row, NO_CONTENTS);
            var in = from.in();
            var account = in.text();
            var name = in.text();
            var uidValidity = in.number();
            var uidNext = in.number();
            var modSeq = in.number();
            var recentFrom = in.number();
            var selectable = in.bool();
            var forgottenAt = in.number();
            var keywords = new ArrayList<String>();
            for (var left = in.count(); left > 0; left--) {
                keywords.add(from.name());
            }
            return new OfFolder(account, name, uidValidity, uidNext, modSeq, recentFrom, selectable, forgottenAt,
                    TreePSet.from(String.CASE_INSENSITIVE_ORDER, keywords), from.specialUses(), from.access());
        }

        /** The folder with its messages and those it remembers as expunged. */
        Folder with(long id, TreePMap<Long, Message> messages, TreePMap<Long, Long> vanished) {
            var byModSeq = TreePMap.<Long, Long>empty();
            var unseen = 0;
            var octets = 0L;
            for (var message : messages.values()) {
                byModSeq = byModSeq.plus(message.modSeq(), message.uid());
                unseen += message.flags().seen() ? 0 : 1;
                octets += message.size();
            }
            return new Folder(id, name, uidValidity, uidNext, modSeq, recentFrom, selectable, messages, byModSeq,
                    vanished, forgottenAt, keywords, unseen, octets, TreePSet.from(uses), access);
        }
    }

    /** A message, without its octets. */
    static byte[] message(Message message) {
        var to = encoder();
        to.out().bool(message.content().isAscii());
        to.out().bool(message.content().hasNul());
        to.out().number(message.content().sizeWithCrlf());
        to.message(message);
        return to.seal();
    }

    /** The same, read; its content is looked for among the files. */
    static Message message(byte[] row, MailFiles files) throws IOException {
        var look = new Object() {
            boolean ascii;
            boolean nul;
            int sizeWithCrlf;
            IOException problem;
        };
        var from = new Decoder(row, (id, size) -> {
            try {
                return files.found(id, size, look.ascii, look.nul, look.sizeWithCrlf);
            } catch (IOException e) {
                look.problem = e;
                throw new Unreadable();
            }
        });
        look.ascii = from.in().bool();
        look.nul = from.in().bool();
        look.sizeWithCrlf = from.in().size();
        try {
            return from.message();
        } catch (Unreadable e) {
            throw look.problem;
        }
    }

    private static final class Unreadable extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** An expunged message that its folder remembers. */
    record Vanished(long folderId, long uid) {
        byte[] encode() {
            var to = encoder();
            to.out().number(folderId);
            to.out().number(uid);
            return to.seal();
        }

        static Vanished decode(byte[] row) throws IOException {
            var in = new Decoder(row, NO_CONTENTS).in();
            return new Vanished(in.number(), in.number());
        }
    }

    /** What is kept of an account's password: enough to check it, not enough to log in with it. */
    record Verifiers(String account, List<ScramVerifier> verifiers) {
        static byte[] encode(String account, Collection<ScramVerifier> verifiers) {
            var to = encoder();
            to.out().text(account);
            to.out().number(verifiers.size());
            for (var verifier : verifiers) {
                to.name(verifier.hash().name());
                to.out().number(verifier.iterations());
                to.out().octets(verifier.salt());
                to.out().octets(verifier.storedKey());
                to.out().octets(verifier.serverKey());
            }
            return to.seal();
        }

        static Verifiers decode(byte[] row) throws IOException {
            var from = new Decoder(row, NO_CONTENTS);
            var account = from.in().text();
            var verifiers = new ArrayList<ScramVerifier>();
            try {
                for (var left = from.in().count(); left > 0; left--) {
                    var hash = ScramHash.valueOf(from.name());
                    var iterations = from.in().size();
                    verifiers.add(new ScramVerifier(hash, from.in().octets(), iterations, from.in().octets(),
                            from.in().octets()));
                }
            } catch (IllegalArgumentException e) {
                throw new IOException("damaged: " + e.getMessage(), e);
            }
            return new Verifiers(account, verifiers);
        }
    }

    private static Encoder encoder() {
        return new Encoder(content -> { });
    }
}
