package dev.mailscope.server;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;

import dev.mailscope.server.session.ImapOptions;
import dev.mailscope.server.session.Limits;
import dev.mailscope.server.trace.RecordingLimits;

/**
 * How a server is set up.
 *
 * @param host            the address it listens on; loopback unless the user says otherwise
 * @param imapPort        0 for any free port
 * @param pop3Port        0 for any free port
 * @param accounts        the accounts it starts with
 * @param mail            what every account starts with
 * @param recording       the file the trace is written to, or null to keep it in memory
 * @param recordingLimits how large the recording may grow
 * @param limits          what a peer may use up
 * @param tls             how TLS is used
 * @param smtpPort        0 for any free port; empty when no mail is to arrive by SMTP
 * @param imap            how IMAP is offered
 * @param store           the folder that keeps accounts and mail, or null to keep them in memory
 */
public record ServerConfig(String host, int imapPort, int pop3Port, List<AccountConfig> accounts,
        AccountMail mail, Path recording, RecordingLimits recordingLimits, Limits limits, TlsConfig tls,
        OptionalInt smtpPort, ImapOptions imap, Path store) {
    /** The port Mailscope proposes for IMAP; the standard one, 143, needs a permission on most systems. */
    public static final int DEFAULT_IMAP_PORT = 1143;
    /** The port Mailscope proposes for SMTP; the standard one is 25, and 587 for clients that submit their mail. */
    public static final int DEFAULT_SMTP_PORT = 1025;
    /** The port Mailscope proposes for POP3; the standard one, 110, needs a permission on most systems. */
    public static final int DEFAULT_POP3_PORT = 1110;
    /** The sample account; it keeps its secret, so that APOP and CRAM-MD5 can be seen. */
    public static final AccountConfig SAMPLE_ACCOUNT = new AccountConfig("alice", "secret").withSecretKept();

    /** Checks the ports and the accounts' names, and keeps its own copy of the accounts. */
    public ServerConfig {
        accounts = List.copyOf(accounts);
        var names = new HashSet<String>();
        for (var account : accounts) {
            if (!names.add(account.user())) {
                throw new IllegalArgumentException("account " + account.user() + " is given twice");
            }
        }
        checkPort("IMAP", imapPort);
        checkPort("POP3", pop3Port);
        smtpPort.ifPresent(port -> checkPort("SMTP", port));
    }

    /** The sample account and mail on the proposed ports of the loopback address, recorded in memory. */
    public static ServerConfig sample() {
        return new ServerConfig("127.0.0.1", DEFAULT_IMAP_PORT, DEFAULT_POP3_PORT, List.of(SAMPLE_ACCOUNT),
                AccountMail.SAMPLE, null, RecordingLimits.DEFAULT, Limits.DEFAULT, TlsConfig.DEFAULT,
                OptionalInt.empty(), ImapOptions.DEFAULT, null);
    }

    /** The same on other ports. */
    public ServerConfig withPorts(int imapPort, int pop3Port) {
        return new ServerConfig(host, imapPort, pop3Port, accounts, mail, recording, recordingLimits, limits,
                tls, smtpPort, imap, store);
    }

    /** The same on another address. */
    public ServerConfig withHost(String address) {
        return new ServerConfig(address, imapPort, pop3Port, accounts, mail, recording, recordingLimits,
                limits, tls, smtpPort, imap, store);
    }

    /** The same with these accounts, which do not start with the sample mail. */
    public ServerConfig withAccounts(List<AccountConfig> others) {
        return new ServerConfig(host, imapPort, pop3Port, others,
                mail.equals(AccountMail.SAMPLE) ? AccountMail.NONE : mail, recording, recordingLimits, limits,
                tls, smtpPort, imap, store);
    }

    /** The same with every account starting with that. */
    public ServerConfig withMail(AccountMail beginning) {
        return new ServerConfig(host, imapPort, pop3Port, accounts, beginning, recording, recordingLimits, limits, tls,
                smtpPort, imap, store);
    }

    /** The same accounts and mail, with these ways to open them; there must be the same users. */
    public ServerConfig withAccountsOpened(List<AccountConfig> same) {
        if (!same.stream().map(AccountConfig::user).toList()
                .equals(accounts.stream().map(AccountConfig::user).toList())) {
            throw new IllegalArgumentException("these are other accounts");
        }
        return new ServerConfig(host, imapPort, pop3Port, same, mail, recording, recordingLimits, limits,
                tls, smtpPort, imap, store);
    }

    /** The same accounts, with another way to open one of them; the same as it is when it names none of them. */
    public ServerConfig withAccountOpened(AccountConfig account) {
        return withAccountsOpened(
                accounts.stream().map(each -> each.user().equals(account.user()) ? account : each).toList());
    }

    /** The same, recorded to that file. */
    public ServerConfig withRecording(Path file) {
        return new ServerConfig(host, imapPort, pop3Port, accounts, mail, file, recordingLimits, limits,
                tls, smtpPort, imap, store);
    }

    /** The same with a recording that may grow so large. */
    public ServerConfig withRecordingLimits(RecordingLimits size) {
        return new ServerConfig(host, imapPort, pop3Port, accounts, mail, recording, size, limits, tls,
                smtpPort, imap, store);
    }

    /** The same with other limits. */
    public ServerConfig withLimits(Limits others) {
        return new ServerConfig(host, imapPort, pop3Port, accounts, mail, recording, recordingLimits,
                others, tls, smtpPort, imap, store);
    }

    /** The same with TLS used in another way. */
    public ServerConfig withTls(TlsConfig other) {
        return new ServerConfig(host, imapPort, pop3Port, accounts, mail, recording, recordingLimits,
                limits, other, smtpPort, imap, store);
    }

    /** The same with mail arriving by SMTP on that port of the same address. */
    public ServerConfig withSmtpPort(int port) {
        return withSmtpPort(OptionalInt.of(port));
    }

    /** The same with mail arriving there, or not at all when it is empty. */
    public ServerConfig withSmtpPort(OptionalInt port) {
        return new ServerConfig(host, imapPort, pop3Port, accounts, mail, recording, recordingLimits,
                limits, tls, port, imap, store);
    }

    /** The same with LITERAL- instead of LITERAL+, or the other way round. */
    public ServerConfig withLiteralMinus(boolean minus) {
        return with(imap.withLiteralMinus(minus));
    }

    /** The same with UTF8=ACCEPT offered, or not. */
    public ServerConfig withUtf8(boolean offered) {
        return with(imap.withUtf8(offered));
    }

    /** The same with IMAP clients told that often how far a command has come that takes long. */
    public ServerConfig withProgress(Duration interval) {
        return with(imap.withProgress(interval));
    }

    /** The same with access lists (RFC 4314), or not. */
    public ServerConfig withAcl(boolean offered) {
        return with(imap.withAcl(offered));
    }

    /** The same with accounts and mail kept in that folder, which is made when it is missing; null for in memory. */
    public ServerConfig withStore(Path folder) {
        return new ServerConfig(host, imapPort, pop3Port, accounts, mail, recording, recordingLimits,
                limits, tls, smtpPort, imap, folder);
    }

    /** True when nobody has said which accounts there are: there is the sample account alone. */
    boolean hasSampleAccountOnly() {
        return accounts.size() == 1 && accounts.getFirst().user().equals(SAMPLE_ACCOUNT.user())
                && accounts.getFirst().password().equals(SAMPLE_ACCOUNT.password()) && !mail.equals(AccountMail.NONE);
    }

    private ServerConfig with(ImapOptions options) {
        return new ServerConfig(host, imapPort, pop3Port, accounts, mail, recording, recordingLimits,
                limits, tls, smtpPort, options, store);
    }

    static void checkPort(String protocol, int port) {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException(protocol + " port must be 0 to 65535, not " + port);
        }
    }
}
