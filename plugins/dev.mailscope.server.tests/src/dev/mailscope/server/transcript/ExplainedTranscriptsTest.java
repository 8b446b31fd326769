package dev.mailscope.server.transcript;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import dev.mailscope.server.explain.Explainer;
import dev.mailscope.server.trace.Octets;
import dev.mailscope.server.trace.Recording;
import dev.mailscope.server.trace.TraceEvent;
import dev.mailscope.server.trace.What;

/** Each octet of each line of all transcripts is explained, and what Mailscope understands or says is known to it. */
class ExplainedTranscriptsTest {
    /** Words that the transcripts made up. */
    private static final Pattern MADE_UP = Pattern.compile("capability (X-UNHEARD-OF|NOTHING)|folder attribute .Lucky");

    @TestFactory
    Stream<DynamicTest> eachOctetIsExplained() throws IOException {
        var all = Stream.<DynamicTest>of();
        for (var protocol : List.of("imap", "pop3")) {
            try (var files = Files.list(Transcripts.root().resolve(protocol))) {
                all = Stream.concat(all, files.filter(file -> file.toString().endsWith(".transcript")).sorted().toList()
                        .stream().map(file -> dynamicTest(protocol + "/" + file.getFileName(), file.toUri(),
                                () -> TranscriptRunner.run(Transcript.read(file), 0,
                                ExplainedTranscriptsTest::check))));
            }
        }
        return all;
    }

    private static void check(Recording recording) {
        var problems = new ArrayList<String>();
        var explained = 0;
        for (var event : recording.events(recording.first(), Integer.MAX_VALUE)) {
            var octets = octets(event);
            if (octets == null) {
                continue;
            }
            explained++;
            var at = 0;
            for (var each : Explainer.of(recording, event)) {
                var range = each.range();
                assertEquals(at, range.offset(), () -> "a gap or an overlap in " + event);
                assertTrue(range.length() > 0 && !each.what().isEmpty() && each.reference().startsWith("RFC "),
                        each::toString);
                at = range.end();
                if (isUnderstood(recording, event) && (each.what().equals("unexpected part")
                        || each.here().contains("does not know") && !MADE_UP.matcher(each.what()).matches())) {
                    problems.add(each.what() + " at " + range.offset() + " of " + event.command() + ": " + octets);
                }
            }
            assertEquals(octets.size(), at, () -> "not explained to its end: " + event);
        }
        assertTrue(explained > 3);
        assertEquals("", String.join("\n", problems));
    }

    private static Octets octets(TraceEvent event) {
        return event.what() instanceof What.Received(var octets) ? octets
                : event.what() instanceof What.Response(var octets) ? octets : null;
    }

    /** True for what the server says, and for what it executes, or waits for more of, of what the client says. */
    private static boolean isUnderstood(Recording recording, TraceEvent event) {
        var next = recording.event(event.number() + 1);
        return event.what() instanceof What.Response || !event.command().isEmpty() && next != null
                && !(next.what() instanceof What.Rejected) && !(next.what() instanceof What.Closed);
    }
}
