package dev.mailscope.server.transcript;

import java.io.IOException;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.List;

import dev.mailscope.server.mailbox.Flags;
import dev.mailscope.server.mailbox.QuotaResource;
import dev.mailscope.server.mailbox.Rights;
import dev.mailscope.server.mailbox.SpecialUse;
import dev.mailscope.server.session.Session.Farewell;
import dev.mailscope.server.session.TlsPolicy;

/**
 * A transcript as it is written; the format is described with the package.
 *
 * @param name  what it is called
 * @param lines those that say something, at least one
 */
public record Transcript(String name, List<Line> lines) {
    /** One line and its number in the file, from 1. */
    record Line(int number, Entry entry) {
    }

    /** The mail of a line. */
    sealed interface Source {
        /** A short mail with that subject. */
        record Subject(String text) implements Source {
        }

        /** One character for each octet. */
        record Exact(String octets) implements Source {
        }

        record InFile(String name) implements Source {
        }
    }

    /** What a line says. */
    sealed interface Entry {
        record Account(String user, String password) implements Entry {
        }

        record NewFolder(String user, String name) implements Entry {
        }

        record Limit(String name, int value) implements Entry {
        }

        record Deletion(String user, String name) implements Entry {
        }

        record Renaming(String user, String from, String to) implements Entry {
        }

        record Uses(String user, String name, List<SpecialUse> uses) implements Entry {
        }

        record Subscription(String user, String name, boolean subscribed) implements Entry {
        }

        record Recent(String user, String name) implements Entry {
        }

        record Gone(String user, String folder, int count) implements Entry {
        }

        record Tls(TlsPolicy policy, boolean first) implements Entry {
        }

        record WithoutAcl() implements Entry {
        }

        record WithoutUtf8() implements Entry {
        }

        /** Rights are null where an identifier's entry goes from the list. */
        record Access(String user, String name, String identifier, Rights rights) implements Entry {
        }

        record Ticks(int seconds) implements Entry {
        }

        record LiteralMinus() implements Entry {
        }

        record Quota(String user, QuotaResource resource, long limit) implements Entry {
        }

        record FixedQuota(String user) implements Entry {
        }

        record Token(String user, String token) implements Entry {
        }

        record Mail(String user, String folder, Source source, Flags flags, OffsetDateTime date) implements Entry {
        }

        record Removal(String user, String folder, long uid) implements Entry {
        }

        record NewFlags(String user, String folder, long uid, Flags flags) implements Entry {
        }

        record Wait(int seconds) implements Entry {
        }

        record Open(int connection, String protocol) implements Entry {
        }

        /** Octets of the client; a raw piece has escapes and gets no CRLF. */
        record Client(int connection, String text, boolean raw) implements Entry {
        }

        record Server(int connection, String text, boolean anyOrder) implements Entry {
        }

        record Phase(int connection, String phase) implements Entry {
        }

        record Cut(int connection) implements Entry {
        }

        record Closed(int connection) implements Entry {
        }

        record Ended(int connection, Farewell why) implements Entry {
        }
    }

    /**
     * Reads a transcript. IOException, which names the file, when it cannot be read or is too large, and the line and
     * what is wrong with it when that makes no sense.
     */
    public static Transcript read(Path file) throws IOException {
        return TranscriptReader.read(file);
    }

    /** A transcript of these lines. IOException, which names the line, when one makes no sense. */
    public static Transcript of(String name, List<String> lines) throws IOException {
        return TranscriptReader.of(name, lines);
    }

    /** True when a text that begins like that may be a transcript: its first line that says something is one. */
    public static boolean isBegunBy(String text) {
        return TranscriptReader.isBegunBy(text);
    }
}
