package dev.mailscope.server.imap.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.function.Supplier;

import org.junit.jupiter.api.Test;

import dev.mailscope.server.mailbox.Right;
import dev.mailscope.server.mailbox.Rights;
import dev.mailscope.server.message.Content;
import dev.mailscope.server.message.Section;

/** Every command that is written is read as what it was. */
class CommandInverseTest {
    private final Random random = new Random(9051);

    @Test
    void everyCommandWrittenIsReadAgain() {
        var seen = EnumSet.noneOf(ImapVerb.class);
        for (var round = 0; round < 20_000; round++) {
            var command = command();
            var text = CommandText.of("t" + round, command);
            var parsed = CommandParser.parse(CommandText.raw(text));
            var ok = assertInstanceOf(Parsed.Ok.class, parsed, () -> text + parsed);
            assertEquals(command, ok.command(), text);
            assertEquals("t" + round, ok.tag().toString());
            seen.add(command.verb());
        }
        assertEquals(EnumSet.allOf(ImapVerb.class), seen);
    }

    private ImapCommand command() {
        return switch (random.nextInt(33)) {
            case 0 -> one(ImapCommand.Simple.values());
            case 1 -> new ImapCommand.Id(List.of(new IdField("a" + text(), text()), new IdField("b", null)));
            case 2 -> new ImapCommand.Login(text(), text());
            case 3 -> new ImapCommand.Authenticate("SCRAM-SHA-256", random.nextBoolean() ? null
                    : text().getBytes(StandardCharsets.UTF_8));
            case 20 -> new ImapCommand.Sort(random.nextBoolean(), result(), several(() ->
                    new SortCriterion(one(SortCriterion.Key.values()), random.nextBoolean())), "US-ASCII", key(4));
            case 21 -> new ImapCommand.Thread(random.nextBoolean(), one(ThreadAlgorithm.values()), "UTF-8", key(4));
            case 19 -> new ImapCommand.Compress("DEFLATE");
            case 4 -> new ImapCommand.Select(name(), random.nextBoolean(), random.nextBoolean(),
                    random.nextBoolean() ? null : resync());
            case 5 -> new ImapCommand.Create(name(), random.nextBoolean() ? List.of() : List.of("\\Sent", "\\X-y"));
            case 6 -> new ImapCommand.Delete(name());
            case 7 -> new ImapCommand.Rename(name(), name());
            case 8 -> new ImapCommand.Subscribe(name());
            case 9 -> new ImapCommand.Unsubscribe(name());
            case 10 -> random.nextBoolean() ? list()
                    : new ImapCommand.ListSubscribed(name(), name() + "/%");
            case 11 -> new ImapCommand.Status(name(), List.copyOf(EnumSet.of(one(StatusItem.values()),
                    one(StatusItem.values()))));
            case 12 -> new ImapCommand.Append(name(), several(() -> new AppendMessage(flags(),
                    random.nextBoolean() ? null : time(), data())));
            case 13 -> new ImapCommand.UidExpunge(set());
            case 14 -> new ImapCommand.Search(random.nextBoolean(), result(), random.nextBoolean() ? null : "UTF-8",
                    key(4));
            case 15 -> fetch();
            case 16 -> new ImapCommand.Store(random.nextBoolean(), messages(), random.nextBoolean()
                    ? OptionalLong.empty() : OptionalLong.of(modSeq()), new StoreFlags(one(StoreFlags.Mode.values()),
                            random.nextBoolean(), flags()));
            case 23 -> random.nextBoolean() ? new ImapCommand.GetQuota(text()) : new ImapCommand.GetQuotaRoot(name());
            case 24 -> new ImapCommand.SetQuota(text(), random.nextBoolean() ? Map.of()
                    : Map.of("STORAGE", modSeq(), "X-" + random.nextInt(9), modSeq()));
            case 25 -> new ImapCommand.GetMetadata(random.nextBoolean() ? "" : name(), random.nextBoolean()
                    ? OptionalLong.empty() : OptionalLong.of(random.nextLong(1L << 32)),
                    one(ImapCommand.GetMetadata.Depth.values()),
                    several(() -> "/shared/vendor/x" + random.nextInt(9)).stream().distinct().toList());
            case 26 -> new ImapCommand.SetMetadata(random.nextBoolean() ? "" : name(),
                    Map.of("/private/comment", Optional.of("\0\u00FF\r\n \"" + random.nextInt(9)),
                            "/shared/vendor/x/" + random.nextInt(9), Optional.empty()));
            case 17 -> new ImapCommand.Move(random.nextBoolean(), messages(), name());
            case 22 -> {
                var one = number();
                yield new ImapCommand.Replace(random.nextBoolean(),
                        new SequenceSet(List.of(new SequenceSet.Range(one, one))), name(), new AppendMessage(flags(),
                                random.nextBoolean() ? null : time(), data()));
            }
            case 29 -> new ImapCommand.SetAcl(name(), identifier(), one(ImapCommand.SetAcl.Mode.values()), rights());
            case 30 -> random.nextBoolean() ? new ImapCommand.DeleteAcl(name(), identifier())
                    : new ImapCommand.ListRights(name(), identifier());
            case 31 -> random.nextBoolean() ? new ImapCommand.GetAcl(name()) : new ImapCommand.MyRights(name());
            case 27 -> new ImapCommand.Notify(false, List.of());
            case 28 -> notification();
            case 18 -> new ImapCommand.Enable(several(() -> "X-" + random.nextInt(99)));
            default -> new ImapCommand.Copy(random.nextBoolean(), set(), name());
        };
    }

