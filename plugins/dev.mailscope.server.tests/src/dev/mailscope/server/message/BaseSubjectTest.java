package dev.mailscope.server.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.time.Duration;

import org.junit.jupiter.api.Test;

class BaseSubjectTest {
    @Test
    void whatRepliesAndForwardsAddIsTakenAway() {
        assertReply("Meeting", "Re: Meeting");
        assertReply("Meeting", "RE : [list]  fw:Fwd [2]: Meeting");
        assertReply("Meeting", "[list] [x] Re[5]: [y] Meeting (fwd) (FWD)  ");
        assertReply("Meeting", "[Fwd: Re: [list] Meeting (fwd)]");
        assertReply("a", "[fwd:[fwd: a]]");
        assertReply("", "Re:");
        assertReply("", "[fwd:]");
        assertReply("[list]", "Re: [list]");
    }

    @Test
    void whatOnlyLooksLikeItStays() {
        assertPlain("Meeting", "  [list]\tMeeting ");
        assertPlain("Rest: x", "Rest: x");
        assertPlain("re [x", "re [x");
        assertPlain("Fwdd: x", "Fwdd: x");
        assertPlain("[list]", "[a] [list]");
        assertPlain("[fwd: a", "[fwd: a");
        assertPlain("a b", "a \t \r\n b");
        assertPlain("b [c]", "[a]b [c]");
        assertPlain("", "");
    }

    @Test
    void encodedWordsAreDecodedFirst() {
        assertReply("Grüße", "=?utf-8?Q?Re:_Gr=C3=BC=C3=9Fe_(fwd)?=");
    }

    @Test
    void hostileSubjectsTakeLinearTime() {
        assertTimeout(Duration.ofSeconds(2), () -> {
            assertEquals("x", BaseSubject.of("[a]".repeat(100_000) + "x").text());
            assertEquals("[a", BaseSubject.of("[a]".repeat(100_000) + "[a").text());
            assertEquals("", BaseSubject.of("re:".repeat(100_000)).text());
            assertEquals("", BaseSubject.of("[fwd:".repeat(100_000) + "]".repeat(100_000)).text());
            assertEquals("", BaseSubject.of("(fwd)".repeat(100_000)).text());
        });
    }

    private static void assertReply(String base, String subject) {
        assertEquals(new BaseSubject(base, true), BaseSubject.of(subject), subject);
    }

    private static void assertPlain(String base, String subject) {
        assertEquals(new BaseSubject(base, false), BaseSubject.of(subject), subject);
    }
}
