package dev.mailscope.server.imap.response;

import dev.mailscope.server.message.Content;

/** Takes the octets of responses in their order. */
public interface WireOutput {
    /** Octets made for the response; the array is used again afterwards, so copy what is to be kept. */
    void write(byte[] octets, int offset, int length);

    /** Octets of a message as they stand there, to be sent without a copy. */
    void slice(Content content, int offset, int length);
}