    private String identifier() {
        return one("bob", "anyone", "-bob", "two words", "J\u00FCrgen", "\u00AAx");
    }

    /** With c and d go their members. */
    private Rights rights() {
        var rights = EnumSet.noneOf(Right.class);
        for (var right : Right.values()) {
            if (random.nextBoolean()) {
                rights.add(right);
            }
        }
        if (rights.contains(Right.CREATE) || rights.contains(Right.DELETE)) {
            rights.addAll(List.of(Right.CREATE, Right.DELETE));
        }
        if (rights.contains(Right.DELETE_MESSAGES) || rights.contains(Right.EXPUNGE)) {
            rights.addAll(List.of(Right.DELETE_MESSAGES, Right.EXPUNGE));
        }
        return new Rights(rights);
    }

    private ImapCommand notification() {
        var groups = several(() -> group(one(MailboxFilter.Simple.INBOXES, MailboxFilter.Simple.PERSONAL,
                MailboxFilter.Simple.SUBSCRIBED, new MailboxFilter.Subtree(several(this::name)),
                new MailboxFilter.Mailboxes(several(this::name)))));
        if (random.nextBoolean()) {
            groups.addFirst(group(one(MailboxFilter.Simple.SELECTED, MailboxFilter.Simple.SELECTED_DELAYED)));
        }
        return new ImapCommand.Notify(random.nextBoolean(), groups);
    }

    private EventGroup group(MailboxFilter filter) {
        var events = new HashSet<NotifyEvent>();
        if (random.nextBoolean()) {
            events.add(NotifyEvent.Named.MESSAGE_NEW);
            events.add(NotifyEvent.Named.MESSAGE_EXPUNGE);
            if (random.nextBoolean()) {
                events.add(one(NotifyEvent.Named.FLAG_CHANGE, NotifyEvent.Named.ANNOTATION_CHANGE));
            }
        }
        if (random.nextBoolean()) {
            events.add(filter.isSelected() ? new NotifyEvent.Other("X-FUTURE") : one(NotifyEvent.Named.MAILBOX_NAME,
                    NotifyEvent.Named.SUBSCRIPTION_CHANGE, NotifyEvent.Named.MAILBOX_METADATA_CHANGE,
                    NotifyEvent.Named.SERVER_METADATA_CHANGE, new NotifyEvent.Other("X.2")));
        }
        return new EventGroup(filter, events, filter.isSelected() && events.contains(NotifyEvent.Named.MESSAGE_NEW)
                && random.nextBoolean() ? several(this::attribute) : List.of());
    }

