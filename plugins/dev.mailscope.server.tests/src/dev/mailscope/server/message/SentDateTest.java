package dev.mailscope.server.message;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SentDateTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "Tue, 1 Oct 2024 10:00:05 +0200 | 2024-10-01T10:00:05+02:00",
        "1 Oct 2024 10:00 +0200 | 2024-10-01T10:00:00+02:00",
        "Tue,1 Oct 2024 10:00:00 -0000 (UTC) | 2024-10-01T10:00:00Z",
        "Tue, 01 Oct 24 10:00:00 GMT | 2024-10-01T10:00:00Z",
        "Tue, 01 Oct 99 10:00:00 EST | 1999-10-01T10:00:00-05:00",
        "Tue, 01 Oct 103 10:00:00 PDT | 2003-10-01T10:00:00-07:00",
        "Tue, 1 Oct 2024 10:00:00 CEST | 2024-10-01T10:00:00Z",
        "Tue Oct  1 10:00:00 2024 | 2024-10-01T10:00:00Z",
        "Tuesday, 1-Oct-2024 10:00:00 +0530 | 2024-10-01T10:00:00+05:30",
        "October 1, 2024 | 2024-10-01T00:00:00Z",
        "Tue (a (nested) day), 1 (x) Oct 2024 10 (y):00:00 +0200 | 2024-10-01T00:00:00+02:00",
        "31 dec 2023 23:59:60 +0000 | 2023-12-31T23:59:59Z",
        "1 Oct 2024 10:00:00 +9999 | 2024-10-01T10:00:00Z",
        "1 Oct 2024 10:00:00 + | 2024-10-01T10:00:00Z",
        "1 Oct 2024 10:00:00 -0330 | 2024-10-01T10:00:00-03:30",
        "1 Oct 2024 25:00:00 +0000 | 2024-10-01T00:00:00Z",
        "1 Oct 2024 1x:00 | 2024-10-01T00:00:00Z",
        "1 Oct 2024 10: | 2024-10-01T00:00:00Z",
        "1 Oct 2024 10:-5 | 2024-10-01T00:00:00Z",
        "1 Oct 2024 10:00:75 nowhere | 2024-10-01T00:00:00Z",
        "29 Feb 2024 00:00:00 Z | 2024-02-29T00:00:00Z"})
    void dateIsRead(String text, String expected) {
        assertEquals(Optional.of(OffsetDateTime.parse(expected)), SentDate.parse(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "yesterday", "Tue, 32 Oct 2024 10:00:00 +0000", "30 Feb 2024 10:00:00 +0000",
        "1 Oct", "Oct 2024", "1 2024", "1 Oct 20245", "-", "--", ":", "(", "2024-10-01x",
        "99999999999 Oct 2024", "1:2:3:4:5"})
    void nonsenseIsNoDate(String text) {
        assertEquals(Optional.empty(), SentDate.parse(text));
    }

    @Test
    void dateIsTakenFromTheHeader() {
        final byte[] octets = "X: y\r\nDATE: 1 Oct 2024\r\n 10:00:00 +0000\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
        assertEquals(Optional.of(OffsetDateTime.parse("2024-10-01T10:00:00Z")), SentDate.of(Header.of(octets)));
        assertEquals(Optional.empty(), SentDate.of(Header.of(new byte[0])));
    }
}
