package dev.mailscope.server.imap;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Iterator;
import java.util.logging.Level;
import java.util.logging.Logger;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.mailscope.server.imap.command.Dialect;
import dev.mailscope.server.imap.response.Response;
import dev.mailscope.server.trace.Responses;

/** Responses of which one cannot be made: what is said instead has a tag only where the command ends. */
class ReplyResponsesTest {
    private static final Logger LOG = Logger.getLogger(ReplyResponses.class.getName());
    private static final Reply PUSH = Reply.still(new Phase.Authenticated("anna"), Waiting.NOTHING);
    private static final Reply END = Reply.ok(new Phase.Authenticated("anna"), "Done.");

    /** One response, and no second: either it cannot be found out whether there is one, or it cannot be made. */
    private record Broken(boolean unknown) implements Iterable<Response> {
        @Override
        public Iterator<Response> iterator() {
            return new Iterator<>() {
                private int asked;

                @Override
                public boolean hasNext() {
                    if (asked == 1 && unknown) {
                        throw new IllegalStateException("asked for");
                    }
                    return asked < 2;
                }

                @Override
                public Response next() {
                    if (asked++ > 0) {
                        throw new IllegalStateException("asked for");
                    }
                    return new Response.Exists(5);
                }
            };
        }
    }

    @BeforeEach
    void quiet() {
        LOG.setLevel(Level.OFF);
    }

    @AfterEach
    void loud() {
        LOG.setLevel(null);
    }

    @ParameterizedTest
    @ValueSource(booleans = { false, true })
    void whatIsToldUnaskedEndsWithoutATag(boolean many) throws IOException {
        var told = "* 5 EXISTS\r\n* NO [SERVERBUG] The server failed at what it has to tell; the session goes on.\r\n";
        assertEquals(told, said(PUSH.saying(new Broken(false)), many));
        assertEquals(told, said(PUSH.saying(new Broken(true)), many));
    }

    @ParameterizedTest
    @ValueSource(booleans = { false, true })
    void aCommandEndsWithItsTag(boolean many) throws IOException {
        var told = "* 5 EXISTS\r\nA1 NO [SERVERBUG] The server failed at this command; the session goes on.\r\n";
        assertEquals(told, said(END.saying(new Broken(false)), many));
        assertEquals(told, said(END.saying(new Broken(true)), many));
        assertEquals("* 5 EXISTS\r\nA1 OK Done.\r\n", said(END.saying(new Response.Exists(5)), many));
    }

    /** One response after the other, or as many as can be made in one place. */
    private static String said(Reply reply, boolean many) throws IOException {
        var said = new ByteArrayOutputStream();
        var responses = new ReplyResponses("A1", reply, Dialect.REV2);
        if (many) {
            var made = new Responses.Builder();
            while (responses.makeNext(made)) {
                // until there is none, or one of another kind
            }
            said.write(made.array(), 0, made.length());
        }
        while (responses.hasNext()) {
            responses.next().writeTo(said);
        }
        return said.toString();
    }
}
