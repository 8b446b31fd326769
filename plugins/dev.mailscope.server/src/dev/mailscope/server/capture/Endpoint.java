package dev.mailscope.server.capture;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/** An address (4 or 16 octets, never to be changed) and a TCP port. */
record Endpoint(byte[] address, int port) {
    @Override
    public boolean equals(Object other) {
        return other instanceof Endpoint that && port == that.port && Arrays.equals(address, that.address);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(address) + port;
    }

    /** The address without the port. */
    String host() {
        try {
            return InetAddress.getByAddress(address).getHostAddress();
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address of " + address.length + " octets", e);
        }
    }

    /** As the trace writes addresses. */
    @Override
    public String toString() {
        return (address.length == 4 ? host() : "[" + host() + "]") + ":" + port;
    }
}
