package dev.mailscope.server.imap;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

import org.junit.jupiter.api.Test;

import dev.mailscope.server.message.Content;
import dev.mailscope.server.message.Section;

/** A large part without its transfer encoding is read where its message lies. */
class DecodedTest {
    private static final Section FIRST = new Section(List.of(1), Section.Text.ALL);

    /** A store that goes. */
    private static final class Store implements Content.Source {
        private final byte[] mail;
        private boolean gone;

        Store(byte[] mail) {
            this.mail = mail;
        }

        @Override
        public byte[] octets() {
            if (gone) {
                throw new UncheckedIOException(new IOException("the store is gone"));
            }
            return mail;
        }
    }

    @Test
    void theSameMessageInTwoStoresIsReadInItsOwn() {
        var body = new byte[Content.LARGE];
        Arrays.fill(body, (byte) 'd');
        var mail = ("Content-Transfer-Encoding: base64\r\n\r\n" + Base64.getMimeEncoder().encodeToString(body))
                .getBytes(StandardCharsets.US_ASCII);
        var id = Content.of(mail).id();
        var one = new Store(mail);
        var other = new Store(mail);
        assertArrayEquals(body, decoded(Content.stored(id, mail.length, one)).octets());
        one.gone = true;
        var again = decoded(Content.stored(id, mail.length, other));
        assertArrayEquals(body, again.octets());
        assertEquals(Content.of(body), again);
    }

    private static Content decoded(Content mail) {
        return Decoded.of(FIRST, mail, mail.open()).content();
    }
}
