package dev.mailscope.server.export;

import java.util.ArrayList;
import java.util.List;

import dev.mailscope.server.mailbox.Change;
import dev.mailscope.server.trace.Note;
import dev.mailscope.server.trace.Octets;
import dev.mailscope.server.trace.TraceEvent;

/** What a transcript tells without anything between: what came from outside, or what a client said and was answered. */
sealed interface TranscriptTurn {
    /** True when nothing more belongs to it. */
    boolean isComplete();

    /** A transaction of somebody who takes no part. */
    record Outside(List<Change> changes) implements TranscriptTurn {
        @Override
        public boolean isComplete() {
            return true;
        }
    }

    /** What a client sent. */
    record Said(long event, String command, Octets octets) {
    }

    /** A turn of a session: opened, said, answered, closed, each where it applies. */
    final class OfSession implements TranscriptTurn {
        private final long session;
        private final String protocol;
        private final List<Said> said = new ArrayList<>();
        private final List<Octets> responses = new ArrayList<>();
        private final List<Said> whole = new ArrayList<>();
        private final List<Note> notes = new ArrayList<>();
        private boolean connects;
        private boolean effect;
        private boolean complete;
        private boolean rejected;
        private String phase = "";
        private String closed = "";
        private String folder = "";
        private String target = "";

        OfSession(long session, String protocol) {
            this.session = session;
            this.protocol = protocol;
        }

        @Override
        public boolean isComplete() {
            return complete;
        }

        void connects() {
            connects = true;
        }

        void received(TraceEvent event, Octets octets) {
            said.add(new Said(event.number(), event.command(), octets));
            folder = event.folder();
        }

        void noted(Note note) {
            notes.add(note);
        }

        void response(TraceEvent event, Octets octets) {
            responses.add(octets);
            folder = event.folder();
        }

        void changed(List<Change> changes) {
            for (var change : changes) {
                if (change instanceof Change.MessageAdded added) {
                    target = added.folder();
                }
            }
        }

        void phase(String now) {
            phase = now;
        }

        void closed(String reason) {
            closed = reason;
        }

        void rejected() {
            rejected = true;
            understood();
        }

        void understood() {
            whole.add(said.getLast());
        }

        /** True for all that is a command or a line of its own; false for a part of one. */
        boolean isWhole(Said one) {
            return whole.contains(one);
        }

        void takesEffect() {
            effect = true;
        }

        void complete() {
            complete = true;
        }

        long session() {
            return session;
        }

        String protocol() {
            return protocol;
        }

        List<Said> said() {
            return said;
        }

        /** What is noted on its events. */
        List<Note> notes() {
            return notes;
        }

        List<Octets> responses() {
            return responses;
        }

        /** True when the session begins with it. */
        boolean isConnecting() {
            return connects;
        }

        /** True when it has done something, so that what the client says next is another turn. */
        boolean hasEffect() {
            return effect;
        }

        /** True when what the client said was not understood, or not allowed. */
        boolean isRejected() {
            return rejected;
        }

        /** The phase it led to; empty for the same as before. */
        String phase() {
            return phase;
        }

        /** The folder that was open, at its end when it opened one; empty for none. */
        String folder() {
            return folder;
        }

        /** The folder into which it brought messages; empty for none. */
        String target() {
            return target;
        }

        /** Why the connection ended with it; empty when it did not. */
        String closed() {
            return closed;
        }

        /** How the server ends the session of its own accord, SHUTDOWN or TIMEOUT; empty when it does not. */
        String farewell() {
            var words = responses.isEmpty() ? "" : responses.getFirst().firstLine(80);
            if (!said.isEmpty()) {
                return "";
            } else if (words.startsWith("* BYE [UNAVAILABLE] The server stops")
                    || words.startsWith("-ERR [SYS/TEMP] The server stops") || closed.contains("server stopped")) {
                return "SHUTDOWN";
            }
            return words.startsWith("* BYE Nothing has come for") || closed.contains("silent for too long") ? "TIMEOUT"
                    : "";
        }

        /** The command, empty when the server speaks unasked. */
        String command() {
            return said.isEmpty() ? "" : said.getLast().command();
        }

        /** True when part of what was said is hidden. */
        boolean hasSecret() {
            return said.stream().anyMatch(one -> one.octets().hasSecret());
        }
    }
}
