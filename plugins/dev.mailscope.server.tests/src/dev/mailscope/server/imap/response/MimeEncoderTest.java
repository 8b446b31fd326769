package dev.mailscope.server.imap.response;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.List;

import org.junit.jupiter.api.Test;

import dev.mailscope.server.imap.command.Dialect;
import dev.mailscope.server.message.Address;
import dev.mailscope.server.message.BodyStructure;
import dev.mailscope.server.message.Envelope;
import dev.mailscope.server.message.MessageOctets;
import dev.mailscope.server.message.MimePart;
import dev.mailscope.server.message.Parameter;

class MimeEncoderTest {
    private static final BodyStructure.Extension NO_EXTENSION = new BodyStructure.Extension(null, null, List.of(),
            null);
    private static final Envelope EMPTY = new Envelope(null, null, List.of(), List.of(), List.of(), List.of(),
            List.of(), List.of(), null, null);

    @Test
    void emptyEnvelopeIsAllNil() {
        assertEnvelope("(NIL NIL NIL NIL NIL NIL NIL NIL NIL NIL)", EMPTY);
    }

    @Test
    void envelopeQuotesEscapesAndUsesLiterals() {
        var alice = List.of(new Address("Alice \"A\" \\", null, "alice", "example.org"));
        var group = List.of(new Address(null, null, "friends", null), new Address(null, "@r", "b", "x"),
                new Address(null, null, null, null));
        assertEnvelope("(\"Mon\" {3}\r\nG\u00fcn ((\"Alice \\\"A\\\" \\\\\" NIL \"alice\" \"example.org\"))"
                + " NIL NIL ((NIL NIL \"friends\" NIL)(NIL \"@r\" \"b\" \"x\")(NIL NIL NIL NIL)) NIL NIL \"\""
                + " \"<a@b>\")",
                new Envelope("Mon", "G\u00fcn", alice, List.of(), List.of(), group, List.of(), List.of(), "", "<a@b>"));
    }

    @Test
    void textPartHasLines() {
        var fields = new BodyStructure.Fields(List.of(new Parameter("charset", "us-ascii")), null, null, "7bit", 3028);
        var text = new BodyStructure.Text("text", "plain", fields, 92, NO_EXTENSION);
        assertBody("(\"text\" \"plain\" (\"charset\" \"us-ascii\") NIL NIL \"7bit\" 3028 92)", text, false);
        assertBody("(\"text\" \"plain\" (\"charset\" \"us-ascii\") NIL NIL \"7bit\" 3028 92 NIL NIL NIL NIL)", text,
                true);
    }

    @Test
    void extensionDataIsWrittenForBodyStructureOnly() {
        var extension = new BodyStructure.Extension("md5", new BodyStructure.Disposition("attachment",
                List.of(new Parameter("filename", "a b"), new Parameter("x", ""))), List.of("en", "de"), "http://x");
        var basic = new BodyStructure.Basic("image", "png", new BodyStructure.Fields(List.of(), "<i>", "d", "base64",
                9), extension);
        assertBody("(\"image\" \"png\" NIL \"<i>\" \"d\" \"base64\" 9)", basic, false);
        assertBody("(\"image\" \"png\" NIL \"<i>\" \"d\" \"base64\" 9 \"md5\" (\"attachment\" (\"filename\" \"a b\""
                + " \"x\" \"\")) (\"en\" \"de\") \"http://x\")", basic, true);
        var mixed = new BodyStructure.Multipart(List.of(basic, basic), "mixed", List.of(new Parameter("boundary", "b")),
                NO_EXTENSION);
        var one = "(\"image\" \"png\" NIL \"<i>\" \"d\" \"base64\" 9)";
        assertBody("(" + one + one + " \"mixed\")", mixed, false);
        assertEquals(true, body(Dialect.REV1, mixed, true).endsWith(" \"mixed\" (\"boundary\" \"b\") NIL NIL NIL)"));
    }

    @Test
    void enclosedMessageHasEnvelopeBodyAndLines() {
        var inner = new BodyStructure.Basic("a", "b", new BodyStructure.Fields(List.of(), null, null, "7bit", 1),
                NO_EXTENSION);
        var fields = new BodyStructure.Fields(List.of(), null, null, "7bit", 50);
        var message = new BodyStructure.Message("message", "rfc822", fields, EMPTY, inner, 4, NO_EXTENSION);
        var envelope = "(NIL NIL NIL NIL NIL NIL NIL NIL NIL NIL)";
        var head = "(\"message\" \"%s\" NIL NIL NIL \"7bit\" 50";
        var rest = " " + envelope + " (\"a\" \"b\" NIL NIL NIL \"7bit\" 1) 4)";
        assertBody(head.formatted("rfc822") + rest, message, false);
        var global = new BodyStructure.Message("message", "global", fields, EMPTY, inner, 4, NO_EXTENSION);
        assertBody(head.formatted("global") + ")", global, false);
        assertEquals(head.formatted("global") + ")", body(Dialect.UTF8, global, false));
        assertEquals(head.formatted("global") + rest, body(Dialect.REV2, global, false));
    }

    @Test
    void structureOfAMessageAsItComes() {
        var octets = ("Content-Type: multipart/alternative; boundary=x\r\n\r\n--x\r\n\r\nhi\r\n--x\r\n"
                + "Content-Type: text/html\r\n\r\n<p>\r\n--x--\r\n").getBytes(StandardCharsets.US_ASCII);
        var structure = BodyStructure.of(MessageOctets.of(octets), MimePart.parse(octets));
        var text = body(Dialect.REV1, structure, false);
        assertEquals(true, text.startsWith("((\"text\" \"plain\" (") && text.endsWith(" \"alternative\")"), text);
    }

    private static void assertEnvelope(String expected, Envelope envelope) {
        assertEquals("* 1 FETCH (ENVELOPE " + expected + ")\r\n", ResponseEncoderTest.wire(Dialect.REV1,
                new Response.Fetch(1, List.of(new FetchItem.EnvelopeData(envelope)))));
    }

    private static void assertBody(String expected, BodyStructure body, boolean extensible) {
        assertEquals(expected, body(Dialect.REV1, body, extensible));
    }

    private static String body(Dialect dialect, BodyStructure body, boolean extensible) {
        var wire = ResponseEncoderTest.wire(dialect,
                new Response.Fetch(1, List.of(new FetchItem.Structure(body, extensible))));
        var start = "* 1 FETCH (" + (extensible ? "BODYSTRUCTURE " : "BODY ");
        assertEquals(start, wire.substring(0, start.length()));
        return wire.substring(start.length(), wire.length() - 3);
    }
}
