package dev.mailscope.server.imap;

import java.util.EnumMap;
import java.util.List;

import dev.mailscope.server.imap.command.ImapCommand;
import dev.mailscope.server.imap.response.Response;
import dev.mailscope.server.imap.response.ResponseCode;
import dev.mailscope.server.mailbox.Account;
import dev.mailscope.server.mailbox.MailboxException;
import dev.mailscope.server.mailbox.Quota;
import dev.mailscope.server.mailbox.QuotaResource;
import dev.mailscope.server.mailbox.Reach;
import dev.mailscope.server.mailbox.Right;
import dev.mailscope.server.mailbox.Transaction;

/**
 * GETQUOTA, GETQUOTAROOT and SETQUOTA (RFC 9208 section 4.1). Each account has one quota root, called like its user,
 * which all its folders belong to; another one's is told to those who may read one of them.
 */
final class Quotas {
    private Quotas() {
    }

    static Reply get(Turn turn, String root) {
        return turn.read(state -> {
            return turn.reach(state).readsIn(root) ? Reply.ok(turn.phase(), "GETQUOTA completed.")
                    .saying(quota(state.account(root).orElseThrow())) : noRoot(turn, root);
        });
    }

    /** The folder need not exist: then it is told what would hold for it. */
    static Reply root(Turn turn, String mailbox) {
        return turn.read(state -> {
            var reach = turn.reach(state);
            // Its quota would tell of what is in it (section 6).
            var at = reach.locate(mailbox).filter(place -> place.account().equals(turn.account())
                    && reach.find(mailbox).isEmpty()).map(Reach.Location::account)
                    .orElseGet(() -> turn.place(state, mailbox, Right.READ).account());
            var account = state.account(at).orElseThrow();
            return Reply.ok(turn.phase(), "GETQUOTAROOT completed.")
                    .saying(new Response.QuotaRoot(reach.canonicalName(mailbox), List.of(account.name())),
                            quota(account));
        });
    }

    static Reply set(Turn turn, ImapCommand.SetQuota command) {
        return turn.change(t -> {
            var before = turn.account(t.state());
            if (!command.root().equals(before.name())) {
                return turn.reach(t.state()).readsIn(command.root()) ? Reply.no(turn.phase(),
                        ResponseCode.Simple.NOPERM, "Its owner sets this quota.") : noRoot(turn, command.root());
            }
            return set(turn, command, before.quota(), t);
        });
    }

    private static Reply set(Turn turn, ImapCommand.SetQuota command, Quota before, Transaction t) {
        if (before.fixed()) {
            return Reply.no(turn.phase(), ResponseCode.Simple.NOPERM, "On this server the quota is fixed.");
        }
        var limits = new EnumMap<QuotaResource, Long>(QuotaResource.class);
        command.limits().forEach((name, limit) -> limits.put(QuotaResource.named(name).orElseThrow(
                () -> new MailboxException(MailboxException.Reason.CANNOT, "This server limits STORAGE, MESSAGE and"
                        + " MAILBOX, not " + name + ".")), limit));
        t.setQuota(turn.account(), new Quota(limits, false));
        var account = turn.account(t.state());
        var done = Reply.ok(turn.phase(), "SETQUOTA completed.");
        var exceeded = account.quota().exceeded(account);
        // Only where a folder is open (section 4.3.1).
        return exceeded.isPresent() && turn.phase() instanceof Phase.Selected
                ? done.saying(quota(account), new Response.Status(null, Response.Condition.NO,
                        ResponseCode.Simple.OVERQUOTA, "The account already has "
                                + exceeded.get().words(exceeded.get().usage(account)) + "; nothing more can come."))
                : done.saying(quota(account));
    }

    private static Response quota(Account account) {
        return new Response.Quota(account.name(), account.quota().limits().entrySet().stream()
                .map(limit -> new Response.QuotaResource(limit.getKey().name(), limit.getKey().usage(account),
                        limit.getValue())).toList());
    }

    private static Reply noRoot(Turn turn, String root) {
        return Reply.no(turn.phase(), ResponseCode.Simple.NONEXISTENT, "There is no quota root " + root + ".");
    }
}
