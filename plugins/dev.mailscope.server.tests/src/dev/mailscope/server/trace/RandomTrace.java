package dev.mailscope.server.trace;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.pcollections.TreePMap;

import dev.mailscope.server.mailbox.AccessList;
import dev.mailscope.server.mailbox.Cause;
import dev.mailscope.server.mailbox.Change;
import dev.mailscope.server.mailbox.Flags;
import dev.mailscope.server.mailbox.FolderView;
import dev.mailscope.server.mailbox.MailStore;
import dev.mailscope.server.mailbox.Message;
import dev.mailscope.server.mailbox.Notice;
import dev.mailscope.server.mailbox.Quota;
import dev.mailscope.server.mailbox.QuotaResource;
import dev.mailscope.server.mailbox.Right;
import dev.mailscope.server.mailbox.Rights;
import dev.mailscope.server.mailbox.SpecialUse;
import dev.mailscope.server.mailbox.Transaction;
import dev.mailscope.server.message.Content;

/** Makes up values and whole histories, the same ones for the same seed. */
public final class RandomTrace {
    private static final String ACCOUNT = "alice";
    private static final String GUEST = "a guest";
    private static final List<String> NAMES = List.of("INBOX", "Sent", "Work/Plans", "Été", "a b", "");

    private final Random random;
    private final TreeMap<Long, FolderView> views = new TreeMap<>();
    private long sessions;

    /** Makes the same things for the same seed. */
    public RandomTrace(long seed) {
        random = new Random(seed);
    }

    // ---- values without a history, for the codecs

    long anyNumber() {
        return random.nextLong() >>> random.nextInt(64);
    }

    int anySize() {
        return random.nextInt() >>> 1 + random.nextInt(30);
    }

    String anyText() {
        var text = new StringBuilder();
        for (var left = random.nextInt(12); left > 0; left--) {
            text.appendCodePoint(random.nextInt(10) > 0 ? random.nextInt(1, 0x500) : 0x1F600 + random.nextInt(50));
        }
        return text.toString();
    }

    Content anyContent() {
        var octets = new byte[random.nextInt(300)];
        random.nextBytes(octets);
        return Content.of(octets);
    }

    Flags anyFlags() {
        var names = new ArrayList<String>();
        Flags.systemNames().stream().filter(name -> random.nextInt(3) == 0).forEach(names::add);
        for (var left = random.nextInt(3); left > 0; left--) {
            names.add("word" + random.nextInt(5));
        }
        return Flags.of(names);
    }

