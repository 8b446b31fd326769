package dev.mailscope.server.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.stream.JsonWriter;

import dev.mailscope.server.mailbox.Flags;
import dev.mailscope.server.trace.Moment;
import dev.mailscope.server.trace.Progress;
import dev.mailscope.server.trace.Recording;
import dev.mailscope.server.trace.What;
import dev.mailscope.server.transcript.RecordedTranscripts;
import dev.mailscope.server.transcript.TestServer;

@Timeout(180)
class HtmlPageTest {
    private static final String HOSTILE = "</script><script>document.title='hit'</script><!--<img src=x "
            + "onerror=\"document.title='hit'\">--> ' \" & \u2028\u2029 ]]> @RECORDING@ @VIEW@ </ScRiPt ";
    private static final Pattern DATA = Pattern.compile(
            "<script type=\"application/json\" id=\"recording\">([^<]*)</script>");

    @TempDir
    private Path folder;

    @Test
    void whatComesFromTheRecordingIsDataAlone() throws IOException {
        try (var server = hostile()) {
            var page = Exports.text(Format.HTML, Selection.all(server.recording()));
            var outside = DATA.matcher(page).replaceAll("");
            assertFalse(outside.contains("onerror"), "in the page outside its data");
            assertFalse(outside.contains("'hit'"));
            assertEquals(3, count(outside, "<script>"));
            assertEquals(4, count(page, "</script>"));
            assertFalse(page.contains("\u2028"));
            var lines = data(page).toString();
            assertTrue(lines.contains("document.title"), "the hostile text is there, as text");
        }
    }

    @Test
    void thePageNeedsNothingFromOutsideAndRunsNoOtherScript() throws IOException {
        try (var server = hostile()) {
            var page = Exports.text(Format.HTML, Selection.all(server.recording()));
            var policy = page.replaceAll("(?s).*Content-Security-Policy\" content=\"([^\"]*)\".*", "$1");
            assertTrue(policy.startsWith("default-src 'none'; script-src 'sha256-"), policy);
            assertFalse(policy.contains("unsafe"), policy);
            assertFalse(policy.contains("http"), policy);
            var outside = DATA.matcher(page).replaceAll("");
            assertFalse(Pattern.compile("(?i)\\b(?:src|href|url|import|fetch|XMLHttpRequest)\\b\\s*[=(]")
                    .matcher(outside).find());
            assertFalse(outside.contains("innerHTML"));
        }
    }

    @Test
    void theStateAtTheBeginningAndTheChangesAreThereOnce() throws IOException {
        try (var server = server()) {
            var client = server.connect("imap");
            client.ask("a1 LOGIN alice wonderland");
            client.ask("a2 SELECT INBOX");
            var from = server.recording().last() + 1;
            client.ask("a3 STORE 1 +FLAGS (\\Seen)");
            var page = data(Exports.text(Format.HTML, Selection.all(server.recording()).range(from,
                    server.recording().last())));
            assertEquals(JsonParser.parseString(state(server.recording().at(from - 1))), page.get("start"));
            assertEquals(server.recording().last() - from + 1, page.getAsJsonArray("events").size());
            var mail = page.getAsJsonObject("mail");
            var content = page.getAsJsonObject("start").getAsJsonArray("accounts").get(0).getAsJsonObject()
                    .getAsJsonArray("folders").get(0).getAsJsonObject().getAsJsonArray("messages").get(0)
                    .getAsJsonObject().get("content").getAsString();
            assertEquals("one", mail.getAsJsonObject(content).get("subject").getAsString());
        }
    }

