package dev.mailscope.server.tls;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;

/**
 * What a certificate is for: names and addresses by which clients reach the server (RFC 5280 section 4.2.1.6).
 *
 * @param all addresses in any way Java takes, and DNS names; the first one is also the subject's common name
 */
public record CertificateNames(List<String> all) {
    /** This computer, told of by itself. */
    public static final CertificateNames LOCAL = new CertificateNames(List.of("localhost", "127.0.0.1", "::1"));

    // A computer that is given a new address each day must not have a certificate that grows for ever.
    private static final int WITH_EARLIER = 50;
    private static final int DNS_NAME = 2; // as X509Certificate counts the kinds of names
    private static final int IP_ADDRESS = 7;

    /** Keeps its own copy. */
    public CertificateNames {
        all = List.copyOf(all);
    }

    /** These, before those that are there already. */
    public CertificateNames with(List<String> more) {
        var names = new ArrayList<>(more.stream().filter(name -> !isOneOf(all, name)).distinct().toList());
        names.addAll(all);
        return new CertificateNames(names);
    }

    /** True when the certificate has all of them. */
    boolean areIn(X509Certificate certificate) {
        var there = in(certificate);
        return all.stream().allMatch(name -> isOneOf(there, name));
    }

    /** These, and after them those that the certificate has besides: the first of them, up to 50 names in all. */
    CertificateNames withThoseOf(X509Certificate certificate) {
        var names = new ArrayList<>(all);
        in(certificate).stream().filter(name -> !isOneOf(all, name)).limit(Math.max(0, WITH_EARLIER - all.size()))
                .forEach(names::add);
        return new CertificateNames(names);
    }

    private static List<String> in(X509Certificate certificate) {
        try {
            var found = certificate.getSubjectAlternativeNames();
            return found == null ? List.of() : found.stream()
                    .filter(name -> name.get(0).equals(DNS_NAME) || name.get(0).equals(IP_ADDRESS))
                    .map(name -> (String) name.get(1)).toList();
        } catch (CertificateParsingException e) {
            return List.of(); // they can be read by nobody, then
        }
    }

    GeneralNames encoded() {
        return new GeneralNames(all.stream().map(CertificateNames::encoded).toArray(GeneralName[]::new));
    }

    // Bouncy Castle reads fewer ways of writing an address than Java does: it is given the octets.
    private static GeneralName encoded(String name) {
        return isAddress(name) ? new GeneralName(GeneralName.iPAddress, new DEROctetString(address(name).getAddress()))
                : new GeneralName(GeneralName.dNSName, name);
    }

    private static boolean isOneOf(List<String> names, String name) {
        return names.stream().anyMatch(other -> isAddress(name)
                ? isAddress(other) && address(other).equals(address(name)) : other.equalsIgnoreCase(name));
    }

    private static boolean isAddress(String name) {
        return name.contains(":") || name.matches("[0-9.]+");
    }

    // An address is not looked up; an IPv6 one can be written in several ways.
    private static InetAddress address(String literal) {
        try {
            return InetAddress.getByName(literal);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(literal + " is no address", e);
        }
    }
}
