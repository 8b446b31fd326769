package dev.mailscope.server.imap;

import java.lang.System.Logger.Level;
import java.util.Iterator;

import dev.mailscope.server.imap.command.Dialect;
import dev.mailscope.server.imap.response.Response;
import dev.mailscope.server.imap.response.Response.Condition;
import dev.mailscope.server.imap.response.ResponseCode;
import dev.mailscope.server.message.HeaderTooLarge;
import dev.mailscope.server.trace.Octets;

/** The responses of a reply, each encoded when its turn comes; the tagged one last. */
final class ReplyResponses implements Iterator<Octets> {
    private static final System.Logger LOG = System.getLogger(ReplyResponses.class.getName());

    private final String tag;
    private final Reply reply;
    private final Dialect dialect;
    private final Encoding encoding;
    private final Iterator<? extends Response> data;
    private boolean ended;

    ReplyResponses(String tag, Reply reply, Dialect dialect) {
        this.tag = tag;
        this.reply = reply;
        this.dialect = dialect;
        this.encoding = new Encoding(dialect);
        this.data = reply.data().iterator();
        this.ended = reply.end() == null;
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
        return !ended || reply.end() == null && data.hasNext();
    }

    @Override
    public Octets next() {
        try {
            if (data.hasNext()) {
                return encoding.of(data.next());
            }
        } catch (HeaderTooLarge e) {
            ended = true;
            return Encoding.of(tagged(tag, Condition.NO, ResponseCode.Simple.LIMIT, inWords(e)), dialect);
        } catch (RuntimeException e) {
            // The responses before have gone out: the command can only end here.
            LOG.log(Level.ERROR, "a response could not be made", e);
            ended = true;
            return Encoding.of(tagged(tag, Condition.NO, ResponseCode.Simple.SERVERBUG,
                    "The server failed at this command; the session goes on."), dialect);
        }
        ended = true;
        return encoding.of(tagged(tag, reply.end(), reply.code(), reply.text()));
    }
}
