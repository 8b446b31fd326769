package dev.mailscope.server.imap.command;

/**
 * What a client that opens a folder knows of it already (RFC 7162 section 3.2.5). No set has {@code *} in it.
 *
 * @param uidValidity    the UIDVALIDITY for which all of this holds
 * @param modSeq         the last modification sequence it has heard of, at least 1
 * @param uids           the messages it knows; null for all
 * @param matchSequences some sequence numbers, ascending; null when it gives none
 * @param matchUids      the UIDs of the messages with those numbers; null when it gives none
 */
public record QuickResync(long uidValidity, long modSeq, SequenceSet uids, SequenceSet matchSequences,
        SequenceSet matchUids) {
    /** As a command writes it, in its parentheses. */
    @Override
    public String toString() {
        return "QRESYNC (" + uidValidity + ' ' + modSeq + (uids == null ? "" : " " + uids)
                + (matchSequences == null ? "" : " (" + matchSequences + ' ' + matchUids + ')') + ')';
    }
}
