package dev.mailscope.lab.device;

/**
 * Where a device's mail is, and what opens it.
 *
 * @param host     the server
 * @param imapPort its IMAP port
 * @param pop3Port its POP3 port
 * @param user     the account's name
 * @param password what opens it
 */
public record MailAccount(String host, int imapPort, int pop3Port, String user, String password) {
    /** Without the password. */
    @Override
    public String toString() {
        return user + "@" + host + " (IMAP " + imapPort + ", POP3 " + pop3Port + ")";
    }
}
