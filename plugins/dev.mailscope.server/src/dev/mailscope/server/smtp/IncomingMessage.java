package dev.mailscope.server.smtp;

import java.io.ByteArrayOutputStream;
import java.util.Optional;

import org.subethamail.smtp.RejectException;

import dev.mailscope.server.mailbox.MailStore;
import dev.mailscope.server.mailbox.MailboxException;
import dev.mailscope.server.mailbox.Storage;
import dev.mailscope.server.message.Content;
import dev.mailscope.server.session.Limits;
import dev.mailscope.server.session.Room;

/** A message while it comes in: in memory, or, when it has become large, in a file of the store where there is one. */
final class IncomingMessage implements AutoCloseable {
    private final MailStore store;
    private final Limits limits;
    private final Room room;
    private ByteArrayOutputStream memory = new ByteArrayOutputStream();
    // Null while it is in memory.
    private Storage.Arrival file;
    // True when it has become large and the store has no files.
    private boolean staysInMemory;
    private long size;
    private long taken;

    IncomingMessage(MailStore store, Limits limits, Room room) {
        this.store = store;
        this.limits = limits;
        this.room = room;
    }

    /** It cannot be kept. */
    static final class Lost extends Exception {
        private static final long serialVersionUID = 1L;
        private final transient RejectException answer;

        private Lost(RejectException answer) {
            super(answer);
            this.answer = answer;
        }

        /** What the client is told. */
        RejectException answer() {
            return answer;
        }
    }

    /** Takes a piece of it, {@link Room#SMALL} octets at most; or says why not, and takes nothing. */
    Optional<RejectException> take(byte[] piece) {
        if (size + piece.length > limits.message()) {
            return Optional.of(new RejectException(552, "5.3.4 The message is larger than " + limits.message()
                    + " octets."));
        }
        if (file == null && !staysInMemory && size + piece.length > limits.spool()) {
            try {
                moveToFile();
            } catch (MailboxException e) {
                return Optional.of(noRoom(e.getMessage()));
            }
        }
        if (file != null) {
            file.write(piece, 0, piece.length);
        } else {
            // The first piece needs no asking.
            if (size > 0) {
                if (!room.take(piece.length)) {
                    return Optional.of(noRoom("Too much mail is on its way in at once: try again later."));
                }
                taken += piece.length;
            }
            memory.writeBytes(piece);
        }
        size += piece.length;
        return Optional.empty();
    }

    private void moveToFile() {
        var large = store.receive(0);
        staysInMemory = large.isEmpty();
        if (large.isPresent()) {
            file = large.get();
            var before = memory.toByteArray();
            memory = null;
            file.write(before, 0, before.length);
            giveBack();
        }
    }

    /** All of it. */
    Content content() throws Lost {
        if (file == null) {
            return Content.of(memory.toByteArray());
        }
        var content = file.content();
        if (file.failure().isPresent()) {
            throw new Lost(noRoom("The message cannot be written to the disk: " + file.failure().get() + "."));
        }
        return content;
    }

    private static RejectException noRoom(String why) {
        return new RejectException(452, "4.3.1 " + why);
    }

    private void giveBack() {
        room.giveBack(taken);
        taken = 0;
    }

    @Override
    public void close() {
        giveBack();
        if (file != null) {
            file.close();
        }
    }
}
