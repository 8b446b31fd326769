package dev.mailscope.server.expression;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

import dev.mailscope.server.mailbox.Folder;
import dev.mailscope.server.trace.SessionState;

/** A compiled part of an expression: what it is at an event. None of them is ever null. */
sealed interface Value {
    /** How text is compared. */
    enum Comparing {
        /** Character by character. */
        EXACTLY,
        /** Names of protocols, commands and phases: in any case. */
        IN_ANY_CASE,
        /** Folder names: exactly, only INBOX is written in any case (RFC 9051 section 5.1). */
        AS_FOLDER;

        /** The text as it is compared. */
        String key(String text) {
            return switch (this) {
                case EXACTLY -> text;
                case IN_ANY_CASE -> text.toLowerCase(Locale.ROOT);
                case AS_FOLDER -> Folder.canonicalName(text);
            };
        }

        /** True when the text is that other one, which is a {@link #key}. */
        boolean same(String text, String key) {
            return this == IN_ANY_CASE ? text.equalsIgnoreCase(key) : text.equals(key);
        }
    }

    record Truth(Predicate<Scope> code) implements Value {
    }

    record Number(ToLongFunction<Scope> code) implements Value {
    }

    /**
     * @param constant what it always is; null when it depends on the event
     * @param only     the values it can have, when they are few and known; else empty
     */
    record Text(Function<Scope, String> code, Comparing comparing, String constant, List<String> only)
            implements Value {
    }

    record Numbers(Function<Scope, ? extends Collection<Long>> code) implements Value {
    }

    /** @param constants what they always are; null when they depend on the event */
    record Texts(Function<Scope, ? extends Collection<String>> code, Comparing comparing, List<String> constants)
            implements Value {
    }

    /** The code gives null for a session that is not there. */
    record OfSession(Function<Scope, SessionState> code) implements Value {
    }

    /** The code gives null for a folder that is not there. */
    record OfFolder(Function<Scope, Folder> code) implements Value {
    }

    default Type type() {
        return switch (this) {
            case Truth v -> Type.BOOLEAN;
            case Number v -> Type.NUMBER;
            case Text v -> Type.TEXT;
            case Numbers v -> Type.NUMBERS;
            case Texts v -> Type.TEXTS;
            case OfSession v -> Type.SESSION;
            case OfFolder v -> Type.FOLDER;
        };
    }
}
