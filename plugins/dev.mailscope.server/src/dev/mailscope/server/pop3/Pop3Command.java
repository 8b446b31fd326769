package dev.mailscope.server.pop3;

import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/** One command as the client meant it. Message numbers count from 1. */
public sealed interface Pop3Command {
    /** The verb it was written with. */
    Pop3Verb verb();

    /** RFC 2449 section 5. */
    record Capa() implements Pop3Command {
        @Override
        public Pop3Verb verb() {
            return Pop3Verb.CAPA;
        }
    }

    /** RFC 1939 section 7. */
    record User(String name) implements Pop3Command {
        @Override
        public Pop3Verb verb() {
            return Pop3Verb.USER;
        }
    }

    /** RFC 1939 section 7; the password may hold spaces. */
    record Pass(String password) implements Pop3Command {
        @Override
        public Pop3Verb verb() {
            return Pop3Verb.PASS;
        }

        @Override
        public String toString() {
            return "Pass[]";
        }
    }

    /** RFC 1939 section 7. */
    record Apop(String name, String digest) implements Pop3Command {
        @Override
        public Pop3Verb verb() {
            return Pop3Verb.APOP;
        }

        @Override
        public String toString() {
            return "Apop[" + name + "]";
        }
    }

    /** AUTH without an argument, which asks for the names of the mechanisms as clients did before CAPA. */
    record Mechanisms() implements Pop3Command {
        @Override
        public Pop3Verb verb() {
            return Pop3Verb.AUTH;
        }
    }

    /**
     * RFC 5034 section 4.
     *
     * @param mechanism       as the client wrote it
     * @param initialResponse decoded, empty for {@code =}; null when it is not there. Never change the array
     */
    record Auth(String mechanism, byte[] initialResponse) implements Pop3Command {
        @Override
        public Pop3Verb verb() {
            return Pop3Verb.AUTH;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Auth that && mechanism.equals(that.mechanism)
                    && Arrays.equals(initialResponse, that.initialResponse);
        }

        @Override
        public int hashCode() {
            return Objects.hash(mechanism, Arrays.hashCode(initialResponse));
        }

        @Override
        public String toString() {
            return "Auth[" + mechanism + "]";
        }
    }

    /** The line, without its end, that answers a challenge of AUTH. Not a record: it may be a secret. */
    final class SaslResponse implements Pop3Command {
        private final byte[] line;

        SaslResponse(byte[] line) {
            this.line = line;
        }

        byte[] line() {
            return line;
        }

        /** The line: never show it, and never change the array. */
        public byte[] text() {
            return line;
        }

        @Override
        public Pop3Verb verb() {
            return Pop3Verb.AUTH;
        }
    }

    /** RFC 2595 section 4. */
    record Stls() implements Pop3Command {
        @Override
        public Pop3Verb verb() {
            return Pop3Verb.STLS;
        }
    }

    /** RFC 6856 section 2.1. */
    record Utf8() implements Pop3Command {
        @Override
        public Pop3Verb verb() {
            return Pop3Verb.UTF8;
        }
    }

    /** RFC 6856 section 3; chooses by a language range (RFC 4647 section 2.1), or lists the languages. */
    record Lang(Optional<String> range) implements Pop3Command {
        @Override
        public Pop3Verb verb() {
            return Pop3Verb.LANG;
        }
    }

    /** RFC 1939 sections 4 and 6. */
    record Quit() implements Pop3Command {
        @Override
        public Pop3Verb verb() {
            return Pop3Verb.QUIT;
        }
    }

    /** RFC 1939 section 5. */
    record Stat() implements Pop3Command {
        @Override
        public Pop3Verb verb() {
            return Pop3Verb.STAT;
        }
    }

    /** RFC 1939 section 5; of one message, or of all. */
    record List(OptionalInt message) implements Pop3Command {
        @Override
        public Pop3Verb verb() {
            return Pop3Verb.LIST;
        }
    }

    /** RFC 1939 section 5. */
    record Retr(int message) implements Pop3Command {
        @Override
        public Pop3Verb verb() {
            return Pop3Verb.RETR;
        }
    }

    /** RFC 1939 section 5. */
    record Dele(int message) implements Pop3Command {
        @Override
        public Pop3Verb verb() {
            return Pop3Verb.DELE;
        }
    }

    /** RFC 1939 section 5. */
    record Noop() implements Pop3Command {
        @Override
        public Pop3Verb verb() {
            return Pop3Verb.NOOP;
        }
    }

    /** RFC 1939 section 5. */
    record Rset() implements Pop3Command {
        @Override
        public Pop3Verb verb() {
            return Pop3Verb.RSET;
        }
    }

    /** RFC 1939 section 7; lines counts those of the body, and any number above 2^31-1 stands for that. */
    record Top(int message, int lines) implements Pop3Command {
        @Override
        public Pop3Verb verb() {
            return Pop3Verb.TOP;
        }
    }

    /** RFC 1939 section 7; of one message, or of all. */
    record Uidl(OptionalInt message) implements Pop3Command {
        @Override
        public Pop3Verb verb() {
            return Pop3Verb.UIDL;
        }
    }
}
