package dev.mailscope.lab.device;

import org.pcollections.TreePMap;

import dev.mailscope.server.mailbox.Flags;

/**
 * A folder as a device keeps it.
 *
 * @param name        its name, as the server calls it
 * @param uidValidity what the UIDs are valid with (RFC 9051 section 2.3.1.1); 0 while the server has not been asked
 * @param uidNext     the UID after the last one the device has heard of; 0 while the server has not been asked
 * @param modSeq      the highest modification sequence the device has heard of (RFC 7162); 0 for none
 * @param messages    its messages by their numbers on this device
 */
public record LocalFolder(String name, long uidValidity, long uidNext, long modSeq,
        TreePMap<Long, LocalMessage> messages) {

    /** A folder the server has not been asked about. */
    public static LocalFolder empty(String name) {
        return new LocalFolder(name, 0, 0, 0, TreePMap.empty());
    }

    /** The same folder with that message, in the place of one with the same number. */
    public LocalFolder with(LocalMessage message) {
        return new LocalFolder(name, uidValidity, uidNext, modSeq, messages.plus(message.id(), message));
    }

    /** The same folder without that message. */
    public LocalFolder without(long id) {
        return new LocalFolder(name, uidValidity, uidNext, modSeq, messages.minus(id));
    }

    /** The same folder, with a message's flags changed; as it is when it has no such message. */
    public LocalFolder with(long id, Flags flags) {
        var message = messages.get(id);
        return message == null ? this : with(message.with(flags));
    }

    /** The same folder by another name. */
    public LocalFolder withName(String other) {
        return new LocalFolder(other, uidValidity, uidNext, modSeq, messages);
    }

    /** The same folder, in step with the server up to there. */
    LocalFolder upTo(long validity, long next, long highest) {
        return new LocalFolder(name, validity, next, highest, messages);
    }
}