    @Test
    void whatOthersChangeIsThereAsideWhenOneSessionIsTaken() throws IOException {
        try (var server = server()) {
            var one = server.connect("imap");
            var other = server.connect("imap");
            one.ask("a1 LOGIN alice wonderland");
            one.ask("a2 SELECT INBOX");
            other.ask("b1 LOGIN alice wonderland");
            other.ask("b2 SELECT INBOX");
            other.ask("b3 STORE 1 +FLAGS (\\Seen)");
            one.ask("a3 NOOP");
            var events = data(Exports.text(Format.HTML, Selection.all(server.recording()).ofSessions(one.number())))
                    .getAsJsonArray("events");
            var aside = new ArrayList<JsonObject>();
            for (var event : events) {
                if (event.getAsJsonObject().has("aside")) {
                    aside.add(event.getAsJsonObject());
                } else {
                    assertEquals(one.number(), event.getAsJsonObject().get("session").getAsLong());
                }
            }
            assertTrue(aside.toString().contains("\"flags\":[\"\\\\Seen\"]"), aside::toString);
            assertTrue(aside.stream().allMatch(event -> event.get("kind").getAsString().equals("state")));
        }
    }

    @Test
    void missingEventsAreNamedAndFollowedByTheStateThatIsKnown() throws IOException {
        try (var server = server()) {
            var last = server.recording().last();
            var events = data(Exports.text(Format.HTML, Selection.all(server.recording()).range(last, last + 2)))
                    .getAsJsonArray("events");
            assertEquals(2, events.size());
            assertEquals("missing", events.get(1).getAsJsonObject().get("kind").getAsString());
            assertEquals(last + 1, events.get(1).getAsJsonObject().get("first").getAsLong());
        }
    }

    @Test
    void aHostilePageRunsNothingInABrowserAndShowsItsText() throws IOException, InterruptedException {
        assumeTrue(Chromium.isInstalled(), "no Chromium");
        try (var server = hostile()) {
            var file = folder.resolve("hostile.html");
            Export.write(Format.HTML, Selection.all(server.recording()), file, Progress.NONE);
            var shown = Chromium.elements(file, "", folder.resolve("profile"));
            assertTrue(shown.contains("<title>Mailscope trace</title>"), "a script has run");
            assertFalse(shown.contains("<img"), "an element was made");
            assertTrue(shown.contains("&lt;img src=x"), "the text is not shown");
            assertTrue(shown.contains("aria-selected=\"true\""), "no event is chosen");
        }
    }

    @Test
    void everyMomentIsComputedAsTheServerKnowsIt() throws IOException, InterruptedException {
        assumeTrue(Chromium.isInstalled(), "no Chromium");
        var pages = new Pages();
        for (var protocol : List.of("imap", "pop3")) {
            RecordedTranscripts.each(protocol, (name, recording) -> pages.add(protocol + "/" + name, recording));
        }
        assertTrue(pages.moments > 2_000, pages.moments + " moments");
        var file = folder.resolve("moments.html");
        Files.writeString(file, pages.text());
        var shown = Chromium.elements(file, "", folder.resolve("profile"));
        var result = shown.replaceAll("(?s).*<pre id=\"result\">(.*)</pre>.*", "$1");
        assertEquals("as many as " + pages.moments, result);
    }

    @Test
    void keysClicksSliderSearchAndFilterChooseEvents() throws IOException, InterruptedException {
        assumeTrue(Chromium.isInstalled(), "no Chromium");
        try (var server = server()) {
            var client = server.connect("imap");
            client.ask("a1 LOGIN alice wonderland");
            client.ask("a2 SELECT INBOX");
            client.ask("a3 STORE 1 +FLAGS (\\Deleted)");
            client.ask("a4 EXPUNGE");
            server.connect("pop3").ask("NOOP");
            var page = Exports.text(Format.HTML, Selection.all(server.recording()));
            var file = folder.resolve("reader.html");
            // Another script runs here, which the page's own policy would not let in.
            Files.writeString(file, page.replaceFirst("<meta http-equiv=[^>]*>", "").replace("</body>", READER + "</body>"));
            var shown = Chromium.elements(file, "", folder.resolve("profile"));
            var last = server.recording().last();
            var expunged = server.recording().events(1, 1_000).stream()
                    .filter(event -> event.what() instanceof What.StateChanged && event.command().equals("EXPUNGE"))
                    .findFirst().orElseThrow().number();
            assertTrue(shown.contains("<title>start 1; down 2; down 3; up 2; end " + last + "; home 1; click 5; slider 7; "
                    + "change " + expunged + "; gone removed; found 1; back to the last match; pop3 only; none hidden</title>"),
                    () -> shown.replaceAll("(?s).*(<title>.*</title>).*", "$1") + ", expunged at " + expunged);
        }
    }

