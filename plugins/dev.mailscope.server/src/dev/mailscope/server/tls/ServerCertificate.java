package dev.mailscope.server.tls;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.PrivateKey;
import java.security.UnrecoverableKeyException;
import java.security.cert.Certificate;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

import dev.mailscope.server.file.PrivateFiles;

/** The certificate a server shows, with its key and the certificates it was signed by. */
public final class ServerCertificate {
    private static final String ENTRY = "mailscope";
    // The key store is readable by its owner only; PKCS #12 wants a password all the same.
    private static final String OWN_PASSWORD = "mailscope";
    private static final int PEM_LINE = 64;

    private final PrivateKey key;
    private final List<X509Certificate> chain;

    ServerCertificate(PrivateKey key, List<X509Certificate> chain) {
        this.key = key;
        this.chain = List.copyOf(chain);
    }

    /**
     * The self-signed certificate in that PKCS #12 file, for these names. Makes it, and the file, which only its owner
     * can read, when there is none, or it lacks a name, or it is valid no more or not yet. What is made because a name
     * was lacking keeps the names there were, as far as there is room: who is in two networks by turns needs one
     * certificate. IOException names the file and says what is wrong with it.
     */
    public static ServerCertificate selfSigned(Path file, CertificateNames names) throws IOException {
        var wanted = names;
        if (Files.exists(file)) {
            try {
                var found = load(file, OWN_PASSWORD.toCharArray(), null);
                PrivateFiles.restrict(file);
                if (found.isValid(Instant.now())) {
                    if (names.areIn(found.certificate())) {
                        return found;
                    }
                    wanted = names.withThoseOf(found.certificate());
                }
            } catch (UnreadableKeyStore e) {
                throw new IOException(e.getMessage() + "; delete it to have a new certificate made", e);
            }
        }
        var made = temporary(wanted);
        try {
            PrivateFiles.folder(file.toAbsolutePath().getParent());
            PrivateFiles.write(file, made::store);
        } catch (IOException e) {
            throw new IOException("the key store " + file + " cannot be written: " + e, e);
        }
        // Another process may have made one at the same time: what counts is what is in the file.
        return load(file, OWN_PASSWORD.toCharArray(), null);
    }

    /** A self-signed certificate for these names that is kept nowhere. */
    public static ServerCertificate temporary(CertificateNames names) {
        return SelfSigned.make(names, Instant.now());
    }

    /**
     * The certificate in the user's key store, PKCS #12 or JKS. IOException names the file and says what is wrong.
     *
     * @param password of the key store and of the key in it
     * @param alias    which key, null for the only one
     */
    public static ServerCertificate load(Path file, char[] password, String alias) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new NoSuchFileException("there is no key store " + file);
        }
        try {
            var store = KeyStore.getInstance(file.toFile(), password);
            var entry = alias == null ? onlyKey(file, store) : alias;
            if (!(store.getKey(entry, password) instanceof PrivateKey key)) {
                throw new UnreadableKeyStore("key store " + file + " has no private key named \"" + entry
                        + "\"; it has " + keys(store), null);
            }
            var chain = new ArrayList<X509Certificate>();
            for (var certificate : store.getCertificateChain(entry)) {
                chain.add((X509Certificate) certificate);
            }
            return new ServerCertificate(key, chain);
        } catch (KeyStoreException e) {
            throw new UnreadableKeyStore(file + " is not a key store (PKCS #12 or JKS)", e);
        } catch (UnrecoverableKeyException e) {
            throw new UnreadableKeyStore("the key in " + file + " has another password than the key store", e);
        } catch (GeneralSecurityException | ClassCastException e) {
            throw new UnreadableKeyStore("key store " + file + " holds what this Java cannot read", e);
        } catch (UnreadableKeyStore e) {
            throw e;
        } catch (IOException e) {
            throw new UnreadableKeyStore(e.getCause() instanceof UnrecoverableKeyException
                    ? "the password of key store " + file + " is wrong"
                    : "key store " + file + " is damaged or no key store at all", e);
        }
    }

    /** The certificate itself. */
    public X509Certificate certificate() {
        return chain.getFirst();
    }

    /** True when it can be used. */
    public boolean isValid(Instant now) {
        return !hasExpired(now) && !now.isBefore(certificate().getNotBefore().toInstant());
    }

    /** True when it is too late to use it. */
    public boolean hasExpired(Instant now) {
        return now.isAfter(certificate().getNotAfter().toInstant());
    }

    /** The SHA-256 fingerprint as clients show it: pairs of hexadecimal digits with colons. */
    public String fingerprint() {
        return HexFormat.ofDelimiter(":").withUpperCase().formatHex(Digests.of("SHA-256", encoded()));
    }

    /** The certificate, without its key, in PEM (RFC 7468 section 5), for a client to trust. */
    public String pem() {
        var base64 = Base64.getMimeEncoder(PEM_LINE, "\n".getBytes(StandardCharsets.US_ASCII));
        return "-----BEGIN CERTIFICATE-----\n" + base64.encodeToString(encoded()) + "\n-----END CERTIFICATE-----\n";
    }

    /** The channel binding {@code tls-server-end-point} (RFC 5929 section 4); empty where it is not defined. */
    public Optional<byte[]> endPoint() {
        return Digests.ofSignature(certificate().getSigAlgName(), certificate().getSigAlgParams())
                .map(digest -> Digests.of(digest, encoded()));
    }

    @Override
    public String toString() {
        return "ServerCertificate[" + certificate().getSubjectX500Principal() + ", " + fingerprint() + "]";
    }

    /** A key store that holds nothing else. */
    KeyStore keyStore(char[] password) throws GeneralSecurityException, IOException {
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry(ENTRY, key, password, chain.toArray(Certificate[]::new));
        return store;
    }

    private void store(OutputStream out) throws IOException {
        try {
            keyStore(OWN_PASSWORD.toCharArray()).store(out, OWN_PASSWORD.toCharArray());
        } catch (GeneralSecurityException e) {
            throw new IOException(e.toString(), e);
        }
    }

    private byte[] encoded() {
        try {
            return certificate().getEncoded();
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("a certificate that was decoded can be encoded", e);
        }
    }

    private static String onlyKey(Path file, KeyStore store) throws KeyStoreException, UnreadableKeyStore {
        var keys = keys(store);
        if (keys.size() != 1) {
            throw new UnreadableKeyStore("key store " + file + (keys.isEmpty() ? " has no private key"
                    : " has several keys, say which: " + keys), null);
        }
        return keys.getFirst();
    }

    private static List<String> keys(KeyStore store) throws KeyStoreException {
        var keys = new ArrayList<String>();
        for (var name : Collections.list(store.aliases())) {
            if (store.entryInstanceOf(name, KeyStore.PrivateKeyEntry.class)) {
                keys.add(name);
            }
        }
        return keys;
    }

    /** What is wrong with a key store, in words for the user. */
    private static final class UnreadableKeyStore extends IOException {
        private static final long serialVersionUID = 1L;

        UnreadableKeyStore(String message, Exception cause) {
            super(message, cause);
        }
    }
}
