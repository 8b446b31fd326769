package dev.mailscope.ui.session;

import java.util.ArrayList;
import java.util.List;

/**
 * The commands a user has sent in one protocol, without credentials: {@link CommandLine} decides what may come here,
 * and what is read back is checked the same way. Used by one thread.
 */
final class History {
    /** How many commands are kept. */
    static final int LIMIT = 200;

    private final Protocol protocol;
    private final List<String> commands = new ArrayList<>();

    History(Protocol protocol) {
        this.protocol = protocol;
    }

    /** Keeps what may be kept of a line; the same command twice in a row is kept once. */
    void add(CommandLine.Typed typed) {
        keep(typed.kept());
    }

    /** The commands, oldest first. */
    List<String> commands() {
        return List.copyOf(commands);
    }

    /** As it is stored: one command a line. */
    String toText() {
        return String.join("\n", commands);
    }

    /** Takes back what was stored. A line that could be a credential, however it came there, is left out. */
    void read(String text) {
        commands.clear();
        for (var line : text.split("\n")) {
            // An empty phase is one before login: an unknown verb is not trusted.
            keep(new CommandLine(protocol).type(line, "").kept());
        }
    }

    private void keep(String command) {
        var again = !commands.isEmpty() && commands.getLast().equals(command);
        if (command == null || command.indexOf('\n') >= 0 || again) {
            return;
        }
        commands.add(command);
        if (commands.size() > LIMIT) {
            commands.removeFirst();
        }
    }

    /** A user's way through the history: up to older commands, down to newer ones and to what was being typed. */
    final class Walk {
        private int back;
        private String draft = "";

        /** The next older command, or the oldest one again; what was typed so far comes back at the end of the way. */
        String older(String typed) {
            if (back == 0) {
                draft = typed;
            }
            back = Math.min(back + 1, commands.size());
            return current();
        }

        /** The next newer command, at last what was being typed. */
        String newer(String typed) {
            if (back == 0) {
                return typed;
            }
            back--;
            return current();
        }

        /** Begins anew, at what is being typed. */
        void restart() {
            back = 0;
            draft = "";
        }

        private String current() {
            return back == 0 ? draft : commands.get(commands.size() - Math.min(back, commands.size()));
        }
    }
}
