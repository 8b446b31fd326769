package dev.mailscope.server.imap;

import java.lang.System.Logger.Level;
import java.util.Iterator;
import java.util.NoSuchElementException;

import dev.mailscope.server.imap.command.Dialect;
import dev.mailscope.server.imap.response.Response;
import dev.mailscope.server.imap.response.Response.Condition;
import dev.mailscope.server.imap.response.ResponseCode;
import dev.mailscope.server.message.HeaderTooLarge;
import dev.mailscope.server.session.Burst;
import dev.mailscope.server.trace.Octets;
import dev.mailscope.server.trace.Responses;

/**
 * The responses of a reply, each encoded when its turn comes; the tagged one last, where the reply ends a command. One
 * that cannot be made ends them: with a tagged NO where the command ends, else with an untagged one, as the command in
 * progress (IDLE, for one) gets its tagged response later.
 */
final class ReplyResponses implements Burst {
    private static final System.Logger LOG = System.getLogger(ReplyResponses.class.getName());

    private final String tag;
    private final Reply reply;
    private final Dialect dialect;
    private final Encoding encoding;
    private final Iterator<? extends Response> data;
    // Made, and not given yet; null for none.
    private Octets next;
    private boolean ended;

    ReplyResponses(String tag, Reply reply, Dialect dialect) {
        this.tag = reply.end() == null ? "" : tag;
        this.reply = reply;
        this.dialect = dialect;
        this.encoding = new Encoding(dialect);
        this.data = reply.data().iterator();
    }

    /** The response that ends a command; untagged when there is no tag. */
    static Response tagged(String tag, Condition condition, ResponseCode code, String text) {
        return new Response.Status(tag.isEmpty() ? null : tag, condition, code, text);
    }

    /** What a client is told of a message that cannot be taken apart. */
    static String inWords(HeaderTooLarge why) {
        return "This cannot be done: " + why.getCause().getMessage() + ".";
    }

    @Override
    public boolean hasNext() {
        if (next == null && !ended) {
            next = make(null);
        }
        return next != null;
    }

    @Override
    public Octets next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        var made = next;
        next = null;
        return made;
    }

    @Override
    public boolean makeNext(Responses.Builder into) {
        if (next != null || ended) {
            return false;
        }
        next = make(into);
        return next == null && (!ended || reply.end() != null);
    }

    /** Makes the next response, into that unless it is null or the response refers to the content of a message; else gives it. */
    private Octets make(Responses.Builder into) {
        try {
            // To find out whether there is one more may fail like making it.
            if (data.hasNext()) {
                return encoded(data.next(), into);
            }
        } catch (HeaderTooLarge e) {
            return failed(ResponseCode.Simple.LIMIT, inWords(e));
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "a response could not be made", e);
            return failed(ResponseCode.Simple.SERVERBUG, "The server failed at "
                    + (reply.end() == null ? "what it has to tell" : "this command") + "; the session goes on.");
        }
        ended = true;
        return reply.end() == null ? null : encoded(tagged(tag, reply.end(), reply.code(), reply.text()), into);
    }

    private Octets encoded(Response response, Responses.Builder into) {
        return into == null ? encoding.of(response) : encoding.of(response, into);
    }

    // The responses before have gone out: here it can only end.
    private Octets failed(ResponseCode code, String text) {
        ended = true;
        return Encoding.of(tagged(tag, Condition.NO, code, text), dialect);
    }
}
