package dev.mailscope.server.trace;

import org.pcollections.TreePSet;

/**
 * A device at a moment.
 *
 * @param said     what it has said last
 * @param sessions the numbers of the sessions it has had up to then, the closed ones too
 */
public record DeviceState(What.Device said, TreePSet<Long> sessions) {
    /** How many messages it has in that folder; 0 when it has no such folder. */
    public int held(String folder) {
        return said.held().getOrDefault(folder, 0);
    }

    DeviceState withSession(long number) {
        return new DeviceState(said, sessions.plus(number));
    }
}
