package dev.mailscope.lab.device;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;

import jakarta.mail.Folder;
import jakarta.mail.MessagingException;

import org.eclipse.angus.mail.imap.IMAPFolder;

/**
 * A connection on which a device waits to be told what happens in the INBOX (RFC 2177). Jakarta Mail waits within a
 * monitor, so this has a platform thread of its own.
 */
final class Idling {
    private static final System.Logger LOG = System.getLogger(Idling.class.getName());

    // RFC 2177 section 3: a client ends IDLE and begins it anew at least every 29 minutes.
    private static final Duration ANEW_AFTER = Duration.ofMinutes(28);
    private static final Duration TOO_SOON = Duration.ofMinutes(1);

    /** What is to be done when something has happened. */
    interface Pushed {
        void run() throws IOException;
    }

    private final ImapDevice device;
    private final Pushed pushed;
    private final Thread thread;
    private volatile boolean idle;
    private volatile boolean ended;

    Idling(ImapDevice device, Pushed pushed) {
        this.device = device;
        this.pushed = pushed;
        thread = new Thread(this::run, "mailscope-device-" + device.name() + "-idle");
        thread.setDaemon(true);
        thread.setContextClassLoader(jakarta.mail.Session.class.getClassLoader());
    }

    void start() {
        thread.start();
    }

    boolean isIdling() {
        return idle && !ended;
    }

    boolean isOver() {
        return !thread.isAlive();
    }

    /** Waits no longer once its connection is cut, which is the device's to do. */
    void end() {
        ended = true;
    }

    private void run() {
        while (!ended) {
            var began = System.nanoTime();
            try {
                waitOnOneConnection();
            } catch (MessagingException | IOException | IllegalStateException e) {
                // Nothing has come for so long that the wait is begun anew; or the connection is lost.
                if (!ended && System.nanoTime() - began < TOO_SOON.toNanos()) {
                    LOG.log(Level.WARNING, device.name() + " is not told any more what happens in the INBOX", e);
                    return;
                }
            } finally {
                idle = false;
            }
        }
    }

    private void waitOnOneConnection() throws MessagingException, IOException {
        try (var store = device.connect(ANEW_AFTER)) {
            var inbox = (IMAPFolder) store.getFolder("INBOX");
            inbox.open(Folder.READ_ONLY);
            // What came between the synchronisation and now was not told to anybody.
            pushed.run();
            while (!ended) {
                idle = true;
                inbox.idle(true);
                idle = false;
                if (!ended) {
                    pushed.run();
                }
            }
        }
    }
}
