package dev.mailscope.lab.device;

import java.util.List;
import java.util.Map;

/**
 * All that a device has in its memory: what another one needs to go on where it was. A value; {@link DeviceFile} keeps
 * it over a restart.
 *
 * @param noted      what is still to be done on the server
 * @param lastNumber the last number the device has given to a message itself
 * @param given      the UIDs that the server has given to messages moved on the device
 */
public record DeviceMemory(LocalCopy copy, boolean online, List<Noted> noted, long lastNumber, Map<Long, Long> given) {
    /** Keeps its own copies. */
    public DeviceMemory {
        noted = List.copyOf(noted);
        given = Map.copyOf(given);
    }
}