    private ImapCommand list() {
        if (random.nextBoolean()) {
            return new ImapCommand.ListMailboxes(name(), List.of(name() + "*"), null);
        }
        var selection = new HashSet<>(several(() -> one(ListOptions.Selection.values())));
        if (selection.contains(ListOptions.Selection.RECURSIVEMATCH)) {
            selection.add(ListOptions.Selection.SUBSCRIBED);
        }
        return new ImapCommand.ListMailboxes(name(), several(() -> name() + "%"), new ListOptions(
                random.nextBoolean() ? Set.of() : selection,
                random.nextBoolean() ? Set.of() : new HashSet<>(several(() -> one(ListOptions.Result.values()))),
                random.nextBoolean() ? List.of() : several(() -> one(StatusItem.values())),
                random.nextBoolean() ? List.of() : several(() -> one("/shared/comment", "/private", "/shared/(x) y"))
                        .stream().distinct().toList()));
    }

    private QuickResync resync() {
        var match = random.nextBoolean();
        return new QuickResync(1 + random.nextInt(99), 1 + random.nextInt(99), random.nextBoolean() ? null : numbers(),
                match ? numbers() : null, match ? numbers() : null);
    }

    private SearchResult result() {
        var options = EnumSet.noneOf(SearchResult.Option.class);
        options.addAll(several(() -> one(SearchResult.Option.values())));
        var partial = options.contains(SearchResult.Option.ALL) ? null : partial();
        return random.nextBoolean() ? null : new SearchResult(options, partial);
    }

    private PartialRange partial() {
        return random.nextBoolean() ? null : new PartialRange(1 + random.nextLong(SequenceSet.LARGEST),
                1 + random.nextLong(SequenceSet.LARGEST), random.nextBoolean());
    }

    private ImapCommand fetch() {
        var uid = random.nextBoolean();
        return new ImapCommand.Fetch(uid, messages(), several(this::attribute), random.nextBoolean()
                ? new FetchModifier(OptionalLong.empty(), false, uid ? partial() : null)
                : new FetchModifier(OptionalLong.of(modSeq() + 1), uid && random.nextBoolean(),
                        uid ? partial() : null));
    }

    private SequenceSet messages() {
        return random.nextInt(5) == 0 ? SequenceSet.SAVED : set();
    }

    private SequenceSet numbers() {
        return SequenceSet.of(1 + random.nextInt(9), 20 + random.nextInt(9), 29);
    }

    private long modSeq() {
        return random.nextLong(Long.MAX_VALUE);
    }

    private SearchKey key(int depth) {
        return switch (random.nextInt(depth == 0 ? 14 : 17)) {
            case 0 -> new SearchKey.All();
            case 1 -> new SearchKey.Flag(random.nextBoolean() ? "\\Draft" : "$x", random.nextBoolean());
            case 2 -> new SearchKey.Recent(random.nextBoolean());
            case 3 -> new SearchKey.Sequence(messages());
            case 4 -> random.nextBoolean() ? new SearchKey.Uid(messages()) : new SearchKey.ModSeq(modSeq());
            case 5 -> new SearchKey.Envelope(one(SearchKey.EnvelopeField.values()), searched());
            case 6 -> new SearchKey.Header("X " + random.nextInt(9), searched());
            case 7 -> random.nextBoolean() ? new SearchKey.Body(searched()) : new SearchKey.Text(searched());
            case 8 -> new SearchKey.Received(one(SearchKey.When.values()), date());
            case 9 -> new SearchKey.Sent(one(SearchKey.When.values()), date());
            case 10 -> random.nextBoolean() ? new SearchKey.Larger(random.nextLong(1L << 32))
                    : new SearchKey.Smaller(random.nextLong(1L << 32));
            case 11 -> random.nextBoolean() ? new SearchKey.SaveDateSupported()
                    : new SearchKey.Saved(one(SearchKey.When.values()), date());
            case 12 -> random.nextBoolean() ? new SearchKey.Older(1 + random.nextLong(SequenceSet.LARGEST))
                    : new SearchKey.Younger(1 + random.nextLong(SequenceSet.LARGEST));
            case 13 -> random.nextBoolean() ? new SearchKey.EmailId("Ab-_" + random.nextInt(99))
                    : new SearchKey.ThreadId("T" + random.nextInt(99));
            case 14 -> new SearchKey.Not(key(depth - 1));
            case 15 -> new SearchKey.Or(key(depth - 1), key(depth - 1));
            default -> new SearchKey.And(List.of(key(depth - 1), key(depth - 1)));
        };
    }

