package dev.mailscope.server.tls;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.AlgorithmParameters;
import java.security.Key;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerCertificateTest {
    private static final char[] PASSWORD = "changeit".toCharArray();

    @TempDir
    private Path folder;

    @Test
    void aNewCertificateIsForThisComputer() throws Exception {
        var certificate = ServerCertificate.temporary(CertificateNames.LOCAL).certificate();
        certificate.verify(certificate.getPublicKey());
        var now = Instant.now();
        assertTrue(certificate.getNotBefore().toInstant().isBefore(now));
        assertTrue(certificate.getNotAfter().toInstant().isAfter(now.plus(Duration.ofDays(700))));
        var names = new HashSet<Object>();
        certificate.getSubjectAlternativeNames().forEach(name -> names.add(name.get(1)));
        assertEquals(Set.of("localhost", "127.0.0.1", "0:0:0:0:0:0:0:1"), names);
        assertEquals(-1, certificate.getBasicConstraints(), "it must sign no others");
        assertNotEquals(certificate.getSerialNumber(),
                ServerCertificate.temporary(CertificateNames.LOCAL).certificate().getSerialNumber());
    }

    @ParameterizedTest
    @CsvSource({"127.2,127.0.0.2", "[::ffff:127.0.0.2],127.0.0.2", "[2001:db8::7],2001:db8:0:0:0:0:0:7"})
    void itNamesAnAddressInEachFormThatJavaTakes(String form, String address) throws Exception {
        var names = new CertificateNames(List.of(form));
        var certificate = ServerCertificate.temporary(names).certificate();
        assertEquals(List.of(List.of(7, address)), List.copyOf(certificate.getSubjectAlternativeNames()));
        assertTrue(names.areIn(certificate));
    }

    @Test
    void itIsMadeOnFirstUseAndThenKept() throws Exception {
        var file = folder.resolve("some/new folder/server.p12");
        var made = ServerCertificate.selfSigned(file, CertificateNames.LOCAL);
        assertEquals(made.fingerprint(), ServerCertificate.selfSigned(file, CertificateNames.LOCAL).fingerprint());
        try (var files = Files.list(file.getParent())) {
            assertEquals(List.of(file), files.toList());
        }
    }

    @Test
    void onlyItsOwnerCanReadIt() throws Exception {
        Assumptions.assumeTrue(FileSystems.getDefault().supportedFileAttributeViews().contains("posix"));
        var file = folder.resolve("server.p12");
        ServerCertificate.selfSigned(file, CertificateNames.LOCAL);
        assertEquals(PosixFilePermissions.fromString("rw-------"), Files.getPosixFilePermissions(file));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        ServerCertificate.selfSigned(file, CertificateNames.LOCAL);
        assertEquals(PosixFilePermissions.fromString("rw-------"), Files.getPosixFilePermissions(file));
    }

    @Test
    void anExpiredOneIsMadeAnew() throws Exception {
        var file = folder.resolve("server.p12");
        var old = SelfSigned.make(CertificateNames.LOCAL, Instant.now().minus(Duration.ofDays(731)));
        assertTrue(old.hasExpired(Instant.now()));
        store(old, file);
        var made = ServerCertificate.selfSigned(file, CertificateNames.LOCAL);
        assertNotEquals(old.fingerprint(), made.fingerprint());
        assertFalse(made.hasExpired(Instant.now()));
        assertEquals(made.fingerprint(), ServerCertificate.selfSigned(file, CertificateNames.LOCAL).fingerprint());
    }

    @Test
    void oneFromTheFutureIsMadeAnew() throws Exception {
        var file = folder.resolve("server.p12");
        var early = SelfSigned.make(CertificateNames.LOCAL, Instant.now().plus(Duration.ofDays(400)));
        store(early, file);
        var made = ServerCertificate.selfSigned(file, CertificateNames.LOCAL);
        assertNotEquals(early.fingerprint(), made.fingerprint());
        assertTrue(made.isValid(Instant.now()));
    }

    @Test
    void oneThatLacksANameIsMadeAnew() throws Exception {
        var file = folder.resolve("server.p12");
        var local = ServerCertificate.selfSigned(file, CertificateNames.LOCAL);
        var wanted = CertificateNames.LOCAL.with(List.of("192.0.2.7", "2001:db8::7", "Teacher.example", "::1"));
        var made = ServerCertificate.selfSigned(file, wanted);
        assertNotEquals(local.fingerprint(), made.fingerprint());
        assertEquals("CN=192.0.2.7,O=Mailscope", made.certificate().getSubjectX500Principal().getName());
        assertEquals(List.of(List.of(7, "192.0.2.7"), List.of(7, "2001:db8:0:0:0:0:0:7"), List.of(2, "Teacher.example"),
                List.of(2, "localhost"), List.of(7, "127.0.0.1"), List.of(7, "0:0:0:0:0:0:0:1")),
                List.copyOf(made.certificate().getSubjectAlternativeNames()));
        for (var part : List.of(wanted, CertificateNames.LOCAL,
                new CertificateNames(List.of("2001:DB8:0::7", "teacher.example")))) {
            assertEquals(made.fingerprint(), ServerCertificate.selfSigned(file, part).fingerprint(), part.toString());
        }
    }

    @Test
    void aNetworkItWasInBeforeNeedsNoThirdOne() throws Exception {
        var file = folder.resolve("server.p12");
        var home = CertificateNames.LOCAL.with(List.of("192.0.2.7", "2001:db8::7", "teacher.home.example"));
        var school = CertificateNames.LOCAL.with(List.of("198.51.100.7", "192.0.2.7"));
        ServerCertificate.selfSigned(file, home);
        var second = ServerCertificate.selfSigned(file, school);
        assertEquals(List.of("198.51.100.7", "192.0.2.7", "localhost", "127.0.0.1", "0:0:0:0:0:0:0:1",
                "2001:db8:0:0:0:0:0:7", "teacher.home.example"), names(second));
        assertEquals(second.fingerprint(), ServerCertificate.selfSigned(file, home).fingerprint());
        assertEquals(second.fingerprint(), ServerCertificate.selfSigned(file, school).fingerprint());
    }

    @Test
    void theNewestFiftyNamesAreKept() throws Exception {
        var file = folder.resolve("server.p12");
        for (var day = 1; day <= 60; day++) {
            ServerCertificate.selfSigned(file, new CertificateNames(List.of("2001:db8::" + day, "teacher.example")));
        }
        var days = IntStream.rangeClosed(12, 59).map(day -> 71 - day).mapToObj(day -> "2001:db8:0:0:0:0:0:" + day);
        assertEquals(Stream.concat(Stream.of("2001:db8:0:0:0:0:0:60", "teacher.example"), days).toList(),
                names(ServerCertificate.selfSigned(file, new CertificateNames(List.of("2001:db8::60")))));
        var many = new CertificateNames(IntStream.rangeClosed(1, 60).mapToObj(host -> "192.0.2." + host).toList());
        assertEquals(many.all(), names(ServerCertificate.selfSigned(file, many)));
    }

    @Test
    void anExpiredOneLeavesNoNames() throws Exception {
        var file = folder.resolve("server.p12");
        store(SelfSigned.make(CertificateNames.LOCAL.with(List.of("192.0.2.7")),
                Instant.now().minus(Duration.ofDays(731))), file);
        assertEquals(List.of("localhost", "127.0.0.1", "0:0:0:0:0:0:0:1"),
                names(ServerCertificate.selfSigned(file, CertificateNames.LOCAL)));
    }

    @Test
    void aDamagedFileIsNotThrownAway() throws Exception {
        var file = Files.writeString(folder.resolve("server.p12"), "this is no key store");
        var refused = assertThrows(IOException.class, () -> ServerCertificate.selfSigned(file, CertificateNames.LOCAL));
        assertTrue(refused.getMessage().contains(file.toString()), refused.getMessage());
        assertTrue(refused.getMessage().endsWith("delete it to have a new certificate made"), refused.getMessage());
        assertEquals("this is no key store", Files.readString(file));
    }

    @Test
    void aFileThatCannotBeWrittenIsNamed() throws Exception {
        var file = Files.writeString(folder.resolve("file"), "").resolve("server.p12");
        var refused = assertThrows(IOException.class, () -> ServerCertificate.selfSigned(file, CertificateNames.LOCAL));
        assertTrue(refused.getMessage().contains(file.toString()), refused.getMessage());
    }

    @Test
    void theUsersKeyStoreIsRead() throws Exception {
        for (var type : List.of("PKCS12", "JKS")) {
            var mine = ServerCertificate.temporary(CertificateNames.LOCAL);
            var file = store(type, keyStore -> keyStore.setKeyEntry("mail", key(mine), PASSWORD, chain(mine)));
            assertEquals(mine.fingerprint(), ServerCertificate.load(file, PASSWORD, null).fingerprint());
            assertEquals(mine.fingerprint(), ServerCertificate.load(file, PASSWORD, "mail").fingerprint());
        }
    }

    @Test
    void whatIsWrongWithTheUsersKeyStoreIsSaid() throws Exception {
        var mine = ServerCertificate.temporary(CertificateNames.LOCAL);
        var good = store("PKCS12", keyStore -> keyStore.setKeyEntry("mail", key(mine), PASSWORD, chain(mine)));
        assertRefused("the password of key store FILE is wrong", good, "wrong", null);
        assertRefused("key store FILE has no private key named \"other\"; it has [mail]", good, "changeit", "other");
        assertRefused("there is no key store FILE", folder.resolve("none.p12"), "changeit", null);
        assertRefused("there is no key store FILE", folder, "changeit", null);
        assertRefused("key store FILE has no private key",
                store("PKCS12", keyStore -> keyStore.setCertificateEntry("ca", mine.certificate())), "changeit", null);
        assertRefused("key store FILE has several keys, say which: [mail, web]", store("PKCS12", keyStore -> {
            keyStore.setKeyEntry("mail", key(mine), PASSWORD, chain(mine));
            keyStore.setKeyEntry("web", key(mine), PASSWORD, chain(mine));
        }), "changeit", null);
        assertRefused("the key in FILE has another password than the key store", store("JKS",
                keyStore -> keyStore.setKeyEntry("mail", key(mine), "other".toCharArray(), chain(mine))), "changeit",
                null);
        assertRefused("FILE is not a key store (PKCS #12 or JKS)", Files.writeString(folder.resolve("text"), "text"),
                "changeit", null);
        assertRefused("FILE is not a key store (PKCS #12 or JKS)", Files.writeString(folder.resolve("empty"), ""),
                "changeit", null);
        var cut = folder.resolve("cut.p12");
        Files.write(cut, Arrays.copyOf(Files.readAllBytes(good), 300));
        assertRefused("key store FILE is damaged or no key store at all", cut, "changeit", null);
    }

    @Test
    void theFingerprintAndPemAreThoseOfTheCertificate() throws Exception {
        var mine = ServerCertificate.temporary(CertificateNames.LOCAL);
        var again = CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(mine.pem().getBytes(StandardCharsets.US_ASCII)));
        assertEquals(mine.certificate(), again);
        assertTrue(mine.pem().lines().allMatch(line -> line.length() <= 64));
        assertFalse(mine.pem().contains("PRIVATE"));
        assertTrue(mine.fingerprint().matches("([0-9A-F]{2}:){31}[0-9A-F]{2}"), mine.fingerprint());
        assertTrue(mine.toString().contains(mine.fingerprint()));
    }

    @Test
    void theEndPointIsTheHashOfTheCertificate() throws Exception {
        var mine = ServerCertificate.temporary(CertificateNames.LOCAL);
        assertArrayEquals(MessageDigest.getInstance("SHA-256").digest(mine.certificate().getEncoded()),
                mine.endPoint().get());
    }

    /** RFC 5929 section 4.1. */
    @ParameterizedTest
    @CsvSource({"SHA256withECDSA,SHA-256", "SHA1withRSA,SHA-256", "MD5withRSA,SHA-256", "SHA384withRSA,SHA-384",
        "SHA512/256withRSA,SHA-512/256", "SHA3-512withECDSA,SHA3-512", "Ed25519,", "1.2.3.4,"})
    void theHashIsThatOfTheSignature(String signature, String digest) {
        assertEquals(Optional.ofNullable(digest), Digests.ofSignature(signature, null));
    }

    @Test
    void theHashOfAPssSignatureIsInItsParameters() throws Exception {
        assertEquals(Optional.of("SHA-384"), Digests.ofSignature("RSASSA-PSS", pss("SHA-384", "SHA-384")));
        assertEquals(Optional.of("SHA-256"), Digests.ofSignature("RSASSA-PSS", pss("SHA-1", "SHA-1")));
        assertEquals(Optional.empty(), Digests.ofSignature("RSASSA-PSS", pss("SHA-384", "SHA-256")));
        assertEquals(Optional.empty(), Digests.ofSignature("RSASSA-PSS", new byte[] {1}));
    }

    private static byte[] pss(String digest, String mask) throws Exception {
        var parameters = AlgorithmParameters.getInstance("RSASSA-PSS");
        parameters.init(new PSSParameterSpec(digest, "MGF1",
                new MGF1ParameterSpec(mask), 48, 1));
        return parameters.getEncoded();
    }

    private void assertRefused(String message, Path file, String password, String alias) {
        var refused = assertThrows(IOException.class,
                () -> ServerCertificate.load(file, password.toCharArray(), alias));
        assertEquals(message.replace("FILE", file.toString()), refused.getMessage());
    }

    private static List<String> names(ServerCertificate of) throws Exception {
        return of.certificate().getSubjectAlternativeNames().stream().map(name -> (String) name.get(1)).toList();
    }

    private static void store(ServerCertificate certificate, Path file) throws Exception {
        try (var out = Files.newOutputStream(file)) {
            certificate.keyStore("mailscope".toCharArray()).store(out, "mailscope".toCharArray());
        }
    }

    private interface Filling {
        void fill(KeyStore store) throws Exception;
    }

    private Path store(String type, Filling filling) throws Exception {
        var store = KeyStore.getInstance(type);
        store.load(null, null);
        filling.fill(store);
        var file = Files.createTempFile(folder, "keys", ".store");
        try (var out = Files.newOutputStream(file)) {
            store.store(out, PASSWORD);
        }
        return file;
    }

    private static Key key(ServerCertificate certificate) throws Exception {
        var store = certificate.keyStore(PASSWORD);
        return store.getKey(store.aliases().nextElement(), PASSWORD);
    }

    private static Certificate[] chain(ServerCertificate certificate) {
        return new Certificate[] {certificate.certificate()};
    }
}
