package dev.mailscope.lab.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import dev.mailscope.lab.device.Action;
import dev.mailscope.lab.pack.Block;
import dev.mailscope.lab.pack.Lab;
import dev.mailscope.lab.pack.LabParser;

@Timeout(60)
class LabRunTest {
    private static final String TEXT = """
            # Two devices

            ```setup
            account alice secret
            mail alice INBOX
              Subject: Meeting
            device Laptop pop3 delete alice
            device Phone imap full alice
            ```

            ## Fetch it

            ```do
            mail alice INBOX
              Subject: Dinner
            ```

            ```predict number
            How many mails will the laptop have?
            = held('Laptop', 'INBOX')
            ```

            ```predict
            What is left?
            - nothing: messages('alice', 'INBOX') == 0
            - all: messages('alice', 'INBOX') == 2
            ```

            ```check
            The laptop was in Update: exists(number > step && session =~ sessions('Laptop') && phase == 'Update')
            The laptop has both: held('Laptop', 'INBOX') == 2
            ```

            ```hint
            Synchronise.
            ```

            ```quiz single
            Where is it?
            - [ ] there
            - [x] here
            ```

            ## And the phone

            ```do
            device Phone synchronise
            ```

            ```check
            It has a folder: held('Phone', 'INBOX') == 0 && exists(number > step && command == 'CREATE')
            ```
            """;

    @TempDir
    private Path folder;
    private LabRun run;

    private static Lab lab(String text) {
        var parsed = LabParser.parse(text, null);
        assertEquals(List.of(), parsed.problems());
        return parsed.lab();
    }

    private LabRun begin() throws IOException {
        run = LabRun.begin(lab(TEXT), folder.resolve("work"));
        return run;
    }

    @AfterEach
    void close() {
        if (run != null) {
            run.close();
        }
    }

    private static <B extends Block> B block(LabRun run, Class<B> kind, int index) {
        return run.step().orElseThrow().blocks(kind).get(index);
    }

    private void predict(String number) throws IOException {
        run.predict(block(run, Block.Prediction.class, 0), new Reply.Written(number));
        run.predict(block(run, Block.Prediction.class, 1), Reply.Chosen.of(0));
    }

    @Test
    void aLabIsWorkedThrough() throws Exception {
        begin();
        assertEquals(StepState.Stage.OPEN, run.progress().now().stage());
        assertThrows(IllegalStateException.class, run::begin, "nothing is predicted");
        var question = block(run, Block.Question.class, 0);
        assertThrows(IllegalStateException.class, () -> run.answer(question, Reply.Chosen.of(1)));
        assertThrows(IllegalArgumentException.class,
                () -> run.predict(block(run, Block.Prediction.class, 0), Reply.Chosen.of(1)));
        predict("2");
        run.begin();
        assertEquals(List.of(false, false), run.progress().now().findings().stream().map(Finding::holds).toList());
        assertThrows(IllegalStateException.class, () -> predict("3"));
        var all = new CountDownLatch(1);
        run.addListener(() -> {
            if (run.progress().steps().getFirst().findings().stream().allMatch(Finding::holds)) {
                all.countDown();
            }
        });
        run.device("Laptop").orElseThrow().synchronise();
        assertTrue(all.await(20, TimeUnit.SECONDS), "the checks are looked at by themselves");
        run.answer(question, Reply.Chosen.of(0));
        assertThrows(IllegalStateException.class, () -> run.answer(question, Reply.Chosen.of(1)));
        assertEquals("Synchronise.", run.hint().orElseThrow().markdown());
        assertTrue(run.hint().isEmpty());
        var ended = run.end();
        assertEquals(new Happened(true, List.of(), OptionalLong.of(2), ""), ended.happened().get(0));
        assertEquals(new Happened(true, List.of(0), OptionalLong.empty(), ""), ended.happened().get(1));
        assertEquals(4, ended.points(run.lab().steps().getFirst()));
        assertEquals(1, ended.hints());
        var proof = run.server().trace().event(ended.findings().getFirst().event());
        assertEquals("Update", proof.phase());
        run.begin();
        run.device("Phone").orElseThrow().perform(new Action.CreateFolder("Work"));
        assertEquals(1, run.end().points(run.lab().steps().get(1)));
        assertTrue(run.progress().isFinished());
        assertEquals(5, run.progress().points(run.lab()));
        assertEquals(6, run.lab().points());
        assertThrows(IllegalStateException.class, run::begin);
    }

    @Test
    void aStepIsDoneAgainFromHowItWas() throws Exception {
        begin();
        predict("7");
        run.begin();
        run.device("Laptop").orElseThrow().synchronise();
        assertEquals(3, run.end().points(run.lab().steps().getFirst()));
        run.begin();
        var server = run.server();
        run.retry(0);
        assertNotEquals(server, run.server());
        assertFalse(server.isRunning());
        assertEquals(StepState.Stage.OPEN, run.progress().now().stage());
        assertEquals(StepState.Stage.COMING, run.progress().steps().get(1).stage());
        assertEquals(0, run.device("Laptop").orElseThrow().copy().folder("INBOX").orElseThrow().messages().size());
        assertEquals(1, run.server().trace().live().server().account("alice").orElseThrow().inbox().messages().size());
        run.begin();
        run.device("Laptop").orElseThrow().synchronise();
        var ended = run.end();
        assertEquals(3, ended.points(run.lab().steps().getFirst()), "what was predicted stays");
        assertEquals(2, ended.tries());
        assertEquals(2, ended.part());
        assertThrows(IllegalArgumentException.class, () -> run.retry(2));
        run.retry(1);
        assertEquals(2, run.device("Laptop").orElseThrow().copy().folder("INBOX").orElseThrow().messages().size());
        assertEquals(3, run.progress().points(run.lab()));
    }

