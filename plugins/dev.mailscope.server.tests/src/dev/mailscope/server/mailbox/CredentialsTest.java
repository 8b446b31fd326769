package dev.mailscope.server.mailbox;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import javax.security.auth.x500.X500Principal;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CredentialsTest {
    private final Credentials credentials = new Credentials();

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void onlyTheRightPasswordIsRight(boolean kept) {
        set("alice", "wonderland", kept);
        assertTrue(credentials.verify("alice", "wonderland"));
        assertFalse(credentials.verify("alice", "Wonderland"));
        assertFalse(credentials.verify("alice", ""));
        assertFalse(credentials.verify("bob", "wonderland"));
        assertFalse(credentials.verify("", ""));
        assertTrue(credentials.verify("alice", "wonderland"));
    }

    @Test
    void aNewPasswordReplacesTheOldOne() {
        credentials.set("alice", "old");
        credentials.setWithoutSecret("alice", "new");
        assertFalse(credentials.verify("alice", "old"));
        assertTrue(credentials.verify("alice", "new"));
        assertEquals(Optional.empty(), credentials.sharedSecret("alice"));
    }

    @Test
    void aRemovedAccountIsOpenedByNothing() {
        var subject = new X500Principal("CN=alice");
        credentials.set("alice", "wonderland");
        credentials.setTokens("alice", Set.of("abc"));
        credentials.setCertificate("alice", subject);
        assertEquals(Optional.of("alice"), credentials.certified(subject));
        credentials.remove("alice");
        assertFalse(credentials.verify("alice", "wonderland"));
        assertEquals(Optional.empty(), credentials.sharedSecret("alice"));
        assertEquals(Optional.empty(), credentials.bearer("alice", "abc"));
        assertEquals(Optional.empty(), credentials.certified(subject));
        assertEquals(Optional.empty(), credentials.scram(ScramHash.SHA_256, "alice").account());
    }

    @Test
    void theSecretIsKeptOnlyWhereItIsSaidSo() {
        credentials.setWithoutSecret("bob", "builder");
        assertFalse(credentials.keepsSharedSecrets());
        credentials.set("alice", "wonderland");
        assertTrue(credentials.keepsSharedSecrets());
        assertEquals(Optional.of("wonderland"), credentials.sharedSecret("alice"));
        assertEquals(Optional.empty(), credentials.sharedSecret("bob"));
    }

    @ParameterizedTest
    @EnumSource(ScramHash.class)
    void theVerifierIsThatOfThePasswordKeptOrNot(ScramHash hash) {
        credentials.set("alice", "wonderland");
        credentials.setWithoutSecret("bob", "builder");
        for (var account : List.of(credentials.scram(hash, "alice"), credentials.scram(hash, "bob"))) {
            var password = account.account().get().equals("alice") ? "wonderland" : "builder";
            var verifier = account.verifier();
            assertEquals(ScramVerifier.derive(hash, password, account.salt(), account.iterations()), verifier);
            assertTrue(verifier.isOf(password));
            assertFalse(verifier.isOf("other"));
            assertEquals(Credentials.LEAST_ITERATIONS, account.iterations());
        }
    }

    @ParameterizedTest
    @EnumSource(ScramHash.class)
    void aPasswordIsCheckedByItsVerifierAloneAndThenRemembered(ScramHash hash) {
        credentials.set("alice", List.of(ScramVerifier.derive(hash, "wonderland", new byte[] {1}, 5_000)));
        assertFalse(credentials.verify("alice", "wrong"));
        assertTrue(credentials.verify("alice", "wonderland"));
        assertTrue(credentials.verify("alice", "wonderland"));
        assertFalse(credentials.verify("alice", "wrong"));
        assertEquals(Optional.empty(), credentials.sharedSecret("alice"));
    }

    @Test
    void aRememberedPasswordCostsNoDerivation() {
        var slow = new Credentials(2_000_000);
        slow.set("alice", "wonderland");
        var began = System.nanoTime();
        for (var i = 0; i < 100; i++) {
            assertTrue(slow.verify("alice", "wonderland"));
        }
        assertTrue(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began) < 500, "a login costs a derivation");
    }

    @Test
    void accountsAreMadeAtOnce() {
        var slow = new Credentials(1_000_000);
        var began = System.nanoTime();
        for (var i = 0; i < 20; i++) {
            slow.set("user" + i, "password" + i);
        }
        var millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
        assertTrue(millis < 500, "making accounts waits for derivations: " + millis + " ms");
    }

    /** No comparison of two times, which a busy machine upsets: so many rounds are seen in any case. */
    @Test
    void anUnknownUserCostsWhatAWrongPasswordCosts() {
        var slow = new Credentials(500_000);
        slow.set("alice", "wonderland");
        var began = System.nanoTime();
        assertFalse(slow.verify("nobody", "wonderland"));
        var unknown = System.nanoTime() - began;
        began = System.nanoTime();
        assertFalse(slow.verify("alice", "wrong"));
        var wrong = System.nanoTime() - began;
        assertTrue(unknown > TimeUnit.MILLISECONDS.toNanos(20), "an unknown user is refused at once");
        assertTrue(wrong > TimeUnit.MILLISECONDS.toNanos(20), "a wrong password is refused at once");
    }

    @ParameterizedTest
    @EnumSource(ScramHash.class)
    void anUnknownUserHasASaltThatStays(ScramHash hash) {
        credentials.set("alice", "wonderland");
        var nobody = credentials.scram(hash, "nobody");
        assertEquals(Optional.empty(), nobody.account());
        assertArrayEquals(nobody.salt(), credentials.scram(hash, "nobody").salt());
        assertFalse(Arrays.equals(nobody.salt(), credentials.scram(hash, "somebody").salt()));
        assertFalse(Arrays.equals(nobody.salt(), new Credentials().scram(hash, "nobody").salt()));
        var alice = credentials.scram(hash, "alice");
        assertEquals(alice.salt().length, nobody.salt().length);
        assertEquals(alice.iterations(), nobody.iterations());
        assertFalse(nobody.verifier().isOf("wonderland"));
    }

    @Test
    void accountsWithTheSamePasswordHaveNothingInCommon() {
        credentials.set("alice", "same");
        credentials.set("bob", "same");
        assertNotEquals(credentials.scram(ScramHash.SHA_256, "alice").verifier(),
                credentials.scram(ScramHash.SHA_256, "bob").verifier());
    }

    @Test
    void namesAndPasswordsAreComparedPrepared() {
        credentials.set("caf\u00E9", "\u2168");
        assertEquals(Optional.of("caf\u00E9"), credentials.authenticate("cafe\u0301", "IX"));
        assertEquals(Optional.of("caf\u00E9"), credentials.account("cafe\u0301"));
        assertTrue(credentials.verify("caf\u00E9", "IX"));
        assertFalse(credentials.verify("cafe\u0301", "IX"), "this is not the account's own name");
        assertThrows(IllegalArgumentException.class, () -> credentials.set("cafe\u0301", "x"));
    }

    @Test
    void whatCannotBePreparedIsRefusedWithoutShowingIt() {
        var refused = assertThrows(IllegalArgumentException.class, () -> credentials.set("alice", "sec\tret"));
        assertFalse(refused.getMessage().contains("ret\t") || refused.getMessage().contains("sec\t"));
        assertThrows(IllegalArgumentException.class, () -> credentials.set("alice", ""));
        assertThrows(IllegalArgumentException.class, () -> credentials.set("a\tb", "secret"));
        assertFalse(credentials.verify("alice", "sec\tret"));
    }

    @Test
    void aTokenOpensTheAccountsThatHaveIt() {
        credentials.set("alice", "wonderland");
        assertFalse(credentials.hasTokens());
        credentials.setTokens("alice", Set.of("abc", "shared"));
        credentials.setTokens("bob", Set.of("shared"));
        assertTrue(credentials.hasTokens());
        assertEquals(Optional.of("alice"), credentials.bearer("alice", "abc"));
        assertEquals(Optional.of("alice"), credentials.bearer("", "abc"));
        assertEquals(Optional.empty(), credentials.bearer("bob", "abc"));
        assertEquals(Optional.of("bob"), credentials.bearer("bob", "shared"));
        assertEquals(Optional.empty(), credentials.bearer("", "shared"), "whose is it?");
        assertEquals(Optional.empty(), credentials.bearer("alice", "ABC"));
        assertFalse(credentials.verify("bob", ""), "bob has no password");
        assertEquals(Optional.empty(), credentials.scram(ScramHash.SHA_1, "bob").account());
        credentials.setTokens("alice", Set.of());
        assertEquals(Optional.empty(), credentials.bearer("alice", "abc"));
        assertTrue(credentials.verify("alice", "wonderland"));
    }

    @Test
    void tooFewIterationsAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> new Credentials(4_095));
    }

    @Test
    void nothingIsShownAsText() {
        credentials.set("alice", "wonderland");
        credentials.setTokens("alice", Set.of("t0ken"));
        var account = credentials.scram(ScramHash.SHA_256, "alice");
        for (var thing : List.of(credentials, account, account.verifier())) {
            assertFalse(thing.toString().matches("(?s).*(alice|wonderland|t0ken|\\[B).*"), thing.toString());
        }
    }

    private void set(String user, String password, boolean kept) {
        if (kept) {
            credentials.set(user, password);
        } else {
            credentials.setWithoutSecret(user, password);
        }
    }
}
