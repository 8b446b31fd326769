package dev.mailscope.server.mailbox;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import javax.security.auth.x500.X500Principal;

/**
 * What the accounts are opened with: passwords, bearer tokens, certificates. Kept apart from the state, because the
 * state is recorded and secrets never are. Of a password the SCRAM verifiers are kept, of a password and a token also a
 * hash with a key of this process, by which one that is right is recognised at once; the password itself only where
 * {@link #set(String, String)} says so. User names and passwords are compared as {@link SaslPrep} prepares them.
 */
public final class Credentials {
    /** How often a password is hashed at least (RFC 7677 section 4). */
    public static final int LEAST_ITERATIONS = 4_096;

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int SALT = 16;

    private final ConcurrentHashMap<String, Secrets> accounts = new ConcurrentHashMap<>();
    private final byte[] key = random(ScramHash.SHA_256.size());
    private final ScramVerifier decoy;
    private final int iterations;

    /** No accounts; new passwords are hashed as often as RFC 7677 asks for. */
    public Credentials() {
        this(LEAST_ITERATIONS);
    }

    /** No accounts; new passwords are hashed so often, at least {@link #LEAST_ITERATIONS} times. */
    public Credentials(int iterations) {
        if (iterations < LEAST_ITERATIONS) {
            throw new IllegalArgumentException("SCRAM asks for at least " + LEAST_ITERATIONS + " iterations, not "
                    + iterations);
        }
        this.iterations = iterations;
        this.decoy = made(ScramHash.SHA_256, random(SALT));
    }

    /**
     * Sets an account's password and keeps the password itself, which APOP and CRAM-MD5 need. IllegalArgumentException
     * when SASLprep leaves nothing of the user name or the password, or finds something prohibited in them.
     */
    public void set(String user, String password) {
        set(user, password, true);
    }

    /** The same without keeping the password itself: no APOP and no CRAM-MD5 for this account. */
    public void setWithoutSecret(String user, String password) {
        set(user, password, false);
    }

    /** Sets an account's password by the verifiers that were kept of it; of each hash at most one. */
    public void set(String user, Collection<ScramVerifier> verifiers) {
        var password = Password.of(verifiers.stream().collect(Collectors.toMap(ScramVerifier::hash, v -> v)));
        change(user, secrets -> secrets.with(password));
    }

    /** What is to be kept of an account's password, for {@link #set(String, Collection)}; waits until it is derived. */
    public List<ScramVerifier> verifiers(String user) {
        var password = known(user).map(Secrets::password).orElse(Password.NONE);
        return Stream.of(ScramHash.values()).map(password::scram).filter(Objects::nonNull)
                .map(derivation -> derivation.verifier().get()).toList();
    }

    /**
     * Has what SCRAM needs of an account's password worked out now, without waiting for it: otherwise the first login
     * would take longer than one to an account that is not there.
     */
    public void derive(String user) {
        known(user).ifPresent(secrets -> secrets.password().derive());
    }

    /** Sets the bearer tokens that open an account, in place of all it had. Several accounts may share a token. */
    public void setTokens(String user, Set<String> tokens) {
        var hashes = tokens.stream().map(this::token).collect(Collectors.toUnmodifiableSet());
        change(user, secrets -> secrets.with(hashes));
    }

    /** Sets the subject of the client certificate that opens an account; null for none. */
    public void setCertificate(String user, X500Principal subject) {
        change(user, secrets -> secrets.with(subject));
    }

    /** Forgets all an account is opened with: nobody can log in to it any more. */
    public void remove(String user) {
        SaslPrep.prepare(user).ifPresent(accounts::remove);
    }

    /** True when the account of exactly this name exists and this is its password. */
    public boolean verify(String user, String password) {
        return authenticate(user, password).filter(user::equals).isPresent();
    }

    /**
     * The account that user name and password open. Every wrong answer costs one derivation, whether there is such a
     * user or not; a right one costs it only when the password was not seen before.
     */
    public Optional<String> authenticate(String user, String password) {
        var known = known(user);
        var prepared = SaslPrep.prepare(password).orElse("");
        var keyedHash = keyed("password", known.map(Secrets::user).orElse(""), prepared);
        var held = known.map(Secrets::password).orElse(Password.NONE);
        if (held.isRemembered(keyedHash)) {
            return known.map(Secrets::user);
        }
        var unremembered = held.unremembered();
        if (!unremembered.orElse(decoy).isOf(prepared) || unremembered.isEmpty()) {
            return Optional.empty();
        }
        held.remember(keyedHash);
        return known.map(Secrets::user);
    }

    /** The account's own name for a user name a client gave; empty when there is none. */
    public Optional<String> account(String user) {
        return known(user).map(Secrets::user);
    }

