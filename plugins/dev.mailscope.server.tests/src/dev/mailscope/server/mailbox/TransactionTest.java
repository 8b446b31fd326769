package dev.mailscope.server.mailbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.mailscope.server.message.Content;

class TransactionTest {
    private static final OffsetDateTime DATE = OffsetDateTime.of(2026, 11, 1, 8, 0, 0, 0, ZoneOffset.UTC);

    private final List<Commit> commits = new ArrayList<>();
    private Instant now = Instant.ofEpochSecond(1_000_000);
    private final MailStore store = new MailStore(new CommitLog() {
        @Override
        public void awaitRoom() {
            // a list takes everything
        }

        @Override
        public void committed(Commit commit) {
            commits.add(commit);
        }
    }, new Clock() {
        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }
    });

    @Test
    void aFailingTransactionChangesNothing() {
        create();
        var before = store.state();
        assertThrows(MailboxException.class, () -> run(t -> {
            append(t, "INBOX", Flags.NONE);
            t.deleteFolder("alice", "INBOX");
        }));
        assertSame(before, store.state());
        assertEquals(1, commits.size());
    }

    @Test
    void theInternalDateIsAsFineAsClientsSeeIt() {
        create();
        run(t -> t.append("alice", t.folder("alice", "INBOX").id(), Flags.NONE, DATE.plusNanos(999_999_999),
                Content.of(new byte[] {'x'})));
        assertEquals(DATE, store.state().account("alice").orElseThrow().inbox().message(1).internalDate());
    }

    @Test
    void aTransactionWithoutChangesMakesNoVersion() {
        create();
        run(t -> t.claimRecent("alice", t.folder("alice", "INBOX").id()));
        assertEquals(1, store.state().version());
    }

    @Test
    void theLastNameOfADeletedFolderIsKnownForAWhile() {
        create();
        run(t -> t.createFolder("alice", "Work"));
        var id = folder("Work").id();
        assertEquals(Optional.empty(), store.nameOfDeleted(id));
        run(t -> t.renameFolder("alice", "Work", "Done"));
        run(t -> t.deleteFolder("alice", "Done"));
        for (var i = 0; i < 1_000; i++) {
            assertEquals(Optional.of("Done"), store.nameOfDeleted(id));
            run(t -> t.createFolder("alice", "Other"));
            run(t -> t.deleteFolder("alice", "Other"));
        }
        assertEquals(Optional.empty(), store.nameOfDeleted(id));
    }

    @Test
    void specialUsesStayWithTheFolderWhateverItIsCalled() {
        create();
        run(t -> {
            var sent = t.createFolder("alice", "Sent");
            t.createFolder("alice", "Sent/2026");
            t.setSpecialUses("alice", sent.id(), List.of(SpecialUse.SENT, SpecialUse.ARCHIVE, SpecialUse.SENT));
        });
        assertEquals(List.of(SpecialUse.ARCHIVE, SpecialUse.SENT), List.copyOf(folder("Sent").uses()));
        var version = store.state().version();
        run(t -> t.setSpecialUses("alice", folder("Sent").id(), List.of(SpecialUse.SENT, SpecialUse.ARCHIVE)));
        assertEquals(version, store.state().version());
        run(t -> append(t, "Sent", Flags.NONE));
        run(t -> t.renameFolder("alice", "Sent", "Out"));
        assertEquals(List.of(SpecialUse.ARCHIVE, SpecialUse.SENT), List.copyOf(folder("Out").uses()));
        // What is left to hold the folders below is another folder.
        run(t -> t.deleteFolder("alice", "Out"));
        assertTrue(folder("Out").uses().isEmpty());
    }

    @Test
    void noFolderCanBeAViewOfOthers() {
        create();
        var before = store.state();
        var refused = assertThrows(MailboxException.class, () -> run(t -> t.setSpecialUses("alice",
                t.createFolder("alice", "Everything").id(), List.of(SpecialUse.SENT, SpecialUse.ALL))));
        assertEquals(MailboxException.Reason.USEATTR, refused.reason());
        assertSame(before, store.state());
    }

    @Test
    void annotationsGoWhereTheirFolderGoes() {
        create();
        run(t -> {
            var work = t.createFolder("alice", "Work").id();
            t.createFolder("alice", "Work/Below");
            t.annotate("alice", "alice", work, "/shared/comment", Optional.of("x"));
            t.annotate("alice", "alice", t.folder("alice", "INBOX").id(), "/private/comment", Optional.of("y"));
        });
        run(t -> t.renameFolder("alice", "Work", "Done"));
        run(t -> t.renameFolder("alice", "INBOX", "Old"));
        var account = store.state().account("alice").orElseThrow();
        assertEquals(Map.of("/shared/comment", "x"), account.annotations(folder("Done").id()));
        assertEquals(Map.of("/private/comment", "y"), account.annotations(folder("Old").id()));
        assertEquals(Map.of("/private/comment", "y"), account.annotations(folder("INBOX").id()));
        // What is left to hold the folders below has none, and nothing of what is gone stays behind.
        run(t -> t.deleteFolder("alice", "Done"));
        run(t -> t.deleteFolder("alice", "Old"));
        run(t -> t.annotate("alice", "alice", folder("INBOX").id(), "/private/comment", Optional.empty()));
        assertEquals(Map.of(), store.state().account("alice").orElseThrow().annotations());
    }

    @Test
    void aFolderHasTheAccessListOfTheOneAboveIt() {
        create();
        run(t -> {
            var work = t.createFolder("alice", "Work").id();
            t.setAccess("alice", work, "bob", Optional.of(Rights.parse("lr")));
            t.setAccess("alice", work, "alice", Optional.empty());
            t.createFolder("alice", "Work/New/Deep");
            t.createFolder("alice", "Other");
        });
        assertEquals("{bob=lr}", folder("Work/New").access().entries().toString());
        assertEquals("{bob=lr}", folder("Work/New/Deep").access().entries().toString());
        assertEquals("{alice=lrswipkxtea}", folder("Other").access().entries().toString());
        // RENAME leaves it as it is; DELETE takes it away.
        run(t -> t.renameFolder("alice", "Work/New/Deep", "Other/Deep"));
        assertEquals("{bob=lr}", folder("Other/Deep").access().entries().toString());
        run(t -> t.deleteFolder("alice", "Work"));
        assertFalse(folder("Work").selectable());
        assertEquals("{alice=lrswipkxtea}", folder("Work").access().entries().toString());
    }

    @Test
    void whatBecomesOfInboxByRenamingIsReadByTheSame() {
        create();
        run(t -> t.setAccess("alice", t.folder("alice", "INBOX").id(), "bob", Optional.of(Rights.parse("lr"))));
        run(t -> t.createFolder("alice", "Top"));
        run(t -> t.renameFolder("alice", "INBOX", "Top/Old"));
        assertEquals("{alice=lrswipkxtea, bob=lr}", folder("Top/Old").access().entries().toString());
        assertEquals(folder("INBOX").access(), folder("Top/Old").access());
    }

    @Test
    void anAccessListHasItsLimit() {
        create();
        run(t -> {
            for (var i = 1; i < AccessList.MOST; i++) {
                t.setAccess("alice", t.folder("alice", "INBOX").id(), "user" + i, Optional.of(Rights.NONE));
            }
        });
        assertEquals(AccessList.MOST, folder("INBOX").access().entries().size());
        var before = store.state();
        assertEquals(MailboxException.Reason.LIMIT, assertThrows(MailboxException.class, () -> run(t -> t.setAccess(
                "alice", folder("INBOX").id(), "one more", Optional.of(Rights.ALL)))).reason());
        assertSame(before, store.state());
        run(t -> t.setAccess("alice", folder("INBOX").id(), "user1", Optional.of(Rights.ALL)));
        run(t -> t.setAccess("alice", folder("INBOX").id(), "user1", Optional.empty()));
        run(t -> t.setAccess("alice", folder("INBOX").id(), "one more", Optional.of(Rights.ALL)));
    }

    @Test
    void anAccountHasSoManyFoldersAndNamesSubscribed() {
        create();
        run(t -> {
            for (var i = t.account("alice").folders().size(); i < Account.MOST_NAMES; i++) {
                t.createFolder("alice", "f" + i);
            }
            for (var i = 0; i < Account.MOST_NAMES; i++) {
                t.subscribe("alice", "s" + i, true);
            }
        });
        assertLimited(t -> t.createFolder("alice", "one more"), "An account has at most 10000 folders.");
        assertLimited(t -> t.subscribe("alice", "one more", true), "An account has at most 10000 names subscribed.");
        run(t -> {
            t.deleteFolder("alice", "f100");
            t.createFolder("alice", "one more");
            t.subscribe("alice", "s100", false);
            t.subscribe("alice", "one more", true);
        });
    }

    @Test
    void aMessageAndAFolderHaveSoManyKeywords() {
        create();
        var inbox = store.state().account("alice").orElseThrow().inbox().id();
        run(t -> append(t, "INBOX", keywords(0, Flags.MOST_KEYWORDS)));
        assertLimited(t -> append(t, "INBOX", keywords(0, Flags.MOST_KEYWORDS + 1)),
                "A message has at most 100 keywords.");
        assertLimited(t -> t.setFlags("alice", inbox, 1, keywords(0, Flags.MOST_KEYWORDS + 1)),
                "A message has at most 100 keywords.");
        run(t -> {
            for (var i = 100; i < Folder.MOST_KEYWORDS; i += 100) {
                t.setFlags("alice", inbox, 1, keywords(i, 100));
            }
        });
        assertLimited(t -> t.setFlags("alice", inbox, 1, keywords(Folder.MOST_KEYWORDS, 1)), "The messages of a folder"
                + " have at most 1000 different keywords, those that none has any more among them.");
        run(t -> t.setFlags("alice", inbox, 1, keywords(500, 100).plus(Flags.SEEN)));
        assertLimited(t -> append(t, "INBOX", Flags.of("k".repeat(201))), "A keyword has at most 200 characters.");
    }

    @Test
    void messagesShareTheKeywordsOfTheirFolder() {
        create();
        run(t -> append(t, "INBOX", Flags.of("Work")));
        run(t -> append(t, "INBOX", Flags.of(new String("Work"))));
        var messages = store.state().account("alice").orElseThrow().inbox().messages();
        assertSame(messages.get(1L).flags().keywords().getFirst(), messages.get(2L).flags().keywords().getFirst());
        run(t -> append(t, "INBOX", messages.get(1L).flags()));
        assertSame(messages.get(1L).flags(), store.state().account("alice").orElseThrow().inbox().message(3).flags());
    }

    private static Flags keywords(int from, int count) {
        return Flags.of(IntStream.range(from, from + count).mapToObj(i -> "k" + i).toList());
    }

    private void assertLimited(Consumer<Transaction> work, String why) {
        var refused = assertThrows(MailboxException.class, () -> run(work));
        assertEquals(MailboxException.Reason.LIMIT, refused.reason());
        assertEquals(why, refused.getMessage());
    }

    @Test
    void whatOthersHaveNotedOfAFolderGoesWithIt() {
        create();
        run(t -> t.createAccount("bob"));
        run(t -> t.annotate("bob", "alice", folder("INBOX").id(), "/private/comment", Optional.of("mine")));
        var noted = assertInstanceOf(Change.AnnotationChanged.class, commits.getLast().changes().getFirst());
        assertEquals("user/alice/INBOX", noted.folder());
        assertEquals(1, store.state().account("bob").orElseThrow().annotations().size());
        run(t -> t.removeAccount("alice"));
        assertEquals(Map.of(), store.state().account("bob").orElseThrow().annotations());
        assertThrows(IllegalStateException.class, () -> noted.applyTo(store.state()));
    }

    @Test
    void onlyTheEndOfATransactionCountsForAQuota() {
        create();
        run(t -> {
            append(t, "INBOX", Flags.NONE);
            append(t, "INBOX", Flags.NONE);
            t.setQuota("alice", Quota.NONE.with(QuotaResource.MESSAGE, 2).with(QuotaResource.MAILBOX, 1));
        });
        // What goes makes room for what comes, in whatever order.
        run(t -> {
            append(t, "INBOX", Flags.NONE);
            t.expunge("alice", t.folder("alice", "INBOX").id(), 1);
        });
        assertOverQuota("That would make 3 messages in account alice, whose quota is 2 messages.",
                t -> append(t, "INBOX", Flags.NONE));
        assertOverQuota("That would make 3 folders in account alice, whose quota is 1 folder.",
                t -> t.createFolder("alice", "Work/Below"));
        assertOverQuota("That would make 2 folders in account alice, whose quota is 1 folder.",
                t -> t.renameFolder("alice", "INBOX", "Old"));
    }

    @Test
    void anAccountBeyondItsQuotaCanOnlyShrink() {
        create();
        run(t -> {
            for (var i = 0; i < 5; i++) {
                append(t, "INBOX", Flags.NONE);
            }
            t.createFolder("alice", "Work");
        });
        run(t -> t.setQuota("alice", Quota.NONE.with(QuotaResource.MESSAGE, 3)));
        run(t -> t.setFlags("alice", folder("INBOX").id(), 1, Flags.SEEN));
        // A move within the account keeps its size.
        run(t -> {
            append(t, "Work", Flags.NONE);
            t.expunge("alice", folder("INBOX").id(), 1);
        });
        run(t -> t.expunge("alice", folder("INBOX").id(), 2));
        assertOverQuota("That would make 5 messages in account alice, whose quota is 3 messages.",
                t -> append(t, "Work", Flags.NONE));
        run(t -> t.deleteFolder("alice", "Work"));
        assertOverQuota("That would make 4 messages in account alice, whose quota is 3 messages.",
                t -> append(t, "INBOX", Flags.NONE));
    }

    @Test
    void storageIsCountedInWholeUnits() {
        create();
        run(t -> t.setQuota("alice", Quota.NONE.with(QuotaResource.STORAGE, 2)));
        run(t -> t.append("alice", folder("INBOX").id(), Flags.NONE, DATE, Content.of(new byte[2_000])));
        run(t -> t.append("alice", folder("INBOX").id(), Flags.NONE, DATE, Content.of(new byte[48])));
        assertEquals(2, QuotaResource.STORAGE.usage(store.state().account("alice").orElseThrow()));
        assertOverQuota("That would make 3 units of 1,024 octets in account alice, whose quota is 2 units of 1,024"
                + " octets.",
                t -> t.append("alice", folder("INBOX").id(), Flags.NONE, DATE, Content.of(new byte[1])));
    }

    @Test
    void quotasThatAreSetBeforeDoNotBindAnAccountMadeAnew() {
        create();
        run(t -> t.setQuota("alice", Quota.NONE.with(QuotaResource.MESSAGE, 0)));
        run(t -> {
            t.removeAccount("alice");
            t.createAccount("alice");
            append(t, "INBOX", Flags.NONE);
            t.setQuota("alice", Quota.NONE.with(QuotaResource.MESSAGE, 0));
        });
        assertEquals(1, folder("INBOX").size());
        assertEquals(Quota.NONE.with(QuotaResource.MESSAGE, 0), store.state().account("alice").orElseThrow().quota());
    }

    private void assertOverQuota(String why, Consumer<Transaction> work) {
        var before = store.state();
        var refused = assertThrows(MailboxException.class, () -> run(work));
        assertEquals(MailboxException.Reason.OVERQUOTA, refused.reason());
        assertEquals(why, refused.getMessage());
        assertSame(before, store.state());
    }

    @Test
    void modificationSequencesGrowAcrossFolders() {
        create();
        run(t -> t.createFolder("alice", "Work"));
        run(t -> append(t, "INBOX", Flags.NONE));
        run(t -> append(t, "Work", Flags.NONE));
        var inbox = folder("INBOX");
        assertTrue(folder("Work").modSeq() > inbox.modSeq());
        run(t -> t.setFlags("alice", inbox.id(), 1, Flags.SEEN));
        assertTrue(folder("INBOX").modSeq() > folder("Work").modSeq());
        assertEquals(List.of(1L), List.copyOf(folder("INBOX").changedSince(inbox.modSeq())));
    }

    @Test
    void anExpungedUidIsRememberedAndNeverGivenAgain() {
        create();
        run(t -> append(t, "INBOX", Flags.NONE));
        run(t -> append(t, "INBOX", Flags.NONE));
        var before = folder("INBOX").modSeq();
        run(t -> t.expunge("alice", folder("INBOX").id(), 2));
        run(t -> append(t, "INBOX", Flags.NONE));
        assertEquals(List.of(2L), List.copyOf(folder("INBOX").vanishedSince(before)));
        assertEquals(List.of(1L, 3L), List.copyOf(folder("INBOX").messages().keySet()));
    }

    @Test
    void aFolderMadeAgainHasAnotherIdAndUidValidity() {
        create();
        run(t -> t.createFolder("alice", "Work"));
        var first = folder("Work");
        run(t -> t.deleteFolder("alice", "Work"));
        run(t -> t.createFolder("alice", "Work"));
        assertTrue(folder("Work").uidValidity() > first.uidValidity());
        assertTrue(folder("Work").id() > first.id());
    }

    /** RFC 9051 section 2.3.1.1: 32 bits, and more than before. */
    @ParameterizedTest
    @ValueSource(longs = {-1_000_000, 0, 1_000_000, 999_999, 0xFFFF_FFFFL, 0x1_0000_0000L, 9_000_000_000_000L})
    void numbersGoUpWhateverTheClockSays(long seconds) {
        create();
        run(t -> t.createFolder("alice", "Work"));
        run(t -> append(t, "INBOX", Flags.NONE));
        var before = store.state();
        var folder = folder("Work");
        var earlier = folder("INBOX").message(1);
        now = Instant.ofEpochSecond(seconds);
        run(t -> t.deleteFolder("alice", "Work"));
        run(t -> t.createFolder("alice", "Work"));
        run(t -> append(t, "INBOX", Flags.NONE));
        assertTrue(folder("Work").uidValidity() > folder.uidValidity());
        assertTrue(folder("Work").uidValidity() <= 0xFFFF_FFFFL);
        assertTrue(store.state().version() > before.version() && store.state().modSeq() > before.modSeq());
        var later = folder("INBOX").message(2);
        assertTrue(later.modSeq() > earlier.modSeq());
        assertEquals(now, later.saved());
    }

    @Test
    void renamingMovesWhatLiesBelow() {
        create();
        run(t -> t.createFolder("alice", "a/b/c"));
        run(t -> t.createFolder("alice", "ab"));
        var id = folder("a/b/c").id();
        run(t -> t.renameFolder("alice", "a", "x/y"));
        assertEquals(List.of("INBOX", "ab", "x", "x/y", "x/y/b", "x/y/b/c"), names());
        assertEquals(id, folder("x/y/b/c").id());
    }

    @Test
    void renamingInboxMovesItsMailAndLeavesItEmpty() {
        create();
        run(t -> append(t, "INBOX", Flags.SEEN));
        run(t -> t.renameFolder("alice", "inbox", "Old"));
        assertEquals(0, folder("INBOX").size());
        assertEquals(Flags.SEEN, folder("Old").message(1).flags());
    }

    @Test
    void aFolderCannotMoveIntoItself() {
        create();
        run(t -> t.createFolder("alice", "a"));
        var refused = assertThrows(MailboxException.class, () -> run(t -> t.renameFolder("alice", "a", "a/b")));
        assertEquals(MailboxException.Reason.CANNOT, refused.reason());
    }

    @Test
    void deletingAFolderWithChildrenLeavesAnUnselectableName() {
        create();
        run(t -> t.createFolder("alice", "a/b"));
        run(t -> append(t, "a", Flags.NONE));
        run(t -> t.deleteFolder("alice", "a"));
        assertFalse(folder("a").selectable());
        assertEquals(0, folder("a").size());
        var refused = assertThrows(MailboxException.class, () -> run(t -> t.deleteFolder("alice", "a")));
        assertEquals(MailboxException.Reason.HASCHILDREN, refused.reason());
        run(t -> t.createFolder("alice", "a"));
        assertTrue(folder("a").selectable());
    }

    @Test
    void namesWithEmptyLevelsAreRefused() {
        create();
        for (var name : List.of("", "/a", "a/", "a//b")) {
            assertThrows(MailboxException.class, () -> run(t -> t.createFolder("alice", name)), name);
        }
    }

    /** Whatever is done, applying the logged changes to the state before gives the state after, counters and all. */
    @Test
    void theLoggedChangesMakeTheSameStates() {
        var random = new Random(42);
        create();
        for (var i = 0; i < 3_000; i++) {
            try {
                run(t -> anything(t, random));
            } catch (MailboxException e) {
                assertFalse(e.getMessage().isEmpty());
            }
        }
        assertTrue(commits.size() > 1_500, "too little happened: " + commits.size());
        var state = ServerState.EMPTY;
        for (var commit : commits) {
            for (var change : commit.changes()) {
                state = change.applyTo(state);
            }
            state = state.at(commit.after().version());
            assertEquals(commit.after(), state);
        }
        for (var folder : store.state().account("alice").orElseThrow().folders().values()) {
            var messages = folder.messages().values();
            assertEquals(messages.stream().filter(m -> !m.flags().seen()).count(), folder.unseen());
            assertEquals(messages.stream().mapToLong(Message::size).sum(), folder.octets());
            assertEquals(messages.stream().map(Message::modSeq).sorted().toList(),
                    List.copyOf(folder.byModSeq().keySet()));
        }
    }

    private void anything(Transaction t, Random random) {
        var names = names();
        var name = names.get(random.nextInt(names.size()));
        var folder = t.folder("alice", name);
        switch (random.nextInt(12)) {
            case 0 -> t.createFolder("alice", "f" + random.nextInt(6) + (random.nextBoolean() ? "/g" : ""));
            case 1 -> t.deleteFolder("alice", name);
            case 2 -> t.renameFolder("alice", name, "f" + random.nextInt(6) + "/h" + random.nextInt(3));
            case 3 -> t.subscribe("alice", name, random.nextBoolean());
            case 4 -> t.claimRecent("alice", folder.id());
            case 5, 6, 7 -> t.setFlags("alice", folder.id(), anyUid(folder, random),
                    random.nextBoolean() ? Flags.SEEN : Flags.of("k" + random.nextInt(3), "\\Deleted"));
            case 8 -> t.expunge("alice", folder.id(), anyUid(folder, random));
            default -> append(t, name, random.nextBoolean() ? Flags.SEEN : Flags.of("work"));
        }
    }

    private static long anyUid(Folder folder, Random random) {
        return 1 + random.nextInt((int) folder.uidNext());
    }

    private void create() {
        run(t -> t.createAccount("alice"));
    }

    private void run(Consumer<Transaction> work) {
        store.transact(Cause.SERVER, t -> {
            work.accept(t);
            return null;
        });
    }

    private Folder folder(String name) {
        return store.state().account("alice").orElseThrow().folder(name).orElseThrow();
    }

    private List<String> names() {
        return List.copyOf(store.state().account("alice").orElseThrow().folders().keySet());
    }

    private static void append(Transaction t, String folder, Flags flags) {
        var text = "Subject: " + t.state().version() + "\r\n\r\n";
        t.append("alice", t.folder("alice", folder).id(), flags, DATE,
                Content.of(text.getBytes(StandardCharsets.US_ASCII)));
    }
}
