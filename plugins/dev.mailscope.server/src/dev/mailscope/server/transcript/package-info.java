/**
 * Conversations with the server as plain text, run against sessions without sockets.
 *
 * <pre>
 * # a comment
 * account alice wonderland              an account with its INBOX
 * folder alice Work                     one more folder
 * quota alice MESSAGE 3                 a limit of the account's quota; "quota alice FIXED": it cannot be changed
 * access alice Work bob lrs             what bob may do with it; without rights: bob's entry goes from its access list
 * acl off                               access lists have no effect on the connections opened from here on
 * utf8 off                              UTF8=ACCEPT is not offered to the connections opened from here on
 * gone alice Work 3                     so many messages have come and gone: their UIDs are used up
 * recent alice Work                     no session is told of the messages so far as recent
 * uses alice Work \Sent                 what the folder is for
 * subscribe alice Work                  also: unsubscribe
 * delete alice Work                     one with folders below it stays as their holder
 * rename alice Work "Old work"          a name with spaces is quoted where something follows
 * limit pop3Line 64                     a limit of the connections opened from here on
 * ticks 5                               whenever the server looks at its clock from here on, so many seconds pass
 * tls offered                           the connections opened from here on can start TLS; nobody shakes hands
 * tls required                          the same, and no password may be sent before that
 * tls first                             TLS has begun on them already; "tls none" is as before any such line
 * token alice mF_9.B5f-4.1JqM           a bearer token that opens the account too
 * mail alice INBOX "Meeting" \Seen      a short mail with that subject, and its flags
 * mail alice INBOX meeting.eml          a file of transcripts/mail, octet by octet
 * mail alice INBOX raw "A: b\r\n\r\n.c" \Seen  @2026-02-01T10:00:00+01:00     exact octets; internal date
 *
 * O1: pop3                              connection 1 is opened
 * S1: +OK Mailscope ... &lt;${stamp}&gt;      a line of the server; "..." is anything, ${name} is remembered
 * C1: APOP alice ${md5 &lt;${stamp}&gt;wonderland}   a line of the client, CRLF is added; nothing is an escape here
 * C1> STAT\r\nUIDL\x20                   octets of the client without CRLF, with \r \n \t \\ \xNN
 * S1? * 4 EXISTS                        lines that may come in any order within their block
 * S1: caf\xC3\xA9                       \xNN is an octet in a line of the server too
 * P1: Transaction                       the phase connection 1 is in
 * D: alice INBOX "Lunch"                a mail is delivered; like "mail", between client lines
 * R: alice INBOX 2                      the message with that UID is removed from outside
 * F: alice INBOX 2 \Seen \Flagged       its flags are replaced from outside
 * W: 900                                that many seconds pass; below 0, the clock is set back
 * T1: TIMEOUT                           the server ends the session: TIMEOUT or SHUTDOWN
 * E1:                                   the server has closed connection 1
 * X1:                                   the client cuts connection 1
 * </pre>
 *
 * Client lines of one connection that follow one another are sent in one piece. Before anything is done, and at the
 * end, every line of every server answer must have been expected; a connection that the server closes needs its E line.
 * In the end no maildrop may be locked, no error logged, and no account's password in what the trace has of the client.
 */
package dev.mailscope.server.transcript;
