package dev.mailscope.lab.device;

import java.time.Instant;

/**
 * Something that was done on a device and could not be done on the server as well.
 *
 * @param when   when the device found out
 * @param action what was to be done
 * @param why    why it could not be, in words
 */
public record Conflict(Instant when, Action action, String why) {
}
