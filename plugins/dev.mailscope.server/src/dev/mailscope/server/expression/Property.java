package dev.mailscope.server.expression;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

import dev.mailscope.server.mailbox.Folder;
import dev.mailscope.server.trace.SessionState;

/** What an expression can see of a session or a folder, such as {@code session(2).phase}. */
public enum Property {
    /** {@link SessionState} is there. */
    SESSION_OPEN("open", Type.SESSION, "whether the session was connected", ofSession(s -> s != null)),
    /** {@link SessionState#phase}. */
    SESSION_PHASE("phase", Type.SESSION, "the phase it was in; empty when it was not connected",
            new OfSession(code -> new Value.Text(at(code, SessionState::phase), Value.Comparing.IN_ANY_CASE, null,
                    List.of()))),
    /** {@link SessionState#protocol}. */
    SESSION_PROTOCOL("protocol", Type.SESSION, "its protocol", new OfSession(code -> new Value.Text(
            at(code, SessionState::protocol), Value.Comparing.IN_ANY_CASE, null, List.of("imap", "pop3", "smtp", "")))),
    /** {@link SessionState#account}. */
    SESSION_ACCOUNT("account", Type.SESSION, "the account whose folder it had open",
            new OfSession(code -> new Value.Text(at(code, SessionState::account), Value.Comparing.EXACTLY, null,
                    List.of()))),
    /** {@link SessionState#user}. */
    SESSION_USER("user", Type.SESSION, "the user who had logged in",
            new OfSession(code -> new Value.Text(at(code, SessionState::user), Value.Comparing.EXACTLY, null,
                    List.of()))),
    /** {@link SessionState#folder}. */
    SESSION_FOLDER("folder", Type.SESSION, "the folder it had open",
            new OfSession(code -> new Value.Text(at(code, SessionState::folder), Value.Comparing.AS_FOLDER, null,
                    List.of()))),
    /** {@link SessionState#readOnly}. */
    SESSION_READ_ONLY("readOnly", Type.SESSION, "whether it had opened the folder read-only",
            ofSession(s -> s != null && s.readOnly())),
    /** {@link SessionState#told}. */
    SESSION_TOLD("told", Type.SESSION, "the UIDs of the messages its client knew of",
            new OfSession(code -> new Value.Numbers(scope -> {
                var session = code.apply(scope);
                return session == null ? List.of() : session.told().keySet();
            }))),
    /** {@link SessionState#marked}. */
    SESSION_MARKED("marked", Type.SESSION, "the UIDs of the messages it had marked to be deleted in Update (POP3)",
            new OfSession(code -> new Value.Numbers(scope -> {
                var session = code.apply(scope);
                return session == null ? List.of() : session.marked();
            }))),
    /** {@link Folder} is there. */
    FOLDER_THERE("there", Type.FOLDER, "whether there was such a folder",
            new OfFolder(code -> new Value.Truth(scope -> code.apply(scope) != null))),
    /** {@link Folder#size}. */
    FOLDER_MESSAGES("messages", Type.FOLDER, "how many messages it held", ofFolder(Folder::size)),
    /** {@link Folder#unseen}. */
    FOLDER_UNSEEN("unseen", Type.FOLDER, "how many of its messages were not seen", ofFolder(Folder::unseen)),
    /** {@link Folder#octets}. */
    FOLDER_OCTETS("octets", Type.FOLDER, "how large its messages were together, in octets", ofFolder(Folder::octets)),
    /** {@link Folder#uidNext}. */
    FOLDER_UID_NEXT("uidNext", Type.FOLDER, "its UIDNEXT", ofFolder(Folder::uidNext)),
    /** {@link Folder#uidValidity}. */
    FOLDER_UID_VALIDITY("uidValidity", Type.FOLDER, "its UIDVALIDITY", ofFolder(Folder::uidValidity)),
    /** The keys of {@link Folder#messages}. */
    FOLDER_UIDS("uids", Type.FOLDER, "the UIDs of its messages", new OfFolder(code -> new Value.Numbers(scope -> {
        var folder = code.apply(scope);
        return folder == null ? List.of() : folder.messages().keySet();
    })));

    /** How it is read. */
    private sealed interface Access {
    }

    private record OfSession(Function<Function<Scope, SessionState>, Value> value) implements Access {
    }

    private record OfFolder(Function<Function<Scope, Folder>, Value> value) implements Access {
    }

    private interface FolderNumber {
        long of(Folder folder);
    }

    private final String written;
    private final Type owner;
    private final String explanation;
    private final Access access;

    Property(String written, Type owner, String explanation, Access access) {
        this.written = written;
        this.owner = owner;
        this.explanation = explanation;
        this.access = access;
    }

    /** How it is written behind the point. */
    public String written() {
        return written;
    }

    /** What it is a property of. */
    public Type owner() {
        return owner;
    }

    /** What it is, in some words. */
    public String explanation() {
        return explanation;
    }

    /** The property of that; it must be what the property is for. */
    Value of(Value whole) {
        return switch (access) {
            case OfSession(var value) -> value.apply(((Value.OfSession) whole).code());
            case OfFolder(var value) -> value.apply(((Value.OfFolder) whole).code());
        };
    }

    static Optional<Property> named(Type owner, String name) {
        return of(owner).filter(p -> p.written.equals(name)).findFirst();
    }

    static Stream<Property> of(Type owner) {
        return Arrays.stream(values()).filter(p -> p.owner == owner);
    }

    private static Access ofSession(java.util.function.Predicate<SessionState> test) {
        return new OfSession(code -> new Value.Truth(scope -> test.test(code.apply(scope))));
    }

    private static Access ofFolder(FolderNumber number) {
        return new OfFolder(code -> new Value.Number(scope -> {
            var folder = code.apply(scope);
            return folder == null ? 0 : number.of(folder);
        }));
    }

    private static Function<Scope, String> at(Function<Scope, SessionState> code,
            Function<SessionState, String> property) {
        return scope -> {
            var session = code.apply(scope);
            return session == null ? "" : property.apply(session);
        };
    }
}
