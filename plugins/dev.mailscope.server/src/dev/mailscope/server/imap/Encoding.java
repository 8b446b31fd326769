package dev.mailscope.server.imap;

import dev.mailscope.server.imap.command.Dialect;
import dev.mailscope.server.imap.response.Response;
import dev.mailscope.server.imap.response.ResponseEncoder;
import dev.mailscope.server.imap.response.WireOutput;
import dev.mailscope.server.message.Content;
import dev.mailscope.server.trace.Octets;

/** Makes octets of responses, one after the other, in one place. */
final class Encoding implements WireOutput {
    private final ResponseEncoder encoder;
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

    @Override
    public void write(byte[] octets, int offset, int length) {
        out.write(octets, offset, length);
    }

    @Override
    public void slice(Content content, int offset, int length) {
        out.slice(content, offset, length);
    }
}
