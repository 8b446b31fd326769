package dev.mailscope.server.tls;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;

import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Makes self-signed certificates. */
final class SelfSigned {
    private static final Duration VALID = Duration.ofDays(730);
    // A client's clock may be late.
    private static final Duration VALID_BEFORE = Duration.ofDays(1);
    private static final int SERIAL_BITS = 127;

    private SelfSigned() {
    }

    /** A new key and its certificate for these names, valid from now on. */
    static ServerCertificate make(CertificateNames names, Instant now) {
        try {
            // P-256: every client of today has it, and it is made in no time.
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            var keys = generator.generateKeyPair();
            return new ServerCertificate(keys.getPrivate(), List.of(certificate(keys, names, now)));
        } catch (GeneralSecurityException | OperatorCreationException | CertIOException e) {
            throw new IllegalStateException("every Java platform of today can sign with ECDSA", e);
        }
    }

    private static X509Certificate certificate(KeyPair keys, CertificateNames names, Instant now)
            throws GeneralSecurityException, OperatorCreationException, CertIOException {
        var name = new X500Name("O=Mailscope,CN=" + names.all().getFirst());
        var serial = new BigInteger(SERIAL_BITS, new SecureRandom()).add(BigInteger.ONE);
        var builder = new JcaX509v3CertificateBuilder(name, serial, Date.from(now.minus(VALID_BEFORE)),
                Date.from(now.plus(VALID)), name, keys.getPublic())
                .addExtension(Extension.subjectAlternativeName, false, names.encoded())
                .addExtension(Extension.basicConstraints, true, new BasicConstraints(false))
                .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature))
                .addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth))
                .addExtension(Extension.subjectKeyIdentifier, false,
                        new JcaX509ExtensionUtils().createSubjectKeyIdentifier(keys.getPublic()));
        var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate());
        return new JcaX509CertificateConverter().getCertificate(builder.build(signer));
    }
}