    private static final String READER = """
            <script>
            const said = [];
            const number = () => events[chosen].number;
            const press = key => (document.activeElement.closest('tr') ?? rows[chosen])
              .dispatchEvent(new KeyboardEvent('keydown', {key, bubbles: true, cancelable: true}));
            said.push(`start ${number()}`);
            for (const [name, key] of [['down', 'ArrowDown'], ['down', 'ArrowDown'], ['up', 'ArrowUp'], ['end', 'End'],
                ['home', 'Home']]) {
              press(key);
              said.push(`${name} ${number()}`);
            }
            rows[4].click();
            said.push(`click ${number()}`);
            byId('slider').value = 6;
            byId('slider').dispatchEvent(new Event('input'));
            said.push(`slider ${number()}`);
            while (!byId('event').textContent.includes('EXPUNGE') || events[chosen].kind !== 'state') {
              byId('next-change').click();
            }
            said.push(`change ${number()}`);
            said.push(`gone ${document.querySelector('#mail tr.gone .mark').textContent}`);
            byId('query').value = 'subject-of-nobody';
            byId('query').dispatchEvent(new Event('input'));
            byId('query').value = 'a3 store';
            byId('query').dispatchEvent(new Event('input'));
            const first = found[0];
            choose(visible.at(-1));
            byId('search').requestSubmit();
            said.push(`found ${byId('matches').textContent.split(' ')[0]}`);
            byId('query').dispatchEvent(new KeyboardEvent('keydown', {key: 'Enter', shiftKey: true, cancelable: true}));
            said.push(chosen === found.at(-1) && found.length > 1 && first === found[0] ? 'back to the last match' : 'lost');
            byId('session').value = '2';
            byId('session').dispatchEvent(new Event('change'));
            said.push(visible.every(place => events[place].protocol === 'pop3') && visible.includes(chosen) ? 'pop3 only'
              : 'others too');
            byId('session').value = '';
            byId('session').dispatchEvent(new Event('change'));
            said.push(rows.some(row => row.hidden) ? 'some hidden' : 'none hidden');
            document.title = said.join('; ');
            </script>
            """;

    @Test
    void tenThousandEventsOpen() throws IOException, InterruptedException {
        assumeTrue(Chromium.isInstalled(), "no Chromium");
        try (var server = server()) {
            var client = server.connect("imap");
            client.ask("a1 LOGIN alice wonderland");
            client.ask("a2 SELECT INBOX");
            for (var i = 0; server.recording().last() < 10_000; i++) {
                client.ask("b" + i + " STORE 1 " + (i % 2 == 0 ? "+" : "-") + "FLAGS (\\Flagged)");
            }
            var file = folder.resolve("large.html");
            Export.write(Format.HTML, Selection.all(server.recording()), file, Progress.NONE);
            var shown = Chromium.elements(file, "#10000", folder.resolve("profile"));
            assertTrue(count(shown, "<tr class=") > 10_000);
            assertTrue(shown.contains("Event 10000: "));
            assertTrue(Files.size(file) < 10_000_000, Files.size(file) + " octets");
        }
    }

    /** A page that computes every moment of many recordings and says which are not as they should be. */
    private static final class Pages {
        private final StringBuilder cases = new StringBuilder();
        private int moments;