    private FetchAttribute attribute() {
        if (random.nextBoolean()) {
            return one(FetchAttribute.Simple.values());
        }
        if (random.nextInt(6) == 0) {
            return new FetchAttribute.Preview(random.nextBoolean());
        }
        var part = random.nextBoolean() ? List.<Integer>of() : List.of(1 + random.nextInt(99), 1);
        var text = one(Section.Text.values());
        if (text == Section.Text.MIME && part.isEmpty()) {
            text = Section.Text.ALL;
        }
        if (random.nextInt(4) == 0) {
            var whole = new Section(part, Section.Text.ALL);
            return random.nextBoolean() ? new FetchAttribute.BinarySize(whole)
                    : new FetchAttribute.Binary(whole, random.nextBoolean(), random.nextBoolean() ? null : piece());
        }
        var named = text == Section.Text.HEADER_FIELDS || text == Section.Text.HEADER_FIELDS_NOT;
        return new FetchAttribute.BodySection(new Section(part, text, named ? List.of("FROM", "X-Y") : List.of()),
                random.nextBoolean(), random.nextBoolean() ? null : piece());
    }

    private FetchAttribute.Partial piece() {
        return new FetchAttribute.Partial(random.nextLong(1L << 32), 1 + random.nextLong((1L << 32) - 1));
    }

    private SequenceSet set() {
        return new SequenceSet(several(() -> new SequenceSet.Range(number(), number())));
    }

    private long number() {
        return random.nextInt(5) == 0 ? SequenceSet.STAR : 1 + random.nextLong(SequenceSet.LARGEST);
    }

    private EncodedText searched() {
        var octets = new byte[random.nextInt(9)];
        for (var i = 0; i < octets.length; i++) {
            octets[i] = (byte) (1 + random.nextInt(255));
        }
        return new EncodedText(octets);
    }

    private Content content() {
        var octets = new byte[random.nextInt(6_000)];
        var smallest = random.nextInt(2);
        for (var i = 0; i < octets.length; i++) {
            octets[i] = (byte) (smallest + random.nextInt(256 - smallest));
        }
        return Content.of(octets);
    }

    private List<String> flags() {
        return List.copyOf(new LinkedHashSet<>(several(() -> one("\\Seen", "\\Draft", "$x", "\\Ext", "key"))));
    }

    private AppendData data() {
        return random.nextBoolean() ? new AppendData.Text(content(), random.nextBoolean())
                : new AppendData.Catenate(several(() -> random.nextBoolean()
                        ? new AppendData.Text(content(), random.nextBoolean()) : new AppendData.Url(text())));
    }

    private String name() {
        return one("INBOX", "inBox", "", "a b", "R&D", "\"q\\", "Entwürfe/日本", "e\u0301", "x{5}", "NIL");
    }

    private String text() {
        return one("alice", "", "a b", "\"\\", "ö{3}", "line\r\nend", "NIL", "(x)");
    }

    private LocalDate date() {
        return LocalDate.of(random.nextInt(10_000), 1, 1).plusDays(random.nextInt(365));
    }

    private OffsetDateTime time() {
        return date().atTime(random.nextInt(24), random.nextInt(60), random.nextInt(60))
                .atOffset(ZoneOffset.ofTotalSeconds(60 * (random.nextInt(2 * 18 * 60 + 1) - 18 * 60)));
    }

    private <T> List<T> several(Supplier<T> made) {
        var list = new ArrayList<T>();
        for (var i = 1 + random.nextInt(3); i > 0; i--) {
            var next = made.get();
            if (!list.contains(next)) {
                list.add(next);
            }
        }
        return list;
    }

    @SafeVarargs
    private final <T> T one(T... choices) {
        return choices[random.nextInt(choices.length)];
    }
}
