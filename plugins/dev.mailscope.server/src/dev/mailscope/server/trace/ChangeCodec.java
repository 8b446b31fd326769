package dev.mailscope.server.trace;

import java.io.IOException;
import java.util.Optional;

import dev.mailscope.server.mailbox.Change;

/** Changes of the state as octets, within an event. The numbers of their kinds are part of the file format. */
final class ChangeCodec {
    private ChangeCodec() {
    }

    /** Writes a change. */
    static void encode(Change change, Encoder to) {
        var out = to.out;
        switch (change) {
            case Change.AccountAdded(var account) -> {
                out.octet(1);
                to.name(account);
            }
            case Change.AccountRemoved(var account) -> {
                out.octet(2);
                to.name(account);
            }
            case Change.SubscriptionChanged(var account, var name, var subscribed) -> {
                out.octet(3);
                to.name(account);
                to.name(name);
                out.bool(subscribed);
            }
            case Change.QuotaChanged(var account, var quota) -> {
                out.octet(20);
                to.name(account);
                to.quota(quota);
            }
            case Change.FolderCreated c -> {
                folder(4, c, to);
                out.number(c.uidValidity());
                out.number(c.modSeq());
            }
            case Change.FolderDeleted c -> {
                folder(5, c, to);
                out.number(c.messages());
            }
            case Change.FolderRenamed c -> {
                folder(6, c, to);
                to.name(c.newName());
            }
            case Change.SelectableChanged c -> {
                folder(7, c, to);
                out.bool(c.selectable());
            }
            case Change.MessageAdded c -> {
                folder(8, c, to);
                to.message(c.message());
            }
            case Change.MessageRemoved c -> {
                folder(9, c, to);
                to.message(c.message());
                out.number(c.modSeq());
            }
            case Change.FlagsChanged c -> {
                folder(10, c, to);
                to.message(c.was());
                to.flags(c.flags());
                out.number(c.modSeq());
            }
            case Change.SpecialUseChanged c -> {
                folder(12, c, to);
                to.specialUses(c.uses());
            }
            case Change.AccessChanged c -> {
                folder(19, c, to);
                to.name(c.identifier());
                out.bool(c.rights().isPresent());
                c.rights().ifPresent(rights -> to.name(rights.letters()));
            }
            case Change.AnnotationChanged c -> {
                folder(18, c, to);
                to.name(c.entry());
                to.optional(c.value());
            }
            case Change.ServerAnnotationChanged(var account, var entry, var value) -> {
                out.octet(21);
                to.name(account);
                to.name(entry);
                to.optional(value);
            }
            case Change.RecentClaimed c -> {
                folder(11, c, to);
                out.number(c.recentFrom());
            }
        }
    }

    private static void folder(int kind, Change.OfFolder change, Encoder to) {
        to.out.octet(kind);
        to.name(change.account());
        to.out.number(change.folderId());
        to.name(change.folder());
    }

    /** Reads a change. IOException when it is damaged. */
    static Change decode(Decoder from) throws IOException {
        var in = from.in;
        var kind = in.octet();
        var account = from.name();
        // 4 to 19 are of a folder.
        if (kind <= 3 || kind >= 20) {
            return switch (kind) {
                case 1 -> new Change.AccountAdded(account);
                case 2 -> new Change.AccountRemoved(account);
                case 3 -> new Change.SubscriptionChanged(account, from.name(), in.bool());
                case 20 -> new Change.QuotaChanged(account, from.quota());
                case 21 -> new Change.ServerAnnotationChanged(account, from.name(), from.optional());
                default -> throw new IOException("damaged: an unknown kind of change");
            };
        }
        var id = in.number();
        var folder = from.name();
        return switch (kind) {
            case 4 -> new Change.FolderCreated(account, id, folder, in.number(), in.number());
            case 5 -> new Change.FolderDeleted(account, id, folder, in.size());
            case 6 -> new Change.FolderRenamed(account, id, folder, from.name());
            case 7 -> new Change.SelectableChanged(account, id, folder, in.bool());
            case 8 -> new Change.MessageAdded(account, id, folder, from.message());
            case 9 -> new Change.MessageRemoved(account, id, folder, from.message(), in.number());
            case 10 -> new Change.FlagsChanged(account, id, folder, from.message(), from.flags(), in.number());
            case 11 -> new Change.RecentClaimed(account, id, folder, in.number());
            case 19 -> new Change.AccessChanged(account, id, folder, from.name(),
                    in.bool() ? Optional.of(from.rights()) : Optional.empty());
            case 18 -> new Change.AnnotationChanged(account, id, folder, from.name(), from.optional());
            case 12 -> new Change.SpecialUseChanged(account, id, folder, from.specialUses());
            default -> throw new IOException("damaged: an unknown kind of change");
        };
    }
}
