package dev.mailscope.server.capture;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import dev.mailscope.server.imap.command.AppendData;
import dev.mailscope.server.imap.command.Dialect;
import dev.mailscope.server.imap.command.ImapCommand;
import dev.mailscope.server.imap.command.ImapVerb;
import dev.mailscope.server.imap.command.SequenceSet;
import dev.mailscope.server.imap.command.StoreFlags;
import dev.mailscope.server.mailbox.Flags;
import dev.mailscope.server.trace.What;

/** What follows for accounts, folders and messages from what an IMAP server answers. */
final class ImapInference {
    private static final Set<String> OF_FOLDER = Set.of("EXISTS", "EXPUNGE", "FETCH");
    private static final int MOST_UIDS = 1_000_000;

    /** A folder that is being opened, as far as it has been told. */
    private static final class Opening {
        private long exists;
        private long uidValidity;
        private long uidNext;
        private final List<ServerResponse> later = new ArrayList<>();
    }

    private final Mailboxes mail;
    private final Trail trail;
    private final String host;
    private final FetchedFacts fetched;
    private final FolderAnswers folders;
    private AccountFacts account;
    private View view;
    private String open = "";
    private boolean readOnly;
    private boolean assumed;
    private Opening opening = new Opening();

    ImapInference(Mailboxes mail, Trail trail, String host) {
        this.mail = mail;
        this.trail = trail;
        this.host = host;
        this.fetched = new FetchedFacts(mail);
        this.folders = new FolderAnswers(mail);
    }

    void dialect(Dialect now) {
        folders.dialect(now);
    }

    /** Somebody has logged in whom the capture does not name. */
    void assumeLogin() {
        if (account == null) {
            account = mail.account(host, "unknown user of session " + trail.session(), true);
        }
    }

    /** A folder is open that the capture does not name. */
    void assumeFolder() {
        if (view == null) {
            assumeLogin();
            assumed = true;
            opened("unknown folder of session " + trail.session(), 0, false);
        }
    }

    /** True for what a server tells only of an open folder. */
    boolean belongsToFolder(ServerResponse response) {
        return OF_FOLDER.contains(response.word(2)) && response.values().get(1).number() >= 0
                && opening.exists == 0 && !response.word(2).equals("EXISTS");
    }

    /** The connection is over. */
    void end() {
        if (view != null) {
            view.close();
            view = null;
        }
    }

    /** No folder is open any more. */
    void leave(long cause) {
        if (view != null) {
            view.close();
            view = null;
            trail.record(cause, new What.ViewClosed(open));
        }
    }

    /** An untagged response, which belongs to that command or to none (null). */
    void untagged(ServerResponse response, ImapTalk.Pending cause) {
        if (account == null) {
            return;
        }
        var event = cause == null ? 0 : cause.event;
        var opens = cause != null && (cause.verb == ImapVerb.SELECT || cause.verb == ImapVerb.EXAMINE);
        var number = response.values().size() > 2 ? response.values().get(1).number() : -1;
        if (number >= 0) {
            numbered(response, cause, number, opens);
        } else {
            switch (response.word(1)) {
                case "VANISHED" -> vanished(response, opens);
                case "LIST", "XLIST" -> folders.listed(account, response, false);
                case "LSUB" -> folders.listed(account, response, true);
                case "STATUS" -> folders.status(account, response);
                case "SEARCH" -> searched(response, cause);
                case "OK" -> {
                    codes(response, opens);
                    if (cause != null) {
                        copied(response, cause);
                    }
                }
                default -> {
                    // it says nothing of what the server holds
                }
            }
        }
        mail.commit(trail, event);
        if (view != null) {
            view.told(trail, event);
        }
    }

    private void numbered(ServerResponse response, ImapTalk.Pending cause, long number, boolean opens) {
        if (opens) {
            if (response.word(2).equals("EXISTS")) {
                opening.exists = number;
            } else if (!response.word(2).equals("RECENT")) {
                opening.later.add(response);
            }
        } else if (view != null) {
            ofView(response, cause, number);
        }
    }

