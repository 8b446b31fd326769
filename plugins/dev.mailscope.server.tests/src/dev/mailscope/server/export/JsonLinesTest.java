package dev.mailscope.server.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.HashSet;
import java.util.List;

import org.junit.jupiter.api.Test;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.JsonWriter;

import dev.mailscope.server.mailbox.Rights;
import dev.mailscope.server.trace.Octets;
import dev.mailscope.server.trace.RandomTrace;
import dev.mailscope.server.trace.TraceEvent;
import dev.mailscope.server.trace.What;
import dev.mailscope.server.transcript.TestServer;

class JsonLinesTest {
    @Test
    void eachEventIsAnObjectOnALine() throws IOException {
        try (var server = server()) {
            var client = server.connect("pop3");
            client.ask("USER alice");
            client.ask("PASS wonderland");
            var lines = lines(Selection.all(server.recording()));
            assertEquals(server.recording().last(), lines.size());
            for (var i = 0; i < lines.size(); i++) {
                assertEquals(i + 1, lines.get(i).get("number").getAsLong());
            }
            var pass = lines.stream().filter(line -> line.has("secret")).findFirst().orElseThrow();
            assertEquals("""
                    {"kind":"received","number":%d,"time":"%s","session":1,"protocol":"pop3","phase":"Authorization",\
                    "command":"PASS","size":17,"secret":true,"text":"PASS ********\\r\\n"}""".formatted(
                    pass.get("number").getAsLong(), pass.get("time").getAsString()), pass.toString());
            assertEquals("[{\"change\":\"accountAdded\",\"account\":\"alice\"},{\"change\":\"folderCreated\","
                    + "\"account\":\"alice\",\"folderId\":1,\"folder\":\"INBOX\",\"uidValidity\":1767268800,\"modSeq\":1}]",
                    lines.getFirst().get("changes").toString());
        }
    }

    @Test
    void whoMayDoWhatIsWritten() throws IOException {
        try (var server = server()) {
            server.access("alice", "INBOX", "bob", Rights.parse("rl"));
            server.access("alice", "INBOX", "bob", null);
            var lines = lines(Selection.all(server.recording()));
            var change = "[{\"change\":\"accessChanged\",\"account\":\"alice\",\"folderId\":1,\"folder\":\"INBOX\","
                    + "\"identifier\":\"bob\"";
            assertEquals(change + ",\"rights\":\"lr\"}]", lines.get(lines.size() - 2).get("changes").toString());
            assertEquals(change + "}]", lines.getLast().get("changes").toString());
        }
    }

    @Test
    void whatIsNotSelectedIsNotWrittenAndWhatIsNotThereIsNamed() throws IOException {
        try (var server = server()) {
            server.connect("pop3").ask("NOOP");
            server.connect("imap").ask("a NOOP");
            var recording = server.recording();
            var last = recording.last();
            var second = lines(Selection.all(recording).ofSessions(2L));
            assertTrue(second.size() > 5);
            assertTrue(second.stream().allMatch(line -> line.get("session").getAsLong() == 2), second::toString);
            var end = lines(Selection.all(recording).range(last - 1, last + 7));
            assertEquals(3, end.size());
            assertEquals("{\"kind\":\"missing\",\"first\":" + (last + 1) + ",\"last\":" + (last + 7) + "}",
                    end.getLast().toString());
        }
    }

    @Test
    void octetsThatAreNoTextAreInBase64() throws IOException {
        var text = new StringWriter();
        var json = new JsonWriter(text);
        json.beginObject();
        JsonLines.event(json, new TraceEvent(1, 0, 1, "imap", 0, "Selected", "INBOX", "FETCH",
                new What.Response(Octets.of(new byte[] {'a', (byte) 0xFF, '\n'}))));
        json.endObject();
        assertEquals("{\"kind\":\"response\",\"number\":1,\"time\":\"1970-01-01T00:00:00Z\",\"session\":1,"
                + "\"protocol\":\"imap\",\"phase\":\"Selected\",\"folder\":\"INBOX\",\"command\":\"FETCH\",\"size\":3,"
                + "\"base64\":\"Yf8K\"}", text.toString());
    }

    @Test
    void everyKindOfEventIsOneObjectInWhichNoNameComesTwice() throws IOException {
        var random = new RandomTrace(7);
        var kinds = new HashSet<String>();
        for (var number = 1; number <= 3_000; number++) {
            var event = random.anyEvent(number);
            var text = new StringWriter();
            var json = new JsonWriter(text);
            json.beginObject();
            JsonLines.event(json, event);
            json.endObject();
            kinds.add(event.what().kind());
            assertFalse(text.toString().contains("\n"));
            try (var reader = new JsonReader(new StringReader(text.toString()))) {
                reader.setStrictness(Strictness.STRICT);
                check(reader);
                assertEquals(JsonToken.END_DOCUMENT, reader.peek());
            }
        }
        assertEquals(22, kinds.size());
    }

    private static void check(JsonReader reader) throws IOException {
        switch (reader.peek()) {
            case BEGIN_OBJECT -> {
                var names = new HashSet<String>();
                reader.beginObject();
                while (reader.hasNext()) {
                    var name = reader.nextName();
                    assertTrue(names.add(name), name);
                    check(reader);
                }
                reader.endObject();
            }
            case BEGIN_ARRAY -> {
                reader.beginArray();
                while (reader.hasNext()) {
                    check(reader);
                }
                reader.endArray();
            }
            default -> reader.skipValue();
        }
    }

    private static List<JsonObject> lines(Selection selection) throws IOException {
        return Exports.text(Format.JSON_LINES, selection).lines()
                .map(line -> JsonParser.parseString(line).getAsJsonObject()).toList();
    }

    private static TestServer server() {
        var server = new TestServer();
        server.account("alice", "wonderland");
        return server;
    }
}