        void add(String name, Recording recording) throws IOException {
            var all = Selection.all(recording);
            var data = DATA.matcher(Exports.text(Format.HTML, all));
            assertTrue(data.find());
            var expected = new JsonArray();
            var places = new HashMap<Moment, Integer>();
            for (var number = all.first(); number <= all.last(); number++) {
                var moment = recording.at(number);
                var known = places.get(new Moment(0, moment.server(), moment.sessions(), moment.devices()));
                if (known == null) {
                    places.put(new Moment(0, moment.server(), moment.sessions(), moment.devices()), expected.size());
                    expected.add(JsonParser.parseString(state(moment)));
                } else {
                    expected.add(known); // the same as that one
                }
                moments++;
            }
            cases.append("check(").append(JsonParser.parseString('"' + name + '"')).append(", ").append(data.group(1))
                    .append(", ").append(expected.toString().replace("<", "\\u003c")).append(");\n");
        }

        String text() throws IOException {
            var timeline = new String(HtmlPage.class.getResourceAsStream("page/timeline.js").readAllBytes(),
                    StandardCharsets.UTF_8);
            return """
                    <!DOCTYPE html><meta charset="utf-8"><pre id="result"></pre><script>%s</script><script>
                    Timeline.INTERVAL = 7; // so that many states are kept
                    const wrong = [];
                    let right = 0;
                    const plain = value => JSON.stringify(value, (key, inner) =>
                      inner && typeof inner === 'object' && !Array.isArray(inner)
                        ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => a < b ? -1 : 1)) : inner);
                    function check(name, recording, expected) {
                      const timeline = new Timeline(recording);
                      const compare = place => {
                        const at = typeof expected[place] === 'number' ? expected[place] : place;
                        const wanted = expected[at];
                        const is = plain(Timeline.written(timeline.at(place)));
                        if (is === plain(wanted)) {
                          right++;
                        } else {
                          wrong.push(`${name} ${place}: ${is} and not ${plain(wanted)}`);
                        }
                      };
                      compare(expected.length - 1); // forwards in one go, and then each, as a reader jumps
                      right--;
                      recording.events.forEach((event, place) => compare(recording.events.length - 1 - place));
                    }
                    %s
                    document.getElementById('result').textContent = wrong[0] ?? `as many as ${right}`;
                    </script>
                    """.formatted(timeline, cases);
        }
    }

    private static String state(Moment moment) throws IOException {
        var text = new StringWriter();
        new PageState(new JsonWriter(text), message -> { }).write(moment, session -> true);
        return text.toString();
    }

    private static JsonObject data(String page) {
        var data = DATA.matcher(page);
        assertTrue(data.find());
        JsonElement read = JsonParser.parseString(data.group(1));
        assertFalse(data.find());
        return read.getAsJsonObject();
    }

    private static int count(String text, String part) {
        return text.split(Pattern.quote(part), -1).length - 1;
    }

    private static TestServer server() {
        var server = new TestServer();
        server.account("alice", "wonderland");
        server.deliver("alice", "INBOX", "Subject: one\r\nFrom: bob@example.org\r\n\r\nText\r\n"
                .getBytes(StandardCharsets.US_ASCII), Flags.NONE, TestServer.NOW);
        server.deliver("alice", "INBOX", "Subject: two\r\n\r\nText\r\n".getBytes(StandardCharsets.US_ASCII), Flags.SEEN,
                TestServer.NOW);
        return server;
    }

    private static TestServer hostile() throws IOException {
        var server = server();
        server.deliver("alice", "INBOX", ("Subject: " + HOSTILE + "\r\nFrom: \"" + HOSTILE.replace("\"", "")
                + "\" <a@example.org>\r\n\r\n" + HOSTILE + "\r\n").getBytes(StandardCharsets.UTF_8), Flags.NONE,
                TestServer.NOW);
        server.folder("alice", HOSTILE.replaceAll("[^\\x20-\\x7E]|[*%]|/", ""));
        server.recording().record(0, "", 0, "", "", "", new What.Remark(HOSTILE));
        var client = server.connect("imap");
        client.ask("a1 LOGIN alice wonderland");
        client.ask("a2 SELECT INBOX");
        client.ask("a3 FETCH 1:* (FLAGS ENVELOPE BODY[])");
        client.ask("a4 SEARCH SUBJECT \"</script><img src=x onerror=document.title='hit'>\"");
        client.ask("</script> <script>document.title='hit'</script>");
        return server;
    }
}