    private void ofView(ServerResponse response, ImapTalk.Pending cause, long number) {
        switch (response.word(2)) {
            case "EXISTS" -> {
                if (assumed && view.size() == 0) {
                    view.hasAtFirst(number);
                }
                assumed = false;
                view.exists(number);
            }
            case "EXPUNGE" -> view.expunge(number);
            case "FETCH" -> {
                if (assumed) {
                    view.hasAtFirst(number);
                }
                if (response.values().size() > 3) {
                    fetched.take(view, number, response.values().get(3).members(), cause);
                }
            }
            default -> {
                // RECENT: which they are is told with their flags
            }
        }
    }

    private void vanished(ServerResponse response, boolean opens) {
        if (opens) {
            return; // they had gone before it was opened
        }
        var values = response.values();
        if (view != null && values.size() == 3) {
            for (var uid : numbers(values.get(2).word())) {
                view.vanish(uid);
            }
        }
    }

    private static long[] numbers(String set) {
        try {
            var numbers = SequenceSet.parse(set);
            var count = numbers.ranges().stream().mapToLong(range -> range.high() - range.low() + 1).sum();
            return numbers.hasStar() || count > MOST_UIDS || count < 0 ? new long[0] : numbers.numbers();
        } catch (IllegalArgumentException e) {
            return new long[0];
        }
    }

    private void searched(ServerResponse response, ImapTalk.Pending cause) {
        if (view == null || cause == null || !(cause.command.orElse(null) instanceof ImapCommand.Search search)
                || !search.uid()) {
            return;
        }
        var uids = response.values().stream().skip(2).mapToLong(Value::number).filter(uid -> uid > 0).distinct()
                .sorted()
                .toArray();
        if (uids.length == view.size()) { // it has found all there are
            for (var i = 0; i < uids.length; i++) {
                view.isCalled(i + 1L, uids[i]);
            }
        }
    }

    private void codes(ServerResponse response, boolean opens) {
        var validity = response.code("UIDVALIDITY");
        var next = response.code("UIDNEXT");
        if (opens) {
            opening.uidValidity = validity == null ? opening.uidValidity : number(validity, 1);
            opening.uidNext = next == null ? opening.uidNext : number(next, 1);
        }
    }

    private static long number(String[] words, int place) {
        return place < words.length ? new Value.Atom(words[place]).number() : -1;
    }

    /** The answer to a command, before the phase changes. */
    void before(ServerResponse response, ImapTalk.Pending of, boolean ok) {
        if (of.verb == null) {
            return;
        }
        switch (of.verb) {
            case SELECT, EXAMINE -> {
                if (!response.word(1).equals("BAD")) {
                    leave(of.event);
                }
            }
            case CLOSE -> {
                if (ok) {
                    removeDeleted();
                    mail.commit(trail, of.event);
                    leave(of.event);
                }
            }
            case UNSELECT -> {
                if (ok) {
                    leave(of.event);
                }
            }
            case LOGIN, AUTHENTICATE -> {
                if (ok) {
                    login(of);
                }
            }
            default -> {
                // nothing is opened or left
            }
        }
    }

    /** The answer to a command, after the phase has changed. */
    void after(ServerResponse response, ImapTalk.Pending of, boolean ok) {
        if (ok && account != null && of.command.isPresent()) {
            done(of.command.get(), response, of);
        }
        if (of.verb == ImapVerb.SELECT || of.verb == ImapVerb.EXAMINE) {
            opening = new Opening();
        }
        mail.commit(trail, of.event);
        if (view != null) {
            view.told(trail, of.event);
        }
    }

    private void login(ImapTalk.Pending of) {
        var name = of.command.orElse(null) instanceof ImapCommand.Login login ? login.user() : of.sasl.name();
        if (!name.isEmpty()) {
            account = mail.account(host, name, true);
        } else {
            assumeLogin();
        }
    }

