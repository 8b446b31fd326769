package dev.mailscope.server.smtp;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import dev.mailscope.server.mailbox.MailboxException;
import dev.mailscope.server.mailbox.StorageException;
import dev.mailscope.server.session.Limits;
import dev.mailscope.server.session.Room;
import org.subethamail.smtp.MessageHandler;
import org.subethamail.smtp.RejectException;
import org.subethamail.smtp.server.Session;

/** One mail transaction of a client: a sender, recipients, and the message (RFC 5321 section 3.3). */
final class Reception implements MessageHandler {
    private static final System.Logger LOG = System.getLogger(Reception.class.getName());
    private static final int PIECE = Room.SMALL;

    private final Session session;
    private final OpenSessions sessions;
    private final Deliveries deliveries;
    private final Limits limits;
    private final Room room;
    private final List<String> recipients = new ArrayList<>();
    private final Set<String> accounts = new LinkedHashSet<>();
    private String sender = "";

    /** A transaction of that session. */
    Reception(Session session, OpenSessions sessions, Deliveries deliveries, Limits limits, Room room) {
        this.session = session;
        this.sessions = sessions;
        this.deliveries = deliveries;
        this.limits = limits;
        this.room = room;
    }

    @Override
    public void from(String from) {
        sender = from;
    }

    @Override
    public void recipient(String recipient) throws RejectException {
        var account = Mailbox.parse("<" + recipient + ">").flatMap(deliveries::account)
                .orElseThrow(() -> new RejectException(550, "5.1.1 No account has this address."));
        recipients.add(recipient);
        accounts.add(account);
    }

    @Override
    public String data(InputStream data) throws RejectException, IOException {
        try (var message = new IncomingMessage(deliveries.store(), limits, room)) {
            for (var piece = data.readNBytes(PIECE); piece.length > 0; piece = data.readNBytes(PIECE)) {
                var problem = message.take(piece);
                if (problem.isPresent()) {
                    throw unread(data, problem.get());
                }
            }
            return deliver(message);
        }
    }

    /** The rest of the message is thrown away, as long as it is not endless. */
    private RejectException unread(InputStream data, RejectException why) throws IOException {
        var left = (long) limits.message();
        for (var piece = data.readNBytes(PIECE); piece.length > 0; piece = data.readNBytes(PIECE)) {
            left -= piece.length;
            if (left < 0) {
                session.closeSocket();
                throw new IOException("a message without an end");
            }
        }
        return refused(why);
    }

    private String deliver(IncomingMessage message) throws RejectException {
        try {
            deliveries.deliver(new Deliveries.Envelope(peer(), sender, recipients), accounts, received(),
                    message.content());
        } catch (MailboxException e) {
            throw refused(switch (e.reason()) {
                case NONEXISTENT -> new RejectException(550, "5.1.1 A recipient's account is gone; nobody has it.");
                case OVERQUOTA -> new RejectException(452, "4.2.2 A recipient's quota is used up; nobody has it.");
                case LIMIT -> new RejectException(452, "4.3.1 " + e.getMessage() + " Nobody has it.");
                case ALREADYEXISTS, CANNOT, HASCHILDREN, USEATTR, NOPERM ->
                    new RejectException(451, "4.3.0 " + e.getMessage());
            });
        } catch (IncomingMessage.Lost e) {
            throw refused(e.answer());
        } catch (StorageException e) {
            throw refused(new RejectException(451, "4.3.0 " + e.getMessage()));
        } catch (UncheckedIOException e) {
            // The client is not told of the server's files.
            LOG.log(Level.ERROR, "what came of a mail cannot be read from the disk: " + e.getCause().getMessage());
            throw refused(new RejectException(451, "4.3.0 The message cannot be read from the server's disk."
                    + " Nobody has it."));
        }
        return "2.6.0 Delivered to " + (accounts.size() == 1 ? "1 account." : accounts.size() + " accounts.");
    }

    @Override
    public void done() {
        // nothing is held
    }

    /** The transaction is over when the message is refused (RFC 5321 section 4.1.1.4); the library forgets that. */
    private RejectException refused(RejectException why) {
        session.resetMailTransaction();
        return why;
    }

    private String peer() {
        var address = session.getRemoteAddress();
        return address.getAddress().getHostAddress() + ":" + address.getPort();
    }

    private Received received() {
        return new Received(session.getHelo().orElse(""), session.getRemoteAddress().getAddress(),
                sessions.protocol(session));
    }
}
