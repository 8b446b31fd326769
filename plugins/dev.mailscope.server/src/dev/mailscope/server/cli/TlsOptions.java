package dev.mailscope.server.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;

import dev.mailscope.server.TlsConfig;
import picocli.CommandLine.Option;

/** How TLS is used. A password is never taken from the command line, where every other user could read it. */
final class TlsOptions {
    /** Where the password of the key store is read from when no file is named. */
    static final String PASSWORD = "MAILSCOPE_KEYSTORE_PASSWORD";

    @Option(names = "--imaps", paramLabel = "PORT",
            description = "Port where IMAP begins with TLS, 0 for any free one; "
            + "proposed: " + TlsConfig.DEFAULT_IMAPS_PORT + ". Without it: none, but STARTTLS.")
    private Integer imaps;

    @Option(names = "--pop3s", paramLabel = "PORT",
            description = "Port where POP3 begins with TLS, 0 for any free one; "
            + "proposed: " + TlsConfig.DEFAULT_POP3S_PORT + ". Without it: none, but STLS.")
    private Integer pop3s;

    @Option(names = "--tls-required", description = "Takes no password without TLS.")
    private boolean required;

    @Option(names = "--keystore", paramLabel = "FILE", description = "The server's certificate and key, in PKCS #12 or "
            + "JKS; the password is read from the environment variable " + PASSWORD + ", or from the file that "
            + "--keystore-password names. Without it: a self-signed certificate.")
    private Path keyStore;

    @Option(names = "--keystore-password", paramLabel = "FILE",
            description = "A file whose first line is the password of the key store.")
    private Path passwordFile;

    @Option(names = "--certificate", paramLabel = "FILE",
            description = "Keeps the self-signed certificate in this file, "
            + "and makes it when it is needed: also when the one in it has expired, or does not name an address that "
            + "--host listens on. Without it: another one at every start.")
    private Path certificate;

    @Option(names = "--client-ca", paramLabel = "FILE",
            description = "Asks clients for a certificate that one of these "
            + "authorities (PEM) has signed; it opens an account by EXTERNAL.")
    private Path clientAuthorities;

    /** What the options say. IllegalArgumentException or IOException says what is wrong. */
    TlsConfig config() throws IOException {
        var config = TlsConfig.DEFAULT.withPorts(port(imaps), port(pop3s)).withRequired(required)
                .withSelfSigned(certificate).withClientAuthorities(clientAuthorities);
        return keyStore == null ? config : config.withKeyStore(new TlsConfig.KeyStoreFile(keyStore, password()));
    }

    private String password() throws IOException {
        if (passwordFile != null) {
            try (var lines = Files.newBufferedReader(passwordFile, StandardCharsets.UTF_8)) {
                var first = lines.readLine();
                return first == null ? "" : first;
            } catch (IOException e) {
                throw new IOException("the password cannot be read from " + passwordFile + ": " + e, e);
            }
        }
        var password = System.getenv(PASSWORD);
        if (password == null) {
            throw new IllegalArgumentException("--keystore needs a password: set the environment variable " + PASSWORD
                    + ", or name a file with --keystore-password");
        }
        return password;
    }

    private static OptionalInt port(Integer port) {
        return port == null ? OptionalInt.empty() : OptionalInt.of(port);
    }
}
