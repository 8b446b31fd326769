package dev.mailscope.server.classroom;

import java.io.IOException;
import java.util.List;
import java.util.OptionalInt;

import dev.mailscope.server.AccountMail;
import dev.mailscope.server.MailServer;
import dev.mailscope.server.ServerConfig;
import dev.mailscope.server.net.NetworkAddress;

/**
 * A server for a class: on a network, with an account for each student and no other, TLS before any password, and
 * limits on what one student may use up.
 *
 * @param host            the address it listens on
 * @param students        the class
 * @param mail            what each account begins with
 * @param arrivals        new connections that one address may open within a minute; 0 for any number
 * @param accountSessions sessions that one account may have at once; 0 for any number
 */
public record Classroom(String host, List<Student> students, AccountMail mail, int arrivals, int accountSessions) {
    /** Every address of this computer. */
    public static final String EVERYWHERE = "0.0.0.0";
    /** What is proposed for {@link #arrivals}: a mail program opens some connections at once, and some again. */
    public static final int ARRIVALS = 60;
    /** What is proposed for {@link #accountSessions}: some mail programs open five, and a student has two of them. */
    public static final int ACCOUNT_SESSIONS = 10;

    /** Keeps its own copy. */
    public Classroom {
        students = List.copyOf(students);
    }

    /**
     * The configuration for it. Accounts and mail are in memory, no mail arrives by SMTP, and no folder can be shared:
     * what one student does concerns no other's account.
     */
    public ServerConfig in(ServerConfig base) {
        return base.withHost(host).withAccounts(students.stream().map(Student::account).toList())
                .withMail(mail).withTls(base.tls().withRequired(true)).withSmtpPort(OptionalInt.empty())
                .withAcl(false).withStore(null)
                .withLimits(base.limits().withArrivals(arrivals).withAccountSessions(accountSessions));
    }

    /** What to hand out for that server of it, which runs. IOException as {@link MailServer#certificate}. */
    public HandOut handOut(MailServer server) throws IOException {
        return new HandOut(hosts(), server.endpoints(), server.certificate().fingerprint(), students);
    }

    /** The addresses by which clients reach it. IOException when the system does not tell its own. */
    public List<String> hosts() throws IOException {
        var all = NetworkAddress.reaching(host);
        return all.isEmpty() ? List.of(host) : all;
    }
}
