package dev.mailscope.server.imap;

import dev.mailscope.server.imap.command.Dialect;
import dev.mailscope.server.imap.response.Response;
import dev.mailscope.server.imap.response.ResponseEncoder;
import dev.mailscope.server.imap.response.WireOutput;
import dev.mailscope.server.message.Content;
import dev.mailscope.server.trace.Octets;
import dev.mailscope.server.trace.Responses;

/** Makes octets of responses, one after the other, in one place. */
final class Encoding implements WireOutput {
    private final ResponseEncoder encoder;
    // Where the octets go: to others as long as none are part of a message, or to a response of their own.
    private Responses.Builder many;
    private Octets.Builder out;

    Encoding(Dialect dialect) {
        encoder = new ResponseEncoder(this, dialect);
    }

    /** The octets of one response. */
    static Octets of(Response response, Dialect dialect) {
        return new Encoding(dialect).of(response);
    }

    Octets of(Response response) {
        out = new Octets.Builder();
        encoder.encode(response);
        return out.toOctets();
    }

    /** Puts the octets of one response behind the others. When it refers to the content of a message, gives them instead. */
    Octets of(Response response, Responses.Builder others) {
        many = others;
        try {
            encoder.encode(response);
            if (many != null) {
                many.end();
                return null;
            }
            return out.toOctets();
        } catch (RuntimeException e) {
            others.takeUnfinished();
            throw e;
        } finally {
            many = null;
        }
    }

    @Override
    public void write(byte[] octets, int offset, int length) {
        if (many != null) {
            many.write(octets, offset, length);
        } else {
            out.write(octets, offset, length);
        }
    }

    @Override
    public void slice(Content content, int offset, int length) {
        if (many != null) {
            var begun = many.takeUnfinished();
            many = null;
            out = new Octets.Builder();
            out.write(begun, 0, begun.length);
        }
        out.slice(content, offset, length);
    }
}