    Message anyMessage() {
        return new Message(anyNumber(), anyNumber(), anyFlags(),
                OffsetDateTime.ofInstant(Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000_000)),
                        ZoneOffset.ofTotalSeconds(random.nextInt(-18 * 3600, 18 * 3600))),
                Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000_000)), anyContent());
    }

    Octets anyOctets() {
        var pieces = new ArrayList<Octets.Piece>();
        for (var left = random.nextInt(5); left > 0; left--) {
            pieces.add(switch (random.nextInt(3)) {
                case 0 -> new Octets.Inline(anyText().getBytes(StandardCharsets.UTF_8));
                case 1 -> new Octets.Hidden(random.nextInt(100));
                default -> {
                    var content = anyContent();
                    var from = random.nextInt(content.size() + 1);
                    yield new Octets.Slice(content, from, random.nextInt(content.size() - from + 1));
                }
            });
        }
        return Octets.of(pieces);
    }

    Notice anyNotice() {
        return switch (random.nextInt(3)) {
            case 0 -> new Notice.Expunged(anySize(), anyNumber());
            case 1 -> new Notice.Arrived(anySize(), anySize(),
                    random.longs(random.nextInt(5), 1, 1L << 32).boxed().toList());
            default -> new Notice.FlagsChanged(anySize(), anyNumber(), anyFlags(), random.nextBoolean(), anyNumber());
        };
    }

    Change anyChange() {
        var folder = NAMES.get(random.nextInt(NAMES.size()));
        return switch (random.nextInt(16)) {
            case 14 -> new Change.AccessChanged(ACCOUNT, anyNumber(), folder, anyText(), random.nextInt(3) == 0
                    ? Optional.empty() : Optional.of(anyRights()));
            case 13 -> new Change.AnnotationChanged(ACCOUNT, anyNumber(), folder, anyText(), anyValue());
            case 12 -> new Change.ServerAnnotationChanged(ACCOUNT, anyText(), anyValue());
            case 11 -> new Change.QuotaChanged(ACCOUNT, anyQuota());
            case 0 -> new Change.AccountAdded(anyText());
            case 1 -> new Change.AccountRemoved(anyText());
            case 2 -> new Change.FolderCreated(ACCOUNT, anyNumber(), folder, anyNumber(), anyNumber());
            case 3 -> new Change.FolderDeleted(ACCOUNT, anyNumber(), folder, anySize());
            case 4 -> new Change.FolderRenamed(ACCOUNT, anyNumber(), folder, anyText());
            case 5 -> new Change.SelectableChanged(ACCOUNT, anyNumber(), folder, random.nextBoolean());
            case 6 -> new Change.SubscriptionChanged(ACCOUNT, folder, random.nextBoolean());
            case 7 -> new Change.MessageAdded(ACCOUNT, anyNumber(), folder, anyMessage());
            case 8 -> new Change.MessageRemoved(ACCOUNT, anyNumber(), folder, anyMessage(), anyNumber());
            case 10 -> new Change.SpecialUseChanged(ACCOUNT, anyNumber(), folder, anyUses());
            case 9 -> new Change.FlagsChanged(ACCOUNT, anyNumber(), folder, anyMessage(), anyFlags(), anyNumber());
            default -> new Change.RecentClaimed(ACCOUNT, anyNumber(), folder, anyNumber());
        };
    }

    private Optional<String> anyValue() {
        return random.nextInt(3) == 0 ? Optional.empty() : Optional.of("\0\u00FF" + anyText());
    }

    private void annotate(Transaction transaction, long folderId) {
        var entry = (random.nextBoolean() ? "/shared/" : "/private/") + random.nextInt(3);
        if (random.nextBoolean()) {
            // A guest has private notes of folders that are not its own.
            transaction.annotate(entry.startsWith("/private") && random.nextBoolean() ? GUEST : ACCOUNT, ACCOUNT,
                    folderId, entry, anyValue());
        } else {
            transaction.annotateServer(ACCOUNT, entry, anyValue());
        }
    }

    private Rights anyRights() {
        return new Rights(Stream.of(Right.values()).filter(right -> random.nextBoolean()).collect(Collectors.toSet()));
    }

    private void share(Transaction transaction, long folderId) {
        var identifier = List.of(ACCOUNT, GUEST, AccessList.ANYONE, "-" + GUEST, "-" + ACCOUNT).get(random.nextInt(5));
        transaction.setAccess(ACCOUNT, folderId, identifier, random.nextInt(3) == 0 ? Optional.empty()
                : Optional.of(anyRights()));
    }

    private Quota anyQuota() {
        var quota = Quota.NONE.withFixed(random.nextBoolean());
        for (var resource : QuotaResource.values()) {
            quota = random.nextBoolean() ? quota : quota.with(resource, random.nextLong(1_000_000, Long.MAX_VALUE));
        }
        return quota;
    }

    private List<SpecialUse> anyUses() {
        return Stream.of(SpecialUse.values()).filter(use -> use.canBeGiven() && random.nextBoolean()).toList();
    }

    What anyWhat() {
        return switch (random.nextInt(22)) {
            case 0 -> new What.Connected(anyText(), anyText());
            case 1 -> new What.Received(anyOctets());
            case 2 -> new What.Command(anyText());
            case 3 -> new What.Rejected(anyText(), anyText(), random.nextInt(-1, 1000));
            case 4 -> new What.PhaseChanged(anyText(), anyText(), anyText());
            case 5 -> {
                var changes = new ArrayList<Change>();
                for (var left = random.nextInt(4); left >= 0; left--) {
                    changes.add(anyChange());
                }
                yield new What.StateChanged(anyNumber(), changes);
            }
            case 6 -> new What.Response(anyOctets());
            case 7 -> new What.Sent(anyNumber(), anyNumber(), anyNumber());
            case 8 -> new What.ViewOpened(ACCOUNT, anyNumber(), anyText(), random.nextBoolean());
            case 9 -> new What.ViewClosed(anyText());
            case 10 -> new What.Marked(anySize(), anyNumber(), random.nextBoolean());
            case 11 -> {
                var notices = new ArrayList<Notice>();
                for (var left = random.nextInt(4); left > 0; left--) {
                    notices.add(anyNotice());
                }
                yield new What.Told(notices);
            }
            case 12 -> new What.Closed(anyText());
            case 13 -> new What.TlsStarted(anyText(), anyText(), anyText());
            case 14 -> new What.CompressionStarted(anyText());
            case 15 -> new What.Delivery(anyText(), anyText(), List.of(anyText(), anyText()));
            case 16 -> new What.Held(anyText(), anyText());
            case 17 -> new What.Released(anyText(), anyText());
            case 18 -> new What.Fault(anyText(), anyText(), anyText());
            case 19 -> new What.Replaced(anyOctets(), random.nextBoolean());
            case 20 -> new What.Device(anyText(), anyText(), anyText(), random.nextBoolean(),
                    List.of(anyText(), anyText()), TreePMap.singleton(anyText(), anySize()));
            default -> new What.Remark(anyText());
        };
    }

    /** Any event of that number; it need not fit any state. */
    public TraceEvent anyEvent(long number) {
        return new TraceEvent(number, anyNumber(), anyNumber(), anyText(), anyNumber(), anyText(), anyText(),
                anyText(), anyWhat());
    }

    // ---- histories that fit together

    /** A store that logs into the recording, with two accounts. */
    static MailStore store(Recording recording) {
        var store = new MailStore(recording, Clock.systemUTC());
        begin(store);
        return store;
    }

    /** Makes the two accounts of a history. */
    public static void begin(MailStore store) {
        store.transact(Cause.SERVER, transaction -> {
            transaction.createAccount(ACCOUNT);
            transaction.createAccount(GUEST);
            return null;
        });
    }

    /** One step of a history: a transaction, or what a session does. */
    public void step(Recording recording, MailStore store) {
        recording.awaitRoom();
        switch (random.nextInt(10)) {
            case 0, 1, 2, 3 -> store.transact(cause(), this::change);
            case 4 -> connect(recording);
            case 5 -> open(recording, store);
            case 6, 7 -> tell(recording, store);
            case 8 -> session(recording, new What.Marked(1, random.nextInt(1, 20), random.nextBoolean()));
            default -> octets(recording, store);
        }
    }

    private Cause cause() {
        return new Cause(views.isEmpty() ? 0 : views.lastKey(), 0, "STORE");
    }

    private Void change(Transaction transaction) {
        var folders = List.copyOf(transaction.account(ACCOUNT).folders().values());
        var folder = folders.get(random.nextInt(folders.size()));
        var uid = folder.messages().isEmpty() ? 1
                : List.copyOf(folder.messages().keySet()).get(random.nextInt(folder.size()));
        switch (random.nextInt(14)) {
            case 11, 12 -> share(transaction, folder.id());
            case 9, 10 -> annotate(transaction, folder.id());
            case 8 -> transaction.setQuota(ACCOUNT, anyQuota());
            case 0, 1, 2 -> transaction.append(ACCOUNT, folder.id(), anyFlags(), OffsetDateTime.now(ZoneOffset.UTC),
                    anyContent());
            case 3 -> transaction.expunge(ACCOUNT, folder.id(), uid);
            case 4, 5 -> transaction.setFlags(ACCOUNT, folder.id(), uid, anyFlags());
            case 6 -> transaction.claimRecent(ACCOUNT, folder.id());
            case 7 -> transaction.subscribe(ACCOUNT, "Folder" + random.nextInt(3), random.nextBoolean());
            default -> manage(transaction);
        }
        return null;
    }

    private void manage(Transaction transaction) {
        var name = "Folder" + random.nextInt(3);
        if (transaction.account(ACCOUNT).folder(name).isEmpty()) {
            var made = transaction.createFolder(ACCOUNT, name);
            transaction.setSpecialUses(ACCOUNT, made.id(),
                    name.endsWith("0") ? List.of(SpecialUse.SENT, SpecialUse.JUNK) : List.of());
        } else if (random.nextBoolean()) {
            transaction.deleteFolder(ACCOUNT, name);
        } else {
            transaction.renameFolder(ACCOUNT, name, "Renamed" + transaction.state().version());
        }
    }

    private void connect(Recording recording) {
        if (views.size() > 3) {
            var gone = views.pollFirstEntry().getKey();
            recording.record(gone, "imap", 0, "Logout", "", "", new What.Closed("logout"));
        } else {
            sessions++;
            recording.record(sessions, "imap", 0, "Not Authenticated", "", "",
                    new What.Connected("127.0.0.1:" + (40_000 + sessions), "127.0.0.1:143"));
            views.put(sessions, null);
        }
    }

    private void open(Recording recording, MailStore store) {
        if (!views.isEmpty()) {
            var inbox = store.state().account(ACCOUNT).orElseThrow().inbox();
            views.put(views.lastKey(), FolderView.open(ACCOUNT, inbox, false));
            session(recording, new What.PhaseChanged("Authenticated", "Selected"));
            session(recording, new What.ViewOpened(ACCOUNT, inbox.id(), inbox.name(), false));
        }
    }

    private void tell(Recording recording, MailStore store) {
        for (var entry : views.entrySet()) {
            var inbox = store.state().account(ACCOUNT).orElseThrow().inbox();
            if (entry.getValue() != null) {
                var telling = entry.getValue().tell(inbox, random.nextBoolean(), random.nextBoolean());
                entry.setValue(telling.next());
                if (!telling.notices().isEmpty()) {
                    recording.record(entry.getKey(), "imap", 0, "Selected", "INBOX", "NOOP",
                            new What.Told(telling.notices()));
                }
            }
        }
    }

    private void octets(Recording recording, MailStore store) {
        var messages = store.state().account(ACCOUNT).orElseThrow().inbox().messages().values();
        var octets = new Octets.Builder().text("a1 LOGIN alice ").hidden(6).text("\r\n");
        messages.stream().findFirst().ifPresent(m -> octets.slice(m.content(), 0, m.size()));
        session(recording, new What.Received(octets.toOctets()));
    }

    private void session(Recording recording, What what) {
        if (!views.isEmpty()) {
            recording.record(views.lastKey(), "imap", 0, "Selected", "INBOX", "NOOP", what);
        }
    }
}