    @Test
    void workIsResumedWhereItWas() throws Exception {
        begin();
        predict("2");
        run.begin();
        run.device("Laptop").orElseThrow().synchronise();
        run.end();
        run.begin();
        run.device("Phone").orElseThrow().perform(new Action.CreateFolder("Lost"));
        run.close();
        assertThrows(IllegalStateException.class, run::begin);
        var work = folder.resolve("work");
        assertThrows(IOException.class, () -> LabRun.begin(lab(TEXT), work));
        assertThrows(IOException.class, () -> LabRun.resume(lab(TEXT.replace("Fetch it", "Fetch")), work));
        run = LabRun.resume(lab(TEXT), work);
        assertEquals(1, run.progress().current());
        assertEquals(4, run.progress().points(run.lab()), "the first step has its points");
        assertTrue(run.device("Phone").orElseThrow().copy().folder("Lost").isEmpty());
        assertEquals(2, run.device("Laptop").orElseThrow().copy().folder("INBOX").orElseThrow().messages().size());
        run.begin();
        run.device("Phone").orElseThrow().perform(new Action.CreateFolder("Work"));
        run.end();
        assertEquals(5, run.progress().points(run.lab()));
        run.close();
        run = LabRun.resume(lab(TEXT), work);
        assertTrue(run.progress().isFinished());
        assertTrue(run.server().trace().live().server().account("alice").orElseThrow().folder("Work").isPresent());
        run.close();
        Files.writeString(work.resolve("work.json"), "{\"format\":1,\"parts\":[]}");
        assertTrue(assertThrows(IOException.class, () -> LabRun.resume(lab(TEXT), work)).getMessage()
                .contains("damaged"));
    }

    @Test
    void twoLabsDoNotDisturbEachOther() throws Exception {
        begin();
        try (var other = LabRun.begin(lab(TEXT), folder.resolve("other"))) {
            assertThrows(IOException.class, () -> LabRun.resume(lab(TEXT), folder.resolve("other")));
            predict("2");
            run.begin();
            run.device("Laptop").orElseThrow().synchronise();
            run.look();
            assertTrue(run.progress().now().findings().get(1).holds());
            assertNotEquals(run.server().address("pop3"), other.server().address("pop3"));
            assertEquals(0, other.server().trace().live().devices().get("Laptop").held("INBOX"));
            assertEquals(1, other.server().trace().live().server().account("alice").orElseThrow().inbox().messages()
                    .size());
        }
    }

    @Test
    void whatCannotBeDoneIsSaidWithItsLine() throws Exception {
        var text = "# T\n\n```setup\naccount a b\ndevice P imap full a\ndevice P offline\n```\n\n## S\n\n```do\n"
                + "folder a Work\ndevice P synchronise\n```\n";
        try (var lab = LabRun.begin(lab(text), folder.resolve("work"))) {
            var e = assertThrows(IOException.class, lab::begin);
            assertEquals("Line 13 of the lab cannot be done: P is offline.", e.getMessage());
            assertEquals(StepState.Stage.OPEN, lab.progress().now().stage());
            // Not "there is a folder already": it begins from where it was.
            assertEquals(e.getMessage(), assertThrows(IOException.class, lab::begin).getMessage());
        }
        var missing = "# T\n\n```setup\naccount a b\nmail a Work\n  Subject: x\n```\n\n## S\n";
        assertTrue(assertThrows(IOException.class, () -> LabRun.begin(lab(missing), folder.resolve("w2"))).getMessage()
                .startsWith("Line 5 of the lab cannot be done: "));
        LabRun.begin(lab(TEXT), folder.resolve("w2")).close();
    }

    @Test
    void aConditionHasItsTime() throws Exception {
        var text = "# T\n\n```setup\naccount a b\n```\n\n## S\n\n```check\nIt: exists(('" + "x".repeat(3_000)
                + "' =~ '^(x+x+)+y') || number < 0)\nOther: messages('a', 'INBOX') == 0\n```\n";
        try (var lab = LabRun.begin(lab(text), folder.resolve("work"))) {
            var started = System.nanoTime();
            lab.begin();
            var findings = lab.progress().now().findings();
            assertTrue(findings.getFirst().problem().contains("took longer than 1 second"), findings::toString);
            assertTrue(findings.get(1).holds());
            assertTrue(System.nanoTime() - started < Duration.ofSeconds(10).toNanos());
        }
    }

    @Test
    void repliesAreCompared() {
        assertTrue(new Reply.Written(" uidl  N ").isRight(new Block.FreeText(List.of("UIDL n"))));
        assertFalse(new Reply.Written("uidl").isRight(new Block.FreeText(List.of("UIDL n"))));
        assertTrue(new Reply.Written("-3").isRight(new Block.WholeNumber(-3)));
        assertFalse(new Reply.Written("").isRight(new Block.WholeNumber(0)));
        assertTrue(new Reply.Chosen(Set.of(1, 2)).isRight(
                new Block.Choice(List.of("a", "b", "c"), Set.of(2, 1), true)));
        assertFalse(new Reply.Ordered(List.of("b", "a")).isRight(new Block.Order(List.of("a", "b"))));
        assertEquals("All things must be put in order.",
                new Reply.Ordered(List.of("a", "a")).objection(new Block.Order(List.of("a", "b"))));
    }
}