    /** The shared secret itself, which APOP and CRAM-MD5 need (RFC 1939 section 7); empty when it is not kept. */
    public Optional<String> sharedSecret(String user) {
        return known(user).flatMap(secrets -> secrets.password().secret());
    }

    /** What SCRAM needs of a user, known or not. Does not wait. */
    public ScramAccount scram(ScramHash hash, String user) {
        var known = known(user);
        var derivation = known.map(secrets -> secrets.password().scram(hash)).orElse(null);
        if (derivation == null) {
            var salt = Arrays.copyOf(keyed("salt", hash.name(), SaslPrep.prepare(user).orElse(user)), SALT);
            var nobody = made(hash, salt);
            return new ScramAccount(null, salt, iterations, () -> nobody);
        }
        derivation.verifier().begin();
        return new ScramAccount(known.get().user(), derivation.salt(), derivation.iterations(),
                derivation.verifier()::get);
    }

    /**
     * The account that a bearer token opens (RFC 6750); empty when it does not.
     *
     * @param user empty for the one account that has this token
     */
    public Optional<String> bearer(String user, String token) {
        var hash = token(token);
        if (!user.isEmpty()) {
            return known(user).filter(secrets -> secrets.tokens().contains(hash)).map(Secrets::user);
        }
        var owners = accounts.values().stream().filter(secrets -> secrets.tokens().contains(hash)).toList();
        return owners.size() == 1 ? Optional.of(owners.getFirst().user()) : Optional.empty();
    }

    /** The account that a client certificate with that subject opens; empty when it opens none. */
    public Optional<String> certified(X500Principal subject) {
        return accounts.values().stream().filter(secrets -> subject.equals(secrets.certificate()))
                .map(Secrets::user).findFirst();
    }

    /** True when an account keeps the shared secret itself. */
    public boolean keepsSharedSecrets() {
        return accounts.values().stream().anyMatch(secrets -> secrets.password().secret().isPresent());
    }

    /** True when an account has a bearer token. */
    public boolean hasTokens() {
        return accounts.values().stream().anyMatch(secrets -> !secrets.tokens().isEmpty());
    }

    @Override
    public String toString() {
        return "Credentials[" + accounts.size() + " accounts]";
    }

    private void set(String user, String password, boolean keep) {
        var prepared = SaslPrep.prepare(password).orElseThrow(() -> new IllegalArgumentException("the password of "
                + user + " is empty or holds a character that SASLprep (RFC 4013) prohibits, such as a control one"));
        var held = Password.of(password, prepared, keep, () -> keyed("password", user, prepared),
                () -> random(SALT), iterations);
        change(user, secrets -> secrets.with(held));
    }

    private void change(String user, UnaryOperator<Secrets> change) {
        var name = SaslPrep.prepare(user).orElseThrow(() -> new IllegalArgumentException("the user name is empty or"
                + " holds a character that SASLprep (RFC 4013) prohibits, such as a control one"));
        accounts.compute(name, (prepared, before) -> {
            if (before != null && !before.user().equals(user)) {
                throw new IllegalArgumentException("user name " + user + " means the same as " + before.user()
                        + " (RFC 4013), which exists");
            }
            return change.apply(before == null ? new Secrets(user, Password.NONE, Set.of(), null) : before);
        });
    }

    private Optional<Secrets> known(String user) {
        return SaslPrep.prepare(user).map(accounts::get);
    }

    private ByteBuffer token(String token) {
        return ByteBuffer.wrap(keyed("token", "", token)).asReadOnlyBuffer();
    }

    private byte[] keyed(String purpose, String about, String text) {
        return ScramHash.SHA_256.hmac(key, purpose + '\0' + about + '\0' + text);
    }

    /** A verifier that nobody knows the password of, since there is none. */
    private ScramVerifier made(ScramHash hash, byte[] salt) {
        return new ScramVerifier(hash, salt, iterations, random(hash.size()), random(hash.size()));
    }

    private static byte[] random(int size) {
        var octets = new byte[size];
        RANDOM.nextBytes(octets);
        return octets;
    }

    /** What one account is opened with. */
    private record Secrets(String user, Password password, Set<ByteBuffer> tokens, X500Principal certificate) {
        Secrets with(Password other) {
            return new Secrets(user, other, tokens, certificate);
        }

        Secrets with(Set<ByteBuffer> others) {
            return new Secrets(user, password, others, certificate);
        }

        Secrets with(X500Principal subject) {
            return new Secrets(user, password, tokens, subject);
        }

        @Override
        public String toString() {
            return "Secrets[]";
        }
    }
}
