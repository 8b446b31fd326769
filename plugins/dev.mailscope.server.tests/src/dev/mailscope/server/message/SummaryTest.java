package dev.mailscope.server.message;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.OffsetDateTime;
import java.util.Optional;

import org.junit.jupiter.api.Test;

class SummaryTest {

    private static Summary summary(String message) {
        return Summary.of(message.replace("\n", "\r\n").getBytes(UTF_8));
    }

    @Test
    void subjectAndSenderAreDecoded() {
        final var sent = OffsetDateTime.parse("2024-10-01T10:00Z");
        assertEquals(new Summary("Gr\u00fc\u00dfe", "J\u00f6rg", Optional.of(sent)),
                summary("From: =?iso-8859-1?Q?J=F6rg?= <j@example.org>\nSubject: Gr\u00fc\u00dfe\n"
                        + "Date: 1 Oct 2024 10:00 +0000\n\nSubject: no\n"));
    }

    @Test
    void senderWithoutNameIsShownByAddress() {
        assertEquals("a@example.org", summary("From: a@example.org\n").sender());
        assertEquals("b@example.org", summary("From: Team: b@example.org;\n").sender());
    }

    @Test
    void whatIsMissingIsEmpty() {
        assertEquals(new Summary("", "", Optional.empty()), summary(""));
        assertEquals(new Summary("", "", Optional.empty()), summary("From: Nobody:;\nDate: never\n"));
    }
}
