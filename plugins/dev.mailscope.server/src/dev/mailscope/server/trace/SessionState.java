package dev.mailscope.server.trace;

import org.pcollections.TreePMap;
import org.pcollections.TreePSet;

import dev.mailscope.server.mailbox.Message;

/**
 * A session at one moment of a recording.
 *
 * @param number    its number
 * @param protocol  {@code imap} or {@code pop3}
 * @param peer      the client's address and port
 * @param local     the address and port it connected to
 * @param phase     the phase it is in
 * @param account   the account of the open folder, empty when none is open
 * @param folderId  the open folder, 0 when none is open
 * @param folder    the open folder's name when it was opened, empty when none is open
 * @param readOnly  true when the folder was opened read-only
 * @param told      the messages its client knows of, by UID, each as it last heard of it: a message's place in this map
 *                  is its sequence number (for POP3, its message number)
 * @param marked    POP3: the UIDs marked to be deleted in Update
 * @param connected the number of the event with which it began
 * @param user      the user who has logged in, empty when nobody has
 */
public record SessionState(long number, String protocol, String peer, String local, String phase, String account,
        long folderId, String folder, boolean readOnly, TreePMap<Long, Message> told, TreePSet<Long> marked,
        long connected, String user) {

    /** The sequence number (POP3: message number) of a message, or 0 when the client does not know of it. */
    public int sequence(long uid) {
        return told.containsKey(uid) ? told.headMap(uid).size() + 1 : 0;
    }

    static SessionState connected(TraceEvent event, What.Connected connected) {
        return new SessionState(event.session(), event.protocol(), connected.peer(), connected.local(), event.phase(),
                "", 0, "", false, TreePMap.empty(), TreePSet.empty(), event.number(), "");
    }

    /** In that phase, with that user logged in from now on; with who was before when it is empty. */
    SessionState withPhase(String now, String loggedIn) {
        return new SessionState(number, protocol, peer, local, now, account, folderId, folder, readOnly, told, marked,
                connected, loggedIn.isEmpty() ? user : loggedIn);
    }

    SessionState opened(What.ViewOpened view, TreePMap<Long, Message> messages) {
        return new SessionState(number, protocol, peer, local, phase, view.account(), view.folderId(), view.folder(),
                view.readOnly(), messages, TreePSet.empty(), connected, user);
    }

    SessionState closedView() {
        return new SessionState(number, protocol, peer, local, phase, "", 0, "", false, TreePMap.empty(),
                TreePSet.empty(), connected, user);
    }

    SessionState withTold(TreePMap<Long, Message> now) {
        return new SessionState(number, protocol, peer, local, phase, account, folderId, folder, readOnly, now, marked,
                connected, user);
    }

    SessionState withMark(long uid, boolean deleted) {
        return new SessionState(number, protocol, peer, local, phase, account, folderId, folder, readOnly, told,
                deleted ? marked.plus(uid) : marked.minus(uid), connected, user);
    }
}
