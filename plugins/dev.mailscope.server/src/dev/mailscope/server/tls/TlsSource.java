package dev.mailscope.server.tls;

import java.io.IOException;
import java.util.concurrent.locks.ReentrantLock;

/** TLS that is set up when it is first needed, and then kept. */
public final class TlsSource {
    /** Sets TLS up. */
    public interface Maker {
        /** IOException says what is wrong with the certificate, or with the file it is kept in. */
        ServerTls make() throws IOException;
    }

    private final ReentrantLock making = new ReentrantLock();
    private final Maker maker;
    private volatile ServerTls made;

    /** TLS as that maker sets it up. */
    public TlsSource(Maker maker) {
        this.maker = maker;
    }

    /**
     * TLS; the first time, it is set up while everybody who asks for it waits. IOException when that fails; then the
     * next one who asks tries again.
     */
    public ServerTls get() throws IOException {
        if (made == null) {
            making.lock();
            try {
                if (made == null) {
                    made = maker.make();
                }
            } finally {
                making.unlock();
            }
        }
        return made;
    }
}
