package dev.mailscope.server.cli;

import java.util.ArrayList;
import java.util.List;

import javax.security.auth.x500.X500Principal;

import dev.mailscope.server.AccountConfig;
import dev.mailscope.server.ServerConfig;
import dev.mailscope.server.mailbox.Quota;
import dev.mailscope.server.mailbox.QuotaResource;
import picocli.CommandLine.Option;

/** Which accounts there are, and what each is opened with. */
final class AccountOptions {
    /** A user name, and after a colon what is said of it. */
    private record OfUser(String user, String value) {
        static OfUser parse(String option, String text) {
            var colon = text.indexOf(':');
            if (colon < 1 || colon == text.length() - 1) {
                // The text may hold a secret: it is not quoted.
                throw new IllegalArgumentException(option + " takes a user name, a colon and what belongs to it");
            }
            return new OfUser(text.substring(0, colon), text.substring(colon + 1));
        }
    }

    @Option(names = "--account", paramLabel = "USER:PASSWORD",
            description = "An account; may be given several times. Without it: alice with the sample mail.")
    private List<String> accounts = List.of();

    @Option(names = "--keep-secrets",
            description = "Keeps the passwords themselves, which APOP and CRAM-MD5 need; that "
            + "of the sample account is kept anyway.")
    private boolean keepSecrets;

    @Option(names = "--token", paramLabel = "USER:TOKEN", description = "A bearer token that opens an account by "
            + "OAUTHBEARER and XOAUTH2; may be given several times.")
    private List<String> tokens = List.of();

    @Option(names = "--client", paramLabel = "USER:SUBJECT", description = "The subject of the client certificate that "
            + "opens an account by EXTERNAL, such as alice:CN=alice,O=Example; without it: CN=USER.")
    private List<String> clients = List.of();

    @Option(names = "--quota", paramLabel = "USER:RESOURCE=LIMIT", description = "How much an account may hold of "
            + "STORAGE (in units of 1,024 octets), MESSAGE or MAILBOX; may be given several times.")
    private List<String> quotas = List.of();

    @Option(names = "--fixed-quotas", description = "Refuses SETQUOTA; without it the owner of an account may set its "
            + "quota.")
    private boolean fixedQuotas;

    /** True when an account is given. */
    boolean isGiven() {
        return !accounts.isEmpty();
    }

    /** The configuration with these accounts. IllegalArgumentException says what is wrong, and shows no secret. */
    ServerConfig in(ServerConfig config) {
        var of = accounts.isEmpty() ? config
                : config.withAccounts(accounts.stream().map(AccountConfig::parse).toList());
        var changed = new ArrayList<AccountConfig>();
        for (var account : of.accounts()) {
            var subject = new X500Principal("CN=\"" + account.user().replaceAll("[\\\\\"]", "\\\\$0") + "\"");
            changed.add((keepSecrets ? account.withSecretKept() : account).withCertificate(subject)
                    .withQuota(account.quota().withFixed(fixedQuotas)));
        }
        for (var text : tokens) {
            var token = OfUser.parse("--token", text);
            change(changed, token.user(), account -> account.withToken(token.value()));
        }
        for (var text : clients) {
            var client = OfUser.parse("--client", text);
            change(changed, client.user(), account -> account.withCertificate(subject(client)));
        }
        for (var text : quotas) {
            var quota = OfUser.parse("--quota", text);
            change(changed, quota.user(), account -> account.withQuota(limited(account.quota(), quota.value())));
        }
        return of.withAccountsOpened(changed);
    }

    private interface Opening {
        AccountConfig of(AccountConfig account);
    }

    private static void change(List<AccountConfig> accounts, String user, Opening opening) {
        for (var i = 0; i < accounts.size(); i++) {
            if (accounts.get(i).user().equals(user)) {
                accounts.set(i, opening.of(accounts.get(i)));
                return;
            }
        }
        throw new IllegalArgumentException("there is no account " + user
                + " that a token or a certificate could open, or a quota limit");
    }

    private static Quota limited(Quota quota, String text) {
        var equals = text.indexOf('=');
        var resource = QuotaResource.named(equals < 0 ? text : text.substring(0, equals));
        try {
            if (resource.isPresent() && equals >= 0) {
                return quota.with(resource.get(), Long.parseLong(text.substring(equals + 1)));
            }
        } catch (IllegalArgumentException e) {
            // no number, or one below 0: refused below
        }
        throw new IllegalArgumentException("--quota takes STORAGE, MESSAGE or MAILBOX and a limit from 0, as in "
                + "alice:MESSAGE=100, not \"" + text + "\"");
    }

    private static X500Principal subject(OfUser client) {
        try {
            return new X500Principal(client.value());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("--client takes a subject such as CN=alice,O=Example, not \""
                    + client.value() + "\"", e);
        }
    }
}