    private void done(ImapCommand command, ServerResponse response, ImapTalk.Pending of) {
        switch (command) {
            case ImapCommand.Select select -> {
                codes(response, true);
                var later = opening.later;
                readOnly = select.readOnly() || response.code("READ-ONLY") != null;
                assumed = false;
                opened(name(select.mailbox()), opening.uidValidity, true);
                mail.commit(trail, of.event);
                trail.record(of.event, new What.ViewOpened(account.name, view.folder().id, open, readOnly));
                for (var each : later) {
                    ofView(each, of, each.values().get(1).number());
                }
            }
            case ImapCommand.Create create -> mail.create(account, name(create.mailbox()));
            case ImapCommand.Delete delete -> mail.delete(account, name(delete.mailbox()));
            case ImapCommand.Rename rename -> mail.rename(account, name(rename.from()), name(rename.to()));
            case ImapCommand.Subscribe subscribe -> mail.subscribe(account, name(subscribe.mailbox()), true);
            case ImapCommand.Unsubscribe unsubscribe -> mail.subscribe(account, name(unsubscribe.mailbox()), false);
            case ImapCommand.Append append -> appended(append, response);
            case ImapCommand.Store store -> {
                if (store.flags().silent() && view != null) {
                    stored(store);
                }
            }
            case ImapCommand.Copy copy -> copied(response, of);
            case ImapCommand.Move move -> copied(response, of);
            default -> {
                // it changes nothing that can be told from here
            }
        }
    }

    private void opened(String name, long uidValidity, boolean named) {
        var folder = mail.folder(account, name, uidValidity);
        open = name;
        var known = opening.exists;
        view = mail.open(folder);
        if (mail.isLearning()) {
            folder.next(opening.uidNext);
            view.hasAtFirst(known);
        }
        if (!named) {
            mail.commit(trail, 0);
            trail.record(0, new What.ViewOpened(account.name, folder.id, open, false));
        }
    }

    private void appended(ImapCommand.Append append, ServerResponse response) {
        var code = response.code("APPENDUID");
        if (code == null || code.length < 3) {
            return; // where it went is not told
        }
        var uids = numbers(code[2]);
        if (uids.length != append.messages().size()) {
            return;
        }
        var folder = mail.folder(account, name(append.mailbox()), number(code, 1));
        for (var i = 0; i < uids.length; i++) {
            var message = append.messages().get(i);
            var facts = new MessageFacts();
            facts.flags = FetchedFacts.flagsOf(message.flags());
            facts.date = message.date() == null ? trail.time() : message.date();
            facts.content = message.data() instanceof AppendData.Text(var content, var utf8) ? content : null;
            mail.bring(folder, facts, uids[i]);
        }
    }

    /** COPYUID (RFC 4315 section 3): which message became which. */
    private void copied(ServerResponse response, ImapTalk.Pending of) {
        var code = response.code("COPYUID");
        var target = switch (of.command.orElse(null)) {
            case ImapCommand.Copy copy -> copy.mailbox();
            case ImapCommand.Move move -> move.mailbox();
            case null, default -> null;
        };
        if (code == null || code.length < 4 || target == null || view == null) {
            return;
        }
        var from = numbers(code[2]);
        var to = numbers(code[3]);
        var folder = mail.folder(account, name(target), number(code, 1));
        for (var i = 0; i < Math.min(from.length, to.length); i++) {
            var source = view.folder().messages.get(from[i]);
            var facts = new MessageFacts();
            if (source != null) {
                facts.size = source.now().size;
                facts.date = source.now().date;
                facts.content = source.now().content;
                facts.header = source.now().header;
            }
            mail.copied(view.folder(), from[i], folder, to[i]);
            mail.bring(folder, facts, to[i]);
        }
    }

    private void stored(ImapCommand.Store store) {
        var flags = FetchedFacts.flagsOf(store.flags().flags());
        for (var i = 1; i <= view.size(); i++) {
            var message = view.message(i);
            var number = store.uid() ? message.uid : i;
            var highest = store.uid() ? view.message(view.size()).uid : view.size();
            if (number > 0 && store.set().contains(number, highest)) {
                view.change(i, had -> changed(had, flags, store.flags().mode()));
            }
        }
    }

    private static Flags changed(Flags had, Flags flags, StoreFlags.Mode mode) {
        return switch (mode) {
            case ADD -> had.plus(flags);
            case REMOVE -> had.minus(flags);
            case REPLACE -> flags;
        };
    }

    /** CLOSE removes what is marked without a word (RFC 9051 section 6.4.1). */
    private void removeDeleted() {
        if (view != null && !readOnly) {
            var folder = view.folder();
            mail.held(folder).ifPresent(held -> held.messages().values().stream()
                    .filter(message -> message.flags().deleted()).toList()
                    .forEach(message -> mail.remove(folder, message.uid())));
        }
    }

    private String name(String text) {
        return folders.name(account, text);
    }
}
