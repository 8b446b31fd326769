package dev.mailscope.server.net;

import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * An address of this computer in a network.
 *
 * @param address as a client writes it
 * @param network the name the system has for the network's interface
 */
public record NetworkAddress(String address, String network) {
    // A name that others could look up: labels of letters, digits and hyphens (RFC 1123 section 2.1), no address.
    private static final String HOST_NAME = "(?i)(?!localhost\\b)([a-z0-9]([a-z0-9-]*[a-z0-9])?\\.)*"
            + "[a-z]([a-z0-9-]*[a-z0-9])?";

    /**
     * This computer's addresses in networks, as far as others can use them: neither loopback nor link-local ones.
     * IOException when the system does not tell.
     */
    public static List<NetworkAddress> all() throws IOException {
        var found = new ArrayList<NetworkAddress>();
        try {
            for (var network : Collections.list(NetworkInterface.getNetworkInterfaces())) {
                if (!network.isUp() || network.isLoopback()) {
                    continue;
                }
                for (var address : Collections.list(network.getInetAddresses())) {
                    if (!address.isLinkLocalAddress() && !address.isLoopbackAddress()) {
                        found.add(new NetworkAddress(withoutZone(address.getHostAddress()),
                                network.getDisplayName()));
                    }
                }
            }
        } catch (SocketException e) {
            throw new IOException("the system does not tell its addresses: " + e.getMessage(), e);
        }
        return List.copyOf(found);
    }

    /**
     * By what clients reach a server that listens on that host: it, or all addresses if it stands for all of them. An
     * address is written in full, as certificates name it, whatever short form the host has. IOException as
     * {@link #all}, and when it is a name that nobody knows.
     */
    public static List<String> reaching(String host) throws IOException {
        var listening = InetAddress.getByName(host);
        if (listening.isAnyLocalAddress()) {
            return all().stream().map(NetworkAddress::address).toList();
        }
        return List.of(isLiteral(listening) ? listening.getHostAddress() : host);
    }

    /**
     * By what a certificate names a server that listens on that host: as {@link #reaching}, and by this computer's name
     * where others can connect and it has one. The name may have to be looked up, which takes time.
     */
    public static List<String> naming(String host) throws IOException {
        return naming(host, NetworkAddress::hostName);
    }

    /** The same with that name for this computer's, which is used only if others could look it up. */
    static List<String> naming(String host, Supplier<Optional<String>> hostName) throws IOException {
        var names = new ArrayList<>(reaching(host).stream().map(NetworkAddress::withoutZone).toList());
        if (!InetAddress.getByName(host).isLoopbackAddress()) {
            hostName.get().filter(name -> name.matches(HOST_NAME)).ifPresent(names::add);
        }
        return List.copyOf(names);
    }

    // Java writes NAME/ADDRESS, without the name if it was not made of one.
    private static boolean isLiteral(InetAddress address) {
        return address.toString().startsWith("/");
    }

    // What follows a per cent sign (RFC 4007 section 11) is for this computer alone.
    private static String withoutZone(String address) {
        return address.replaceAll("%.*", "");
    }

    private static Optional<String> hostName() {
        try {
            return Optional.of(InetAddress.getLocalHost().getHostName());
        } catch (UnknownHostException e) {
            return Optional.empty(); // nobody could look it up
        }
    }
}
