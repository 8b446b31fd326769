package dev.mailscope.server.pop3;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Test;

import dev.mailscope.server.message.Content;
import dev.mailscope.server.transcript.TestServer;

/** After Update the server has no octet of a deleted message; the store's files are DurableStoreTest's. */
class GoneTest {
    @Test
    void theStateHasNoOctetOfADeletedMessage() throws Exception {
        try (var server = new TestServer()) {
            server.account("alice", "wonderland");
            server.deliver("alice", "Subject: first\r\n\r\nGONE-ONE\r\n");
            server.deliver("alice", "Subject: second\r\n\r\nSTAYS-TWO\r\n");
            var connection = server.connect("pop3");
            connection.ask("USER alice");
            connection.ask("PASS wonderland");
            connection.ask("RETR 1");
            connection.ask("DELE 1");
            assertTrue(holds(server.store().state(), "GONE-ONE"), "it is only marked");
            connection.ask("QUIT");
            var after = server.store().state();
            assertFalse(holds(after, "GONE-ONE"), "not even its text");
            assertFalse(holds(after, "first"), "nor its subject");
            assertTrue(holds(after, "STAYS-TWO"));
        }
    }

    /** True when something in that value, however deep, has the text in it. */
    private static boolean holds(Object value, String text) throws IllegalAccessException {
        return holds(value, text, Collections.newSetFromMap(new IdentityHashMap<>()));
    }

    private static boolean holds(Object value, String text, Set<Object> seen) throws IllegalAccessException {
        if (value == null || value instanceof Enum || !seen.add(value)) {
            return false;
        }
        if (value instanceof CharSequence words) {
            return words.toString().contains(text);
        }
        if (value instanceof byte[] octets) {
            return new String(octets, StandardCharsets.ISO_8859_1).contains(text);
        }
        if (value instanceof Content content && holds(content.octets(), text, seen)) {
            return true;
        }
        if (value instanceof Map<?, ?> map) {
            return holds(map.keySet(), text, seen) || holds(map.values(), text, seen);
        }
        if (value instanceof Iterable<?> all) {
            for (var each : all) {
                if (holds(each, text, seen)) {
                    return true;
                }
            }
            return false;
        }
        if (value instanceof Object[] all) {
            for (var each : all) {
                if (holds(each, text, seen)) {
                    return true;
                }
            }
            return false;
        }
        if (!value.getClass().getName().startsWith("dev.mailscope.")) {
            return false; // a number, a date
        }
        for (Class<?> type = value.getClass(); type != Object.class; type = type.getSuperclass()) {
            for (var field : type.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers()) && !field.getType().isPrimitive()) {
                    field.setAccessible(true);
                    if (holds(field.get(value), text, seen)) {
                        return true;
                    }
                }
            }
        }
        return false;
    }
}
