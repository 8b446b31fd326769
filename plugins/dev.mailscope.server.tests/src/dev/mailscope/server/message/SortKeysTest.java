package dev.mailscope.server.message;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import org.junit.jupiter.api.Test;

class SortKeysTest {
    @Test
    void textsAreKeysOfTheCollation() {
        assertEquals(UnicodeCasemap.key("GRU\u0308N"), UnicodeCasemap.key("grün"));
        // The example of RFC 5051 section 2, in UTF-8.
        assertEquals("Dz\u00cc\u008c", UnicodeCasemap.key("\u01c4"));
        assertTrue(UnicodeCasemap.key("\uffee").compareTo(UnicodeCasemap.key("\ud83d\ude00")) < 0);
        assertTrue(UnicodeCasemap.key("").compareTo(UnicodeCasemap.key("a")) < 0);
    }

    @Test
    void addressesAreSortedByMailboxAndByWhatIsDisplayed() {
        var keys = keys("From: =?utf-8?Q?=C3=84nn?= <Zoe@x.org>, b@y.org\r\nTo: \"\" <joe@x.org>\r\n"
                + "Cc: Team: a@b.c;\r\n");
        assertEquals("ZOE", keys.from());
        assertEquals(UnicodeCasemap.key("änn"), keys.displayFrom());
        assertEquals("JOE@X.ORG", keys.displayTo());
        assertEquals("TEAM", keys.cc());
        assertEquals("TEAM", keys("To: Team: a@b.c;\r\n").displayTo());
        assertEquals("", keys("").to());
    }

    @Test
    void messageIdsAreNormalised() {
        assertEquals("01KF8JCEOCBS0045PS@xxx.yyy.com",
                keys("Message-ID: <\"01KF8JCEOCBS0045PS\"@xxx.yyy.com>\r\n").messageId());
        assertEquals("a.b@[1.2.3.4]", keys("Message-ID: (c) < a . \"b\" (d) @ [1.2.3.4] >\r\n").messageId());
        assertNull(keys("Message-ID: <no-at-sign>\r\n").messageId());
        assertNull(keys("Message-ID: a@b\r\n").messageId());
    }

    @Test
    void referencesGoBeforeInReplyTo() {
        assertEquals(List.of("a@b", "c@d"), keys("References: <a@b>x<broken> \r\n <c@d>\r\nIn-Reply-To: <e@f>\r\n")
                .references());
        assertEquals(List.of("e@f"), keys("References: none\r\nIn-Reply-To: Yours of \"<x@y>\" <e@f> <g@h>\r\n")
                .references());
        assertEquals(List.of(), keys("In-Reply-To: you\r\n").references());
    }

    private static SortKeys keys(String header) {
        return SortKeys.of(Header.of((header + "\r\n").getBytes(UTF_8)));
    }
}
