package dev.mailscope.server.message;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;

class ParameterTest {

    private static List<Parameter> parameters(String value) {
        return ContentType.parse("a/b; " + value).orElseThrow().parameters();
    }

    private static Optional<String> fileName(String header) {
        final byte[] octets = (header + "\r\n\r\n").getBytes(ISO_8859_1);
        return DecodedText.fileName(MessageOctets.of(octets), MimePart.parse(octets));
    }

    @Test
    void continuedValueIsJoined() {
        assertEquals(List.of(new Parameter("n", "onetwo")), parameters("n*1=two; n*0=one"));
        assertEquals(List.of(new Parameter("n*", "utf-8''%41b%20%2A")), parameters("n*0*=utf-8''%41; n*1=\"b *\""));
    }

    @Test
    void continuedValueWithAHoleStaysAsItIs() {
        assertEquals(List.of(new Parameter("n*0", "a"), new Parameter("n*2", "c")), parameters("n*0=a; n*2=c"));
        assertEquals(List.of(new Parameter("n*4294967296", "c")), parameters("n*4294967296=c"));
    }

    @Test
    void fileNameIsDecodedHoweverItIsEncoded() {
        assertEquals(Optional.of("\u00e4.txt"),
                fileName("Content-Disposition: attachment; filename*=utf-8''%C3%A4.txt"));
        assertEquals(Optional.of("\u00e4.txt"),
                fileName("Content-Disposition: attachment; filename*0*=iso-8859-1''%E4; filename*1=.txt"));
        assertEquals(Optional.of("\u00e4.txt"),
                fileName("Content-Disposition: attachment; filename=\"=?utf-8?Q?=C3=A4.txt?=\""));
        assertEquals(Optional.of("\u00e4.txt"), fileName("Content-Type: a/b; name=\"\u00c3\u00a4.txt\""));
        assertEquals(Optional.empty(), fileName("Content-Type: a/b"));
    }

    @Test
    void brokenEncodingIsNoError() {
        for (final String value : List.of("x", "nope''%41", "utf-8''%4", "utf-8''%zz", "''", "'", "utf-8'%41")) {
            assertTrue(fileName("Content-Disposition: attachment; filename*=" + value).isPresent(), value);
        }
    }

    @Test
    void atMostOneHundredParametersAreRead() {
        assertEquals(100, parameters("a=b;".repeat(200)).size());
    }

    @Test
    void hostileParametersEndSoon() {
        for (final String piece : List.of(";", "a=b;", "a;", "a=\"", "(", "a*0=b;", "=", "a b", "\\", "\"\"", "a\"")) {
            final String hostile = "a/b; " + piece.repeat(300_000);
            assertTimeout(Duration.ofSeconds(30), () -> ContentType.parse(hostile), piece);
        }
    }
}
