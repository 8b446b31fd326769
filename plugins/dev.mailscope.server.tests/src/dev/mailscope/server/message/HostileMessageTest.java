package dev.mailscope.server.message;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/** Whatever the octets, everything can be asked of them: no exception, no hang, and the ranges stay true. */
class HostileMessageTest {
    private static final List<byte[]> CORPUS = MessageCorpus.small();
    private static final List<String> PIECES = List.of("\r\n", "\n", "\r", "\0", "--b", "--b--", "--", "\r\n\r\n", ":",
            "Content-Type: ", "multipart/mixed; boundary=b", "message/rfc822", "=?", "?=", "=?utf-8?B?", "(", ")", "\"",
            "\\", "<", ">", "@", ",", ";", "=", "*0*=", "%", "From: ", "Date: ", " ", "\t", "\u00ff", "base64",
            "Content-Transfer-Encoding: quoted-printable", "Content-Disposition: ", "Content-Language: ", "[", "]");

    private static void askEverything(byte[] octets) throws IOException {
        final MimePart message = MimePart.parse(octets);
        assertArrayEquals(octets, MessageCorpusTest.rebuilt(octets, message));
        assertNotNull(FetchText.lines(octets));
        assertNotNull(Summary.of(octets));
        new SearchText("no such text \u00e4").inMessage(MessageOctets.of(octets), message);
        for (final MimePart part : message.all()) {
            DecodedText.fileName(MessageOctets.of(octets), part);
            try (Reader text = DecodedText.reader(MessageOctets.of(octets), part)) {
                text.transferTo(Writer.nullWriter());
            }
        }
    }

    @RepeatedTest(8)
    void changedMessagesAreNoTrouble(RepetitionInfo repetition) {
        final var random = new Random(repetition.getCurrentRepetition());
        assertTimeout(Duration.ofSeconds(30), () -> {
            for (int i = 0; i < 800; i++) {
                askEverything(changed(random, CORPUS.get(random.nextInt(CORPUS.size()))));
            }
        });
    }

    @Test
    void randomPiecesAreNoTrouble() {
        final var random = new Random(42);
        assertTimeout(Duration.ofSeconds(30), () -> {
            for (int i = 0; i < 1_500; i++) {
                final var octets = new ByteArrayOutputStream();
                for (int j = random.nextInt(200); j > 0; j--) {
                    octets.writeBytes(piece(random));
                }
                askEverything(octets.toByteArray());
            }
        });
    }

    @Test
    void randomOctetsAreNoTrouble() {
        final var random = new Random(43);
        assertTimeout(Duration.ofSeconds(30), () -> {
            for (int i = 0; i < 2_000; i++) {
                final var octets = new byte[random.nextInt(500)];
                random.nextBytes(octets);
                askEverything(octets);
            }
        });
    }

    @Test
    void oneThingOverAndOverIsNoTrouble() {
        for (final String piece : PIECES) {
            for (final String start : List.of("", "Subject: ", "From: ", "Content-Type: multipart/mixed; boundary=",
                    "Content-Type: multipart/mixed; boundary=b\n\n", "Content-Type: text/plain; ",
                    "Content-Disposition: ")) {
                final byte[] octets = (start + piece.repeat(15_000) + "\n\nend").getBytes(StandardCharsets.ISO_8859_1);
                assertTimeout(Duration.ofSeconds(30), () -> askEverything(octets), start + piece);
            }
        }
    }

    private static byte[] changed(Random random, byte[] original) {
        final var octets = new ByteArrayOutputStream();
        int at = 0;
        for (int i = random.nextInt(6); i >= 0; i--) {
            final int next = at + random.nextInt(original.length - at + 1);
            octets.write(original, at, next - at);
            at = next;
            if (random.nextBoolean()) {
                octets.writeBytes(piece(random));
            } else {
                at = Math.min(original.length, at + random.nextInt(8));
            }
        }
        octets.write(original, at, original.length - at);
        return octets.toByteArray();
    }

    private static byte[] piece(Random random) {
        return PIECES.get(random.nextInt(PIECES.size())).getBytes(StandardCharsets.ISO_8859_1);
    }
}
