package dev.mailscope.lab.device;

import dev.mailscope.server.mailbox.Flags;

/**
 * What was done on an IMAP device and is still to be done on the server.
 *
 * @param provisional the number a message that is moved has on the device until the server has given it a UID
 * @param uidValidity what the message's UID was valid with as the user saw it
 * @param flags       the message's flags as the device knew them then, null where it is about no message
 */
record Noted(Action action, long provisional, long uidValidity, Flags flags) {
}
