package dev.mailscope.lab.pack;

import dev.mailscope.lab.device.ImapSettings;
import dev.mailscope.lab.device.Pop3Settings;
import dev.mailscope.server.mailbox.Flags;

/** What a lab sets up before its first step, or does as a step begins. */
public sealed interface SetupCommand {
    /** The line it is on, from 1. */
    int line();

    /** Makes an account with an empty INBOX. */
    record Account(int line, String user, String password) implements SetupCommand {
        /** Without the password. */
        @Override
        public String toString() {
            return "Account[" + user + "]";
        }
    }

    /** Makes a folder. */
    record Folder(int line, String account, String name) implements SetupCommand {
    }

    /** Puts a message into a folder. */
    record Mail(int line, String account, String folder, Flags flags, byte[] message) implements SetupCommand {
    }

    /** A device that speaks POP3. */
    record Pop3(int line, String device, String account, Pop3Settings settings) implements SetupCommand {
    }

    /** A device that speaks IMAP. */
    record Imap(int line, String device, String account, ImapSettings settings) implements SetupCommand {
    }

    /** A device is brought in step with the server. */
    record Synchronise(int line, String device) implements SetupCommand {
    }

    /** A device gets a network, or loses it. */
    record Network(int line, String device, boolean online) implements SetupCommand {
    }
}
