package dev.mailscope.server.tls;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;

/** The authorities whose client certificates are believed. */
public final class Authorities {
    private Authorities() {
    }

    /** The certificates in that file, in PEM or one in DER. IOException names the file and says what is wrong. */
    public static KeyStore read(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new NoSuchFileException("there is no file of certificates " + file);
        }
        try (var in = Files.newInputStream(file)) {
            var certificates = CertificateFactory.getInstance("X.509").generateCertificates(in);
            if (certificates.isEmpty()) {
                throw new IOException(file + " holds no certificate");
            }
            var store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            var number = 0;
            for (var certificate : certificates) {
                store.setCertificateEntry("authority " + ++number, certificate);
            }
            return store;
        } catch (CertificateException e) {
            throw new IOException(file + " holds no certificate that this Java can read", e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has PKCS #12 and X.509", e);
        }
    }
}
